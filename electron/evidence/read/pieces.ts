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
import { isMissing } from '../../disk/causes.ts';
import { planChunk, SEGMENT, TAG } from '../format.ts';
import { openSegment, sealingOf } from '../segments.ts';
import type { Sealing } from '../segments.ts';
import type { ChunkStore } from '../store/chunkStore.ts';

export type PieceCause = 'missing here' | 'does not verify';

/** Segments opened at once; also how long the process is deaf to everything else. */
const GROUP = 4;
const SEALED_SEGMENT = SEGMENT + TAG;

interface Group { readonly chunk: number; readonly first: number; readonly sealedFrom: ByteCount; readonly sealed: ByteCount; readonly plainFrom: ByteCount; readonly segments: number; readonly endsFile: boolean }

/** Gives `use` the plaintext from `from` to `to` in order; a piece is valid until `use` is done. Null: all of it was given. */
export async function eachPiece(store: ChunkStore, content: Content, from: ByteCount, to: ByteCount, use: (piece: Uint8Array) => void | Promise<void>): Promise<PieceCause | null> {
  const sealing = sealingOf(content.key, content.version);
  const files = openFiles(store, content);
  const buffers = [new Uint8Array(GROUP * SEALED_SEGMENT), new Uint8Array(GROUP * SEALED_SEGMENT)];
  const plain = new Uint8Array(MiB);
  const groups = groupsOf(content, from, Math.min(to, content.size));
  const begin = (turn: number): Promise<Uint8Array | PieceCause> | null => {
    const step = groups.next();
    const buffer = buffers[turn % 2];
    if (step.done === true || buffer === undefined) return null;
    group = step.value;
    const reading = files.read(step.value, buffer);
    reading.catch(() => undefined); // whoever awaits it hears of it
    return reading;
  };
  let group: Group | undefined;
  let ahead = begin(0);
  try {
    for (let turn = 1; ahead !== null; turn++) {
      const sealed = await ahead;
      const here = group;
      if (typeof sealed === 'string') return sealed;
      ahead = begin(turn);
      if (here === undefined || !openGroup(sealing, here, sealed, plain)) return here === undefined ? 'missing here' : await judgeChunk(store, content, here.chunk);
      const start = Math.max(0, from - here.plainFrom);
      const end = Math.min(sealed.length - here.segments * TAG, to - here.plainFrom);
      if (end > start) await use(plain.subarray(start, end));
    }
    return null;
  } finally {
    await ahead?.catch(() => undefined);
    await files.close();
  }
}

/** The groups of segments that cover a range; an empty file has one, so that its end is verified as well. */
function* groupsOf(content: Content, from: ByteCount, to: ByteCount): Generator<Group> {
  const firstChunk = Math.floor(from / content.chunkSize);
  const lastChunk = Math.max(firstChunk, Math.ceil(to / content.chunkSize) - 1);
  for (let chunk = firstChunk; chunk <= lastChunk && chunk < content.chunks.length; chunk++) {
    const plan = planChunk(content.size, content.chunkSize, chunk);
    const firstGroup = Math.floor(Math.max(0, from - plan.from) / SEGMENT / GROUP) * GROUP;
    for (let first = firstGroup; first < plan.segments && (first === firstGroup || plan.from + first * SEGMENT < to); first += GROUP) {
      const segments = Math.min(GROUP, plan.segments - first);
      const sealedFrom = first * SEALED_SEGMENT;
      const endsFile = plan.last && first + segments === plan.segments;
      yield { chunk, first, sealedFrom, sealed: Math.min(segments * SEALED_SEGMENT, plan.sealed - sealedFrom), plainFrom: plan.from + first * SEGMENT, segments, endsFile };
    }
  }
}

function openGroup(sealing: Sealing, group: Group, sealed: Uint8Array, plain: Uint8Array): boolean {
  for (let i = 0; i < group.segments; i++) {
    const place = { chunk: group.chunk, segment: group.first + i, last: group.endsFile && i === group.segments - 1 };
    if (!openSegment(sealing, place, sealed.subarray(i * SEALED_SEGMENT, (i + 1) * SEALED_SEGMENT), plain.subarray(i * SEGMENT))) return false;
  }
  return true;
}

/** Reads groups, keeping the file of the newest chunk open. */
function openFiles(store: ChunkStore, content: Content) {
  let current: { chunk: number; handle: FileHandle } | null = null;
  const handleOf = async (chunk: number, hash: Hash): Promise<FileHandle> => {
    if (current?.chunk === chunk) return current.handle;
    await current?.handle.close();
    current = null;
    const handle = await open(store.chunkFile(hash), 'r');
    current = { chunk, handle };
    return handle;
  };
  return {
    read: async (group: Group, buffer: Uint8Array): Promise<Uint8Array | PieceCause> => {
      const chunk = content.chunks[group.chunk];
      if (chunk === undefined) return 'missing here';
      let handle: FileHandle;
      try {
        handle = await handleOf(group.chunk, chunk.hash);
      } catch (error) {
        if (isMissing(error)) return 'missing here';
        throw error;
      }
      const { bytesRead } = await handle.read(buffer, 0, group.sealed, group.sealedFrom);
      if (bytesRead === group.sealed) return buffer.subarray(0, group.sealed);
      return judgeChunk(store, content, group.chunk);
    },
    close: async (): Promise<void> => {
      await current?.handle.close();
    },
  };
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
    const hash = createHash('sha256');
    const buffer = new Uint8Array(MiB);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
      if (bytesRead === 0) return hash.digest('hex') as Hash;
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
