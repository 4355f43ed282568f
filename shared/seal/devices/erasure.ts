/**
 * An erasure order: an authority's signed word that a computer which was shut out is to delete what it holds. Made only once
 * the organisation's days have passed and nothing holds it; no clock of the computer takes part. Never names a person.
 */
import { fromHex } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { DeviceId, OrgId } from '../../primitives/ids.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { sign, verify } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

export interface Erasure {
  readonly org: OrgId;
  readonly device: DeviceId;
  /** By the authority's clock. */
  readonly issued: Millis;
}

export interface SignedErasure {
  /** CBOR [org, device, issued]. */
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

/** Called by an authority alone. */
export async function signErasure(platform: Platform, key: Key, order: Erasure): Promise<SignedErasure> {
  const body = encodeCbor([fromHex(order.org), fromHex(order.device), order.issued]);
  return { body, signature: await sign(platform, key, LABEL.erasure, body) };
}

/** What an order says, once its authority's signature holds. `key`: the authority's, of its card. */
export async function readErasure(
  platform: Platform,
  key: Key,
  { body, signature }: SignedErasure,
): Promise<Result<Erasure, 'bad signature' | 'malformed'>> {
  if (!(await verify(platform, key, signature, LABEL.erasure, body))) return fail('bad signature');
  const said = read.reading(() => {
    const [org, device, issued] = read.tuple(decodeCbor(body), 'erasure', 3);
    return {
      org: read.id<OrgId>(org, 'org'),
      device: read.id<DeviceId>(device, 'device'),
      issued: read.count(issued, 'issued'),
    };
  });
  return said.ok ? said : fail('malformed');
}
