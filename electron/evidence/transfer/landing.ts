/**
 * Owns writing the bytes of a chunk to its partial file as they come: gathered into larger writes, one under way while
 * the next is gathered, hashed on the way where all of them came in one go. Never holds more than two writes, in two
 * buffers that are used again and again.
 */
import type { FileHandle } from 'node:fs/promises';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import type { Hashing } from '../hashing.ts';
import { beginHashing } from '../hashing.ts';
import { hashFrom } from '../read/pieces.ts';
import { giveSlab, SLAB, takeSlab } from '../store/slabs.ts';

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
  /** Whatever came of it; nothing is asked of it afterwards. */
  close(): Promise<void>;
}

export interface LandingFor {
  /** Of the whole chunk. */
  readonly size: ByteCount;
  /** Told how many bytes are on disk now. */
  readonly held: (bytes: ByteCount) => void;
}

export function openLanding(handle: FileHandle, { size, held: tell }: LandingFor): Landing {
  let hasher: Hashing | null = null;
  let gathering = takeSlab();
  let resting = takeSlab();
  let gathered = 0;
  let taken = 0;
  let writing: Promise<void> = Promise.resolve();

  /** Begins to write what was gathered, and gathers in the other buffer: the write before this one must be over. */
  const write = (): void => {
    const [now, held] = [gathering.subarray(0, gathered), taken];
    [gathering, resting, gathered] = [resting, gathering, 0];
    const hashed = hasher?.update(now); // while it is written
    hashed?.catch(() => undefined);
    const append = async (): Promise<void> => {
      for (let at = 0; at < now.length;) at += (await handle.write(now, at)).bytesWritten;
      await hashed;
      tell(held);
    };
    writing = append();
    writing.catch(() => undefined); // told by the next write, or by `finish`
  };
  return {
    begin: async (start, from) => {
      if (start === 0 && from > 0) await handle.truncate(0);
      if (start === 0) hasher = beginHashing(size);
      taken = start;
    },
    add: async (piece, writeAt) => {
      for (let at = 0; at < piece.length;) {
        const part = piece.subarray(at, at + SLAB - gathered);
        gathering.set(part, gathered);
        gathered += part.length;
        taken += part.length;
        at += part.length;
        if (gathered < Math.min(SLAB, writeAt)) continue;
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
    },
    hash: async () => {
      const complete = hasher;
      hasher = null;
      return complete === null ? hashFrom(handle) : complete.digest();
    },
    close: async () => {
      await writing.catch(() => undefined);
      hasher?.drop();
      giveSlab(gathering);
      giveSlab(resting);
    },
  };
}
