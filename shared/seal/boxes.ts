/**
 * Boxes: a key sealed by HPKE to one seat or device. A box stands outside the hash chain, so that whoever holds the key
 * may add one for a reader that is entitled and has none, and one can be dropped. What a box must hold is committed to
 * elsewhere (chain, directory, entry), so that a wrong box is noticed and never believed.
 */
import { fromHex } from '../primitives/bytes.ts';
import type { BoxKeys } from '../primitives/hpke.ts';
import { hpkeOpen, hpkeSeal } from '../primitives/hpke.ts';
import type { AreaId, DeviceId, Hash, SeatId } from '../primitives/ids.ts';
import type { Platform } from '../primitives/platform.ts';
import { framed, hashOf } from '../primitives/platform.ts';
import { encodeCbor } from '../primitives/cbor.ts';
import { LABEL } from './labels.ts';

/** `sealed` opens with the private half of `to` at `generation` (for a device, 1), and holds the key of `subject`. */
export interface Box {
  readonly subject: Hash;
  readonly to: SeatId | DeviceId;
  readonly generation: number;
  readonly sealed: Uint8Array;
}

const count = (n: number): Uint8Array => encodeCbor(n);

/** What a box for an area's epoch key is filed under. */
export const epochSubject = (platform: Platform, area: AreaId, epoch: number): Promise<Hash> =>
  hashOf(platform, `${LABEL.subject} epoch`, fromHex(area), count(epoch));

/** What a box for a seat's private key is filed under; these boxes go to devices. */
export const seatSubject = (platform: Platform, seat: SeatId, generation: number): Promise<Hash> =>
  hashOf(platform, `${LABEL.subject} seat`, fromHex(seat), count(generation));

const info = (subject: Hash, to: string, generation: number): Uint8Array =>
  framed(LABEL.box, fromHex(subject), fromHex(to), count(generation));

export async function sealBox(
  subject: Hash,
  to: SeatId | DeviceId,
  generation: number,
  publicKey: Uint8Array,
  key: Uint8Array,
): Promise<Box> {
  return { subject, to, generation, sealed: await hpkeSeal(publicKey, info(subject, to, generation), key) };
}

/** The key, or null where the box was not made for these keys, this subject and this reader. */
export const openBox = (keys: BoxKeys, box: Box): Promise<Uint8Array | null> =>
  hpkeOpen(keys, info(box.subject, box.to, box.generation), box.sealed);

/** Hash of a set of boxes, whatever their order: what a key change commits to. */
export async function hashBoxes(platform: Platform, boxes: readonly Box[]): Promise<Hash> {
  const rows = boxes.map((box) => encodeCbor([fromHex(box.subject), fromHex(box.to), box.generation, box.sealed]));
  const hashes = await Promise.all(rows.map((row) => hashOf(platform, LABEL.box, row)));
  return hashOf(platform, LABEL.boxSet, ...hashes.sort().map(fromHex));
}

export const encodeBox = (box: Box): unknown[] => [fromHex(box.subject), fromHex(box.to), box.generation, box.sealed];
