/**
 * Owns the layout of sealed content: how large a file's chunks are, how chunks divide into segments, and which nonce and
 * associated data each segment is sealed with (docs/evidence-format.md). Pure; holds no bytes of anybody.
 */
import { idBytes, isHash, isId } from '../../shared/primitives/ids.ts';
import type { VersionId } from '../../shared/primitives/ids.ts';
import { framed } from '../../shared/primitives/platform.ts';
import type { ByteCount } from '../../shared/primitives/units.ts';
import { KiB, MiB } from '../../shared/primitives/units.ts';
import type { Content } from '../../shared/ipc/evidence.ts';
import { LABEL } from '../../shared/seal/labels.ts';

/** Plaintext bytes in each segment but the last of a chunk. */
export const SEGMENT: ByteCount = 256 * KiB;
/** Bytes that sealing adds to a segment. */
export const TAG = 16;
export const SMALLEST_CHUNK: ByteCount = MiB;
export const LARGEST_CHUNK: ByteCount = 8 * MiB;
/** What a sealed chunk of ours takes at most. */
export const LARGEST_SEALED: ByteCount = LARGEST_CHUNK + (LARGEST_CHUNK / SEGMENT) * TAG;
/** What another client may have chosen: as much as fits a relay's largest chunk. */
const LARGEST_TAKEN: ByteCount = 16 * MiB;

/** The smallest power of two that makes at most 16 chunks, between 1 and 8 MiB: many small files stay small, large ones go in few requests. */
export function chunkSizeFor(size: ByteCount): ByteCount {
  let chunk = SMALLEST_CHUNK;
  while (chunk < LARGEST_CHUNK && chunk * 16 < size) chunk *= 2;
  return chunk;
}

/** An empty file has one chunk of one empty segment, so that its end is sealed too. */
export const chunkCount = (size: ByteCount, chunkSize: ByteCount): number => Math.max(1, Math.ceil(size / chunkSize));
export const segmentCount = (plain: ByteCount): number => Math.max(1, Math.ceil(plain / SEGMENT));
export const sealedSize = (plain: ByteCount): ByteCount => plain + segmentCount(plain) * TAG;

/** Where a segment stands; `last` for the one that ends the file. */
export interface Place {
  readonly chunk: number;
  readonly segment: number;
  readonly last: boolean;
}

export interface ChunkPlan {
  readonly from: ByteCount;
  readonly plain: ByteCount;
  readonly sealed: ByteCount;
  readonly segments: number;
  readonly last: boolean;
}

/** What chunk `index` of a file holds. */
export function planChunk(size: ByteCount, chunkSize: ByteCount, index: number): ChunkPlan {
  const from = index * chunkSize;
  const plain = Math.min(chunkSize, size - from);
  return {
    from,
    plain,
    sealed: sealedSize(plain),
    segments: segmentCount(plain),
    last: index === chunkCount(size, chunkSize) - 1,
  };
}

/** 12 bytes: chunk, segment, and 1 in the last of the file; big-endian. Unique under a file's own key, since each place is sealed once. */
export function nonceOf(place: Place): Uint8Array {
  const nonce = new Uint8Array(12);
  const view = new DataView(nonce.buffer);
  view.setUint32(0, place.chunk);
  view.setUint32(4, place.segment);
  view.setUint32(8, place.last ? 1 : 0);
  return nonce;
}

export const segmentAad = (version: VersionId): Uint8Array => framed(LABEL.evidence, idBytes(version));

/** The version that the segments are bound to. */
export const sealedAs = ({ version, sealed }: Pick<Content, 'version' | 'sealed'>): VersionId => sealed ?? version;

/** Whether a manifest can be true at all: another client wrote it, so nothing in it is taken for granted. */
export function isSound(content: Content): boolean {
  const { version, size, sha256, key, chunkSize, chunks, sealed } = content;
  const numbers =
    Number.isSafeInteger(size) &&
    size >= 0 &&
    Number.isSafeInteger(chunkSize) &&
    chunkSize >= SEGMENT &&
    chunkSize <= LARGEST_TAKEN;
  if (sealed !== undefined && !isId(sealed)) return false;
  if (!numbers || chunkSize % SEGMENT !== 0 || !isId(version) || !isHash(sha256) || key.length !== 32) return false;
  if (chunks.length !== chunkCount(size, chunkSize) || new Set(chunks.map((c) => c.hash)).size !== chunks.length)
    return false;
  return chunks.every((chunk, index) => isHash(chunk.hash) && chunk.size === planChunk(size, chunkSize, index).sealed);
}

export const sealedTotal = (content: Content): ByteCount => content.chunks.reduce((sum, chunk) => sum + chunk.size, 0);
