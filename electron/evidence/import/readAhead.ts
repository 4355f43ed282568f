/**
 * Owns reading a file from start to end in blocks, the next one on its way while the last is worked on. A block is valid
 * until the one after the next is asked for. A short block means that the file ended there.
 */
import type { FileHandle } from 'node:fs/promises';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { MiB } from '../../../shared/primitives/units.ts';

export const BLOCK: ByteCount = MiB;

export interface ReadAhead {
  /** The next block: as long as asked for, or shorter where the file ends. */
  next(): Promise<Uint8Array>;
  /** Waits for the read under way, so that the file may be closed. */
  settle(): Promise<void>;
}

export function readAhead(handle: FileHandle, size: ByteCount): ReadAhead {
  const buffers = [new Uint8Array(Math.min(BLOCK, size)), new Uint8Array(Math.min(BLOCK, Math.max(0, size - BLOCK)))];
  let at = 0;
  let turn = 0;
  const begin = (): Promise<Uint8Array> => {
    const buffer = buffers[turn++ % 2] ?? new Uint8Array(0);
    const length = Math.min(buffer.length, size - at);
    const reading = fill(handle, buffer.subarray(0, length), at);
    reading.catch(() => undefined); // whoever asks for this block hears of it
    at += length;
    return reading;
  };
  let ahead = begin();
  return {
    next: async () => {
      const block = await ahead;
      ahead = begin();
      return block;
    },
    settle: async () => void (await ahead.catch(() => undefined)),
  };
}

async function fill(handle: FileHandle, buffer: Uint8Array, from: ByteCount): Promise<Uint8Array> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
