/**
 * The order by which an organisation disposes of its copy of areas, signed by two devices of different people, and the
 * relay's signed word that it has done its part. An order names areas and nothing of what is in them, so that the relay can
 * hold it to what a blind relay can know: whose areas, and whose signatures. Why is said in the log, sealed.
 */
import { fromHex } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { AreaId, DeviceId, Hash, OrgId, WorkId } from '../../primitives/ids.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { hashOf, importVerifyKey, sign, verify } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import type { DirectoryState } from '../directory/directory.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

/** Areas in one order. */
export const MOST_AREAS = 64;

export interface Order {
  readonly org: OrgId;
  readonly disposal: WorkId;
  readonly areas: readonly AreaId[];
  readonly time: Millis;
}

export interface OrderSignature {
  readonly device: DeviceId;
  readonly signature: Uint8Array;
}
export interface SignedOrder {
  readonly body: Uint8Array;
  readonly signatures: OrderSignature[];
}

export const encodeOrder = ({ org, disposal, areas, time }: Order): Uint8Array =>
  encodeCbor([fromHex(org), fromHex(disposal), [...areas].sort().map(fromHex), time]);

export function decodeOrder(body: Uint8Array): Result<Order, string> {
  return read.reading(() => {
    const [org, disposal, areas, time] = read.tuple(decodeCbor(body), 'order', 4);
    const named = read.list(areas, 'order.areas', 1).map((one) => read.id<AreaId>(one, 'order.area'));
    const inOrder = named.every((one, i) => i === 0 || (named[i - 1] as AreaId) < one);
    if (named.length > MOST_AREAS || !inOrder)
      throw new read.Malformed('order.areas: too many, twice, or out of order');
    return {
      org: read.id<OrgId>(org, 'order.org'),
      disposal: read.id<WorkId>(disposal, 'order.disposal'),
      areas: named,
      time: read.count(time, 'order.time'),
    };
  });
}

export const hashOrder = (platform: Platform, body: Uint8Array): Promise<Hash> =>
  hashOf(platform, LABEL.disposalHash, body);

export type OrderCause = 'malformed' | 'not the owner' | 'unknown device' | 'one person' | 'bad signature';

/**
 * The order, where two devices of different people of this directory's organisation signed it. A device that was revoked
 * since still counts: what it signed stays signed. What the two may do in the case is judged where they said it.
 */
export async function verifyOrder(
  platform: Platform,
  { body, signatures }: SignedOrder,
  directory: DirectoryState,
): Promise<Result<Order, OrderCause>> {
  const order = decodeOrder(body);
  if (!order.ok || signatures.length !== 2) return fail('malformed');
  if (order.value.org !== directory.org) return fail('not the owner');
  const people = new Set<string>();
  for (const { device, signature } of signatures) {
    const known = directory.known.get(device);
    if (!known) return fail('unknown device');
    const key = await importVerifyKey(platform, known.signKey);
    if (!(await verify(platform, key, signature, LABEL.disposal, body))) return fail('bad signature');
    people.add(known.person);
  }
  return people.size === 2 ? ok(order.value) : fail('one person');
}

/** What the relay signs: where the area stood, and whether anything of it is left there for others. */
export interface Disposed {
  readonly area: AreaId;
  readonly order: SignedOrder;
  readonly generation: number;
  readonly n: number;
  readonly h: Hash;
  readonly time: Millis;
  /** Nothing is left of it; else another organisation still keeps its copy there. */
  readonly gone: boolean;
  readonly signature: Uint8Array;
}

const parts = ({ area, order, generation, n, h, time, gone }: Omit<Disposed, 'signature'>): Uint8Array[] => [
  fromHex(area),
  order.body,
  encodeCbor([generation, n, fromHex(h), time, gone]),
];

export async function signDisposed(
  platform: Platform,
  relayKey: Key,
  disposed: Omit<Disposed, 'signature'>,
): Promise<Disposed> {
  return { ...disposed, signature: await sign(platform, relayKey, LABEL.disposed, ...parts(disposed)) };
}

export const verifyDisposed = (platform: Platform, relayKey: Key, disposed: Disposed): Promise<boolean> =>
  verify(platform, relayKey, disposed.signature, LABEL.disposed, ...parts(disposed));
