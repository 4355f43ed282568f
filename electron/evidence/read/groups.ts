/**
 * Owns how a range of a version is read from disk: as groups of sealed segments, in order, the next one on its way while
 * the last is opened. A group's bytes are valid until the one after the next is asked for.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import { isMissing } from '../../disk/causes.ts';
import { planChunk, sealedSize, SEGMENT, TAG } from '../format.ts';
import type { ChunkStore } from '../store/chunkStore.ts';

/** Segments opened at once; also how long the process is deaf to everything else. */
export const GROUP = 4;
export const SEALED_SEGMENT = SEGMENT + TAG;

export interface Group {
  readonly chunk: number;
  /** Its first segment in that chunk, and how many. */
  readonly first: number;
  readonly segments: number;
  readonly sealedFrom: ByteCount;
  readonly sealed: ByteCount;
  /** Where its plaintext begins in the file. */
  readonly plainFrom: ByteCount;
  readonly endsFile: boolean;
}

/** The groups that cover a range; an empty file has one, so that its end is verified as well. */
export function* groupsOf(content: Content, from: ByteCount, to: ByteCount): Generator<Group, undefined> {
  const firstChunk = Math.floor(from / content.chunkSize);
  const lastChunk = Math.max(firstChunk, Math.ceil(to / content.chunkSize) - 1);
  for (let chunk = firstChunk; chunk <= lastChunk && chunk < content.chunks.length; chunk++) {
    const plan = planChunk(content.size, content.chunkSize, chunk);
    const begin = Math.min(Math.floor(Math.max(0, from - plan.from) / SEGMENT), plan.segments - 1);
    const end = Math.max(begin + 1, Math.min(plan.segments, Math.ceil((to - plan.from) / SEGMENT)));
    for (let first = begin; first < end; first += GROUP) {
      const segments = Math.min(GROUP, end - first);
      const sealedFrom = first * SEALED_SEGMENT;
      const sealed = Math.min(segments * SEALED_SEGMENT, plan.sealed - sealedFrom);
      yield {
        chunk,
        first,
        segments,
        sealedFrom,
        sealed,
        plainFrom: plan.from + first * SEGMENT,
        endsFile: plan.last && first + segments === plan.segments,
      };
    }
  }
}

/** Sealed bytes of one group, or null where its chunk is not here; shorter than said where the file is. */
export interface GroupRead {
  readonly group: Group;
  readonly sealed: Uint8Array | null;
}

export interface GroupReader {
  next(): Promise<GroupRead | null>;
  close(): Promise<void>;
}

export function readGroups(store: ChunkStore, content: Content, from: ByteCount, to: ByteCount): GroupReader {
  const size = Math.min(
    Math.min(GROUP, Math.ceil((to - from) / SEGMENT) + 1) * SEALED_SEGMENT,
    sealedSize(content.size),
  );
  const buffers: Uint8Array[] = []; // the second is made when there is a second group
  const groups = groupsOf(content, from, to);
  let current: { readonly chunk: number; readonly handle: FileHandle } | null = null;
  let turn = 0;

  const handleOf = async (chunk: number): Promise<FileHandle | null> => {
    if (current?.chunk === chunk) return current.handle;
    await current?.handle.close();
    current = null;
    const hash = content.chunks[chunk]?.hash;
    if (hash === undefined) return null;
    try {
      current = { chunk, handle: await open(store.chunkFile(hash), 'r') };
      return current.handle;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };
  const begin = async (): Promise<GroupRead | null> => {
    const group = groups.next().value;
    if (group === undefined) return null;
    const buffer = (buffers[turn] ??= new Uint8Array(size));
    turn = 1 - turn;
    const handle = await handleOf(group.chunk);
    if (handle === null) return { group, sealed: null };
    const { bytesRead } = await handle.read(buffer, 0, group.sealed, group.sealedFrom);
    return { group, sealed: buffer.subarray(0, bytesRead) };
  };
  const ahead = (): Promise<GroupRead | null> => {
    const reading = begin();
    reading.catch(() => undefined); // whoever asks for it hears of it
    return reading;
  };
  let coming = ahead();
  return {
    next: async () => {
      const read = await coming;
      if (read !== null) coming = ahead();
      return read;
    },
    close: async () => {
      await coming.catch(() => undefined);
      await current?.handle.close();
      buffers.forEach(freeBytes);
    },
  };
}
