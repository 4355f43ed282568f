/**
 * One order per area. The relay gives each entry and anchor the next place n and signs (area, generation, n, time, H_n),
 * where H_n covers everything before. Two different H at one (generation, n) are proof of a fork; a place below the one
 * already signed, within a generation, is a rollback.
 */
import { fromHex } from '../../primitives/bytes.ts';
import { encodeCbor } from '../../primitives/cbor.ts';
import type { AreaId, Hash, OrgId } from '../../primitives/ids.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { hashOf, sign, verify } from '../../primitives/platform.ts';
import type { Millis } from '../../primitives/units.ts';
import { LABEL } from '../labels.ts';

/** A signed place in an area's order: everything up to n is durable at the relay. */
export interface Tip {
  readonly area: AreaId;
  readonly generation: number;
  readonly n: number;
  readonly h: Hash;
  readonly time: Millis;
  readonly signature: Uint8Array;
}

/** Inserted by the relay before the first entry it takes after an organisation's directory changed. */
export interface Anchor {
  readonly org: OrgId;
  readonly directory: Hash;
}

export const hashAnchor = (platform: Platform, anchor: Anchor): Promise<Hash> =>
  hashOf(platform, LABEL.anchor, fromHex(anchor.org), fromHex(anchor.directory));

/** H_n from H_(n-1) (null before the first), the relay's time for it, and the header's or anchor's hash. */
export const extendOrder = (platform: Platform, before: Hash | null, time: Millis, item: Hash): Promise<Hash> =>
  hashOf(platform, LABEL.order, before === null ? new Uint8Array(0) : fromHex(before), encodeCbor(time), fromHex(item));

/** Whether an anchor may follow the one before it for its organisation: only to a later place of the same directory, or a revocation could be undone. */
export const anchorFollows = (before: { readonly n: number } | null, after: { readonly n: number }): boolean =>
  before === null || after.n > before.n;

type Place = Omit<Tip, 'signature'>;
const parts = (tip: Place): Uint8Array[] => [
  fromHex(tip.area),
  encodeCbor([tip.generation, tip.n, fromHex(tip.h), tip.time]),
];

export async function signTip(platform: Platform, relayKey: Key, place: Place): Promise<Tip> {
  return { ...place, signature: await sign(platform, relayKey, LABEL.acknowledgement, ...parts(place)) };
}

export const verifyTip = (platform: Platform, relayKey: Key, tip: Tip): Promise<boolean> =>
  verify(platform, relayKey, tip.signature, LABEL.acknowledgement, ...parts(tip));
