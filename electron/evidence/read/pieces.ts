/**
 * Owns opening a range of a version's plaintext from the chunks on disk, piece by piece, each verified before it is
 * handed on. A chunk that lost its hash on disk is put aside, so that it can be fetched again. Keeps nothing.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import { isMissing } from '../../disk/causes.ts';
import { SEGMENT, TAG, sealedAs } from '../format.ts';
import { openSegment, sealingOf } from '../segments.ts';
import type { Sealing } from '../segments.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import { GROUP, readGroups, SEALED_SEGMENT } from './groups.ts';
import type { Group } from './groups.ts';

export type PieceCause = 'missing here' | 'does not verify';

/** Gives the plaintext from `from` to `to` in order; a piece is valid until `give` is done. Null: all of it was given. */
export async function eachPiece(
  store: ChunkStore,
  content: Content,
  from: ByteCount,
  to: ByteCount,
  give: (piece: Uint8Array) => void | Promise<void>,
): Promise<PieceCause | null> {
  const sealing = sealingOf(content.key, sealedAs(content));
  const end = Math.min(to, content.size);
  const plain = new Uint8Array(Math.min(GROUP * SEGMENT, end - from + 2 * SEGMENT, content.size));
  const reader = readGroups(store, content, from, end);
  try {
    for (let read = await reader.next(); read !== null; read = await reader.next()) {
      const { group, sealed } = read;
      if (sealed === null) return 'missing here';
      if (sealed.length !== group.sealed || !openGroup(sealing, group, sealed, plain))
        return await judgeChunk(store, content, group.chunk);
      const start = Math.max(0, from - group.plainFrom);
      const stop = Math.min(sealed.length - group.segments * TAG, end - group.plainFrom);
      if (stop > start) await give(plain.subarray(start, stop));
    }
    return null;
  } finally {
    await reader.close();
    freeBytes(plain);
  }
}

function openGroup(sealing: Sealing, group: Group, sealed: Uint8Array, plain: Uint8Array): boolean {
  for (let i = 0; i < group.segments; i++) {
    const place = { chunk: group.chunk, segment: group.first + i, last: group.endsFile && i === group.segments - 1 };
    if (
      !openSegment(
        sealing,
        place,
        sealed.subarray(i * SEALED_SEGMENT, (i + 1) * SEALED_SEGMENT),
        plain.subarray(i * SEGMENT),
      )
    )
      return false;
  }
  return true;
}

/** Says whether bytes or manifest are wrong: a chunk without its hash is put aside and counts as missing. */
async function judgeChunk(store: ChunkStore, content: Content, index: number): Promise<PieceCause> {
  const chunk = content.chunks[index];
  if (chunk === undefined) return 'missing here';
  const hash = await hashFile(store.chunkFile(chunk.hash));
  if (hash === chunk.hash) return 'does not verify';
  if (hash !== null) await store.setAside(chunk.hash);
  return 'missing here';
}

/** The SHA-256 of a file as it is on disk; null where there is none. */
export async function hashFile(file: string): Promise<Hash | null> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  try {
    return await hashFrom(handle);
  } finally {
    await handle.close();
  }
}

/** The SHA-256 of all that an open file holds. */
export async function hashFrom(handle: FileHandle): Promise<Hash> {
  const hash = createHash('sha256');
  const buffer = new Uint8Array(MiB);
  for (let at = 0; ;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return hash.digest('hex') as Hash;
    hash.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}
