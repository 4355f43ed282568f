/**
 * Keys of an area: one 32-byte key an epoch, committed to in the access chain, boxed to the seats it names. Within one
 * organisation a key change links to the key before, so that newcomers read the history.
 */
import { fromHex } from '../../primitives/bytes.ts';
import { encodeCbor } from '../../primitives/cbor.ts';
import type { AreaId, Hash } from '../../primitives/ids.ts';
import type { Platform } from '../../primitives/platform.ts';
import { decrypt, encrypt, hashOf } from '../../primitives/platform.ts';
import { LABEL } from '../labels.ts';

export const newAreaKey = (platform: Platform): Uint8Array => platform.random(32);

export const commitToKey = (platform: Platform, area: AreaId, epoch: number, key: Uint8Array): Promise<Hash> =>
  hashOf(platform, LABEL.epochKey, fromHex(area), encodeCbor(epoch), key);

const aad = (area: AreaId, epoch: number): Uint8Array => encodeCbor([LABEL.epochLink, fromHex(area), epoch]);

/** The key of `epoch - 1`, sealed under the key of `epoch`. */
export const sealLink = (
  platform: Platform,
  area: AreaId,
  epoch: number,
  key: Uint8Array,
  before: Uint8Array,
): Promise<Uint8Array> => encrypt(platform, key, aad(area, epoch), before);

export const openLink = (
  platform: Platform,
  area: AreaId,
  epoch: number,
  key: Uint8Array,
  link: Uint8Array,
): Promise<Uint8Array | null> => decrypt(platform, key, aad(area, epoch), link);
