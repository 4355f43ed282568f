/**
 * Owns writing the bytes of a chunk to its partial file as they come: gathered into larger writes, one under way while
 * the next is gathered, hashed on the way where all of them came in one go. Never holds more than two writes, in two
 * buffers that are used again and again.
 */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { KiB } from '../../../shared/primitives/units.ts';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import { hashFrom } from '../read/pieces.ts';

export interface Landing {
  /** The bytes that follow begin at `start` of the chunk; the file holds `from`. */
  begin(start: ByteCount, from: ByteCount): Promise<void>;
  /** Takes bytes, which are not to be used afterwards; waits where writing is behind. */
  add(piece: Uint8Array, writeAt: ByteCount): Promise<void>;
  /** Bytes of the chunk taken so far. */
  length(): ByteCount;
  /** Writes what was gathered. Rejects if anything could not be written. */
  finish(): Promise<void>;
  /** The SHA-256 of the whole file; after `finish`. */
  hash(): Promise<Hash>;
}

/** Bytes gathered before they are written. */
export const WRITE: ByteCount = 512 * KiB;

export function openLanding(handle: FileHandle, progress: { readonly held: (bytes: ByteCount) => void }): Landing {
  let hasher: ReturnType<typeof createHash> | null = null;
  let gathering = new Uint8Array(WRITE);
  let resting = new Uint8Array(WRITE);
  let gathered = 0;
  let taken = 0;
  let writing: Promise<void> = Promise.resolve();

  /** Begins to write what was gathered, and gathers in the other buffer: the write before this one must be over. */
  const write = (): void => {
    const [now, held] = [gathering.subarray(0, gathered), taken];
    [gathering, resting, gathered] = [resting, gathering, 0];
    const append = async (): Promise<void> => {
      for (let at = 0; at < now.length;) at += (await handle.write(now, at)).bytesWritten;
      progress.held(held);
    };
    writing = append();
    writing.catch(() => undefined); // told by the next write, or by `finish`
    hasher?.update(now); // while it is written
  };
  return {
    begin: async (start, from) => {
      if (start === 0 && from > 0) await handle.truncate(0);
      if (start === 0) hasher = createHash('sha256');
      taken = start;
    },
    add: async (piece, writeAt) => {
      for (let at = 0; at < piece.length;) {
        const part = piece.subarray(at, at + WRITE - gathered);
        gathering.set(part, gathered);
        gathered += part.length;
        taken += part.length;
        at += part.length;
        if (gathered < Math.min(WRITE, writeAt)) continue;
        await writing;
        write();
      }
      freeBytes(piece);
    },
    length: () => taken,
    finish: async () => {
      await writing;
      if (gathered > 0) write();
      await writing;
      freeBytes(gathering);
      freeBytes(resting);
    },
    hash: async () => (hasher === null ? hashFrom(handle) : (hasher.digest('hex') as Hash)),
  };
}
