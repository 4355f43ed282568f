/**
 * Deflated streams anywhere in bytes: zlib and gzip by their first bytes, zip members by their headers, and raw ones where
 * a stream may begin without a sign, at the very start. Yields what each holds, torn ones as far as they go.
 */
import { constants, inflateRawSync, inflateSync } from 'node:zlib';

/** Of one stream; a bomb is cut off there. */
const MOST = 64 * 1024 * 1024;
/** A stream in a large file is tried on this much: enough for what a program packs in one go. */
const TRY = 16 * 1024 * 1024;
const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: MOST };

/** Fewer bytes than this are noise that happened to inflate. */
const LEAST = 8;

type Inflate = (bytes: Buffer) => Buffer;
const zlib: Inflate = (bytes) => inflateSync(bytes, options);
const raw: Inflate = (bytes) => inflateRawSync(bytes, options);
/** Node's own refuses what stands behind a stream. */
const gzip: Inflate = (bytes) => raw(bytes.subarray(gzipHeader(bytes)));

/** The second byte says how hard was tried to pack; it completes the first to a multiple of 31. */
const ZLIB_SECOND = new Set([0x01, 0x5e, 0x9c, 0xda]);

export function* inflated(bytes: Buffer): Generator<Buffer> {
  yield* attempt(raw, bytes, 0);
  for (const at of placesOf(bytes, 0x78, (next) => ZLIB_SECOND.has(bytes[next]!))) yield* attempt(zlib, bytes, at);
  for (const at of placesOf(bytes, 0x1f, (next) => bytes[next] === 0x8b && bytes[next + 1] === 8))
    yield* attempt(gzip, bytes, at);
  for (const at of placesOf(bytes, 0x50, (next) => bytes.subarray(next, next + 3).equals(ZIP_REST))) {
    if (at + 30 <= bytes.length && bytes.readUInt16LE(at + 8) === 8)
      yield* attempt(raw, bytes, at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28));
  }
}
const ZIP_REST = Buffer.from([0x4b, 0x03, 0x04]);

function* placesOf(bytes: Buffer, first: number, isOne: (next: number) => boolean): Generator<number> {
  for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) if (isOne(at + 1)) yield at;
}

function* attempt(inflate: Inflate, bytes: Buffer, at: number): Generator<Buffer> {
  const out = tried(inflate, bytes.subarray(at, at + TRY));
  if (out !== null && out.length >= LEAST) yield out;
}

/** Null for what is no stream, as nearly everything is that looks like the start of one. */
function tried(inflate: Inflate, bytes: Buffer): Buffer | null {
  try {
    return inflate(bytes);
  } catch {
    return null;
  }
}

/** Messages of a link that packs them (permessage-deflate), which share one window from the first to the last. */
export const inflatedTogether = (messages: readonly Buffer[]): Buffer | null =>
  tried(raw, Buffer.concat(messages.flatMap((message) => [message, Buffer.from([0, 0, 0xff, 0xff])])));

/** Ten bytes, and what their flags announce: an extra field, a name, a comment, a check. */
function gzipHeader(bytes: Buffer): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + bytes.readUInt16LE(at);
  for (const text of [8, 16]) if (flags & text) at = bytes.indexOf(0, at) + 1;
  return flags & 2 ? at + 2 : at;
}
