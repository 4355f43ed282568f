/**
 * Owns writing the bytes of a chunk to its partial file as they come: gathered into larger writes, one under way while
 * the next is gathered, hashed on the way where all of them came in one go. Never holds more than two writes.
 */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { hashFrom } from '../read/pieces.ts';

export interface Landing {
  /** The bytes that follow begin at `start` of the chunk; the file holds `from`. */
  begin(start: ByteCount, from: ByteCount): Promise<void>;
  /** Takes bytes; waits where writing is behind. */
  add(piece: Uint8Array, writeAt: ByteCount): Promise<void>;
  /** Bytes of the chunk taken so far. */
  length(): ByteCount;
  /** Writes what was gathered. Rejects if anything could not be written. */
  finish(): Promise<void>;
  /** The SHA-256 of the whole file; after `finish`. */
  hash(): Promise<Hash>;
}

export function openLanding(handle: FileHandle, progress: { readonly held: (bytes: ByteCount) => void }): Landing {
  let hasher: ReturnType<typeof createHash> | null = null;
  let pieces: Uint8Array[] = [];
  let gathered = 0;
  let taken = 0;
  let writing: Promise<void> = Promise.resolve();

  const write = (): void => {
    const [before, now, held] = [writing, pieces, taken];
    [pieces, gathered] = [[], 0];
    const append = async (): Promise<void> => {
      await before;
      await appendAll(handle, now);
      progress.held(held);
    };
    writing = append();
    writing.catch(() => undefined); // told by `finish`
  };
  return {
    begin: async (start, from) => {
      if (start === 0 && from > 0) await handle.truncate(0);
      if (start === 0) hasher = createHash('sha256');
      taken = start;
    },
    add: async (piece, writeAt) => {
      hasher?.update(piece);
      pieces.push(piece);
      gathered += piece.length;
      taken += piece.length;
      if (gathered < writeAt) return;
      await writing;
      write();
    },
    length: () => taken,
    finish: async () => {
      if (gathered > 0) write();
      await writing;
    },
    hash: async () => (hasher === null ? hashFrom(handle) : (hasher.digest('hex') as Hash)),
  };
}

async function appendAll(handle: FileHandle, pieces: Uint8Array[]): Promise<void> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const { bytesWritten } = await handle.writev(pieces);
  if (bytesWritten < length) await handle.appendFile(Buffer.concat(pieces).subarray(bytesWritten));
}
