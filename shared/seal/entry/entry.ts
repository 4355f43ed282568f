/**
 * The entry: the unit on disk, on the wire and at the relay. A signed header, and a seal that hides the content.
 * The header commits to salt and plaintext, the seal's associated data is the header's hash: sealing again under another
 * key changes neither header nor signature. Nothing here decides who may write; that is `admit.ts`.
 */
import { concat, fromHex } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { AreaId, Hash, StreamId } from '../../primitives/ids.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { decrypt, encrypt, framed, hashOf, sign, verify } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

/**
 * How the content is sealed: `none` (clear in the header), `stream` (under the stream's key, which the slot holds wrapped
 * for the epoch), `boxes` (under a one-time key that boxes filed under the header's hash hold), or `erased`.
 */
export type Seal =
  | { readonly by: 'none' }
  | { readonly by: 'stream'; readonly epoch: number; readonly slot: Uint8Array; readonly sealed: Uint8Array }
  | { readonly by: 'boxes'; readonly sealed: Uint8Array }
  | { readonly by: 'erased' };

export interface Entry {
  /** Encoded header, as signed. */
  readonly header: Uint8Array;
  /** 64 bytes, ECDSA P-256. */
  readonly signature: Uint8Array;
  readonly seal: Seal;
}

/** Bytes of salt before the plaintext; the commitment would betray short plaintexts without it. */
export const SALT = 16;
/** Bytes of a slot: nonce, wrapped 32-byte key, tag. */
const SLOT = 12 + 32 + 16;
/** Largest entry, encoded: an edit or event is far below, a package lists its files in chunks of its own beyond. */
export const MAX_ENTRY = 1024 * 1024;

function sealParts(seal: Seal): readonly unknown[] {
  switch (seal.by) {
    case 'none':
      return [0];
    case 'stream':
      return [1, seal.epoch, seal.slot, seal.sealed];
    case 'boxes':
      return [2, seal.sealed];
    case 'erased':
      return [3];
  }
}

function readSeal(value: unknown): Seal {
  const [by] = read.list(value, 'seal', 1);
  switch (by) {
    case 0:
      read.tuple(value, 'seal', 1);
      return { by: 'none' };
    case 1: {
      const [, epoch, slot, sealed] = read.tuple(value, 'seal', 4);
      return {
        by: 'stream',
        epoch: read.count(epoch, 'seal.epoch'),
        slot: read.bytes(slot, 'seal.slot', SLOT),
        sealed: read.bytes(sealed, 'seal.sealed'),
      };
    }
    case 2:
      return { by: 'boxes', sealed: read.bytes(read.tuple(value, 'seal', 2)[1], 'seal.sealed') };
    case 3:
      read.tuple(value, 'seal', 1);
      return { by: 'erased' };
    default:
      throw read.unknownWord('seal');
  }
}

export const encodeEntry = (entry: Entry): Uint8Array =>
  encodeCbor([entry.header, entry.signature, sealParts(entry.seal)]);

/** Reads an entry's frame; the header inside stays encoded. */
export function decodeEntry(encoded: Uint8Array): Result<Entry, string> {
  return read.reading(() => {
    if (encoded.length > MAX_ENTRY) throw new read.Malformed('entry: too large');
    const [header, signature, seal] = read.tuple(decodeCbor(encoded), 'entry', 3);
    return {
      header: read.bytes(header, 'header'),
      signature: read.bytes(signature, 'signature', 64),
      seal: readSeal(seal),
    };
  });
}

export const signHeader = (platform: Platform, key: Key, header: Uint8Array): Promise<Uint8Array> =>
  sign(platform, key, LABEL.entry, header);

/** What `signHeader` signs, as bytes. */
export const signedOf = (entry: Entry): Uint8Array => framed(LABEL.entry, entry.header);

export const verifyHeader = (platform: Platform, key: Key, entry: Entry): Promise<boolean> =>
  verify(platform, key, entry.signature, LABEL.entry, entry.header);

/** Salt and plaintext joined: what is sealed. The commitment covers the same bytes. */
export const salted = (platform: Platform, plain: Uint8Array): Uint8Array => concat(platform.random(SALT), plain);

export const commitTo = (platform: Platform, saltedPlain: Uint8Array): Promise<Hash> =>
  hashOf(platform, LABEL.commit, saltedPlain);

export const commitToBody = (platform: Platform, body: Uint8Array): Promise<Hash> => hashOf(platform, LABEL.body, body);

const slotAad = (area: AreaId, stream: StreamId, epoch: number): Uint8Array =>
  encodeCbor([LABEL.slot, fromHex(area), fromHex(stream), epoch]);

/** Wraps a stream's key for an epoch of its area: the slot. */
export const wrapStreamKey = (
  platform: Platform,
  where: { area: AreaId; stream: StreamId; epoch: number },
  areaKey: Uint8Array,
  streamKey: Uint8Array,
): Promise<Uint8Array> => encrypt(platform, areaKey, slotAad(where.area, where.stream, where.epoch), streamKey);

export const unwrapStreamKey = (
  platform: Platform,
  where: { area: AreaId; stream: StreamId; epoch: number },
  areaKey: Uint8Array,
  slot: Uint8Array,
): Promise<Uint8Array | null> => decrypt(platform, areaKey, slotAad(where.area, where.stream, where.epoch), slot);

const sealAad = (headerHash: Hash): Uint8Array => encodeCbor([LABEL.seal, fromHex(headerHash)]);

/** Seals salted plaintext under a stream's or a one-time key. */
export const sealContent = (
  platform: Platform,
  key: Uint8Array,
  headerHash: Hash,
  saltedPlain: Uint8Array,
): Promise<Uint8Array> => encrypt(platform, key, sealAad(headerHash), saltedPlain);

export type OpenCause = 'wrong key' | 'commitment';

type Sealed = { readonly hash: Hash; readonly commit: Hash };

/** Opens salt and plaintext, held against the header's commitment: what is sealed again under another key. */
export async function openSalted(
  platform: Platform,
  key: Uint8Array,
  header: Sealed,
  sealed: Uint8Array,
): Promise<Result<Uint8Array, OpenCause>> {
  const saltedPlain = await decrypt(platform, key, sealAad(header.hash), sealed);
  if (saltedPlain === null || saltedPlain.length < SALT) return { ok: false, cause: 'wrong key' };
  if ((await commitTo(platform, saltedPlain)) !== header.commit) return { ok: false, cause: 'commitment' };
  return { ok: true, value: saltedPlain };
}

/** Opens content and holds it against the header's commitment (AES-GCM alone does not bind a key). */
export async function openContent(
  platform: Platform,
  key: Uint8Array,
  header: Sealed,
  sealed: Uint8Array,
): Promise<Result<Uint8Array, OpenCause>> {
  const opened = await openSalted(platform, key, header, sealed);
  return opened.ok ? { ok: true, value: opened.value.subarray(SALT) } : opened;
}
