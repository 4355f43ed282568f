/**
 * The outside of a part of a stick bundle: a fixed head, the sealed contents (the same in every part), then this part's
 * chunks one after another, so that where each lies follows from the head and the contents, and damage is found in its place.
 * A head is never believed beyond where to look: chunks have their hashes, contents their seal. Bytes: docs/stick.md.
 */
import { concat, equalBytes, utf8 } from '../../primitives/bytes.ts';
import type { Hash } from '../../primitives/ids.ts';
import type { Platform } from '../../primitives/platform.ts';
import { sha256 } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { ByteCount } from '../../primitives/units.ts';
import { KiB, MiB } from '../../primitives/units.ts';

/** Begins with no letter, so that no text file does; its line ends tell of a copy that changed them. */
const MAGIC = concat(Uint8Array.of(0x89), utf8('joinder stick\r\n'));
const VERSION = 1;
const COUNTS = 6;
const FIELDS = MAGIC.length + 4 * COUNTS;
/** Bytes before the sealed contents. */
export const HEAD: ByteCount = FIELDS + 32;
/** The largest contents that are read: entries, directory and the list of chunks, a hundred times those of a large package. */
export const LARGEST_CONTENTS = 64 * MiB;
/** A part stays below what FAT32 can hold, 4 GiB less a byte. */
export const LARGEST_PART = 4095 * MiB;
/** Parts of one bundle: some 4 TB. */
const MOST_PARTS = 1024;
/** Beyond what any version of Joinder makes; keeps sums exact. */
const MOST_CHUNKS = 4_000_000;

export interface ChunkOnStick {
  readonly hash: Hash;
  /** Sealed bytes. */
  readonly size: ByteCount;
}
/** Which chunks of the bundle's list a part holds. */
export interface PartPlan {
  readonly first: number;
  readonly count: number;
}
export interface PartHead extends PartPlan {
  /** From 1. */
  readonly part: number;
  readonly parts: number;
  /** Bytes of the sealed contents that follow. */
  readonly contents: ByteCount;
}

/** Shares chunks out over parts, in order; a bundle without any is one part. */
export function planParts(
  chunks: readonly ChunkOnStick[],
  contents: ByteCount,
  largest: ByteCount = LARGEST_PART,
): readonly PartPlan[] {
  const parts: PartPlan[] = [];
  let first = 0;
  let bytes = HEAD + contents;
  chunks.forEach(({ size }, i) => {
    if (bytes + size > largest && i > first) {
      parts.push({ first, count: i - first });
      first = i;
      bytes = HEAD + contents;
    }
    bytes += size;
  });
  return [...parts, { first, count: chunks.length - first }];
}

/** The head of a part, over the sealed contents that follow it. */
export async function encodeHead(
  platform: Platform,
  head: Omit<PartHead, 'contents'>,
  contents: Uint8Array,
): Promise<Uint8Array> {
  const fields = new Uint8Array(FIELDS);
  fields.set(MAGIC);
  const view = new DataView(fields.buffer);
  [VERSION, head.part, head.parts, head.first, head.count, contents.length].forEach((value, i) =>
    view.setUint32(MAGIC.length + 4 * i, value),
  );
  return concat(fields, await sha256(platform, concat(fields, contents)));
}

export type HeadCause = 'no bundle' | 'newer version' | 'damaged';

/** Reads the first bytes of a file, `HEAD` of them or all there are. What it says is not proved before `isHeadSound`. */
export function decodeHead(bytes: Uint8Array): Result<PartHead, HeadCause> {
  const isCut = bytes.length < MAGIC.length;
  if (isCut || !equalBytes(bytes.subarray(0, MAGIC.length), MAGIC)) return fail('no bundle');
  if (bytes.length < HEAD) return fail('damaged');
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEAD);
  const at = (i: number): number => view.getUint32(MAGIC.length + 4 * i);
  if (at(0) !== VERSION) return fail(at(0) > VERSION && at(0) <= 64 * KiB ? 'newer version' : 'damaged');
  const head = { part: at(1), parts: at(2), first: at(3), count: at(4), contents: at(5) };
  const isSound =
    head.part >= 1 &&
    head.part <= head.parts &&
    head.parts <= MOST_PARTS &&
    head.first + head.count <= MOST_CHUNKS &&
    head.contents <= LARGEST_CONTENTS;
  return isSound ? ok(head) : fail('damaged');
}

/** Whether head and contents are as they were written. */
export async function isHeadSound(platform: Platform, head: Uint8Array, contents: Uint8Array): Promise<boolean> {
  const said = await sha256(platform, concat(head.subarray(0, FIELDS), contents));
  return equalBytes(said, head.subarray(FIELDS, HEAD));
}
