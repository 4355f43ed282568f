/**
 * A file to be looked into: a few ranges of it, never the whole. Answers short where the file ends; counts what was read,
 * and answers nothing more once that is enough, so that no file can make the look at it long.
 */
import type { FileHandle } from 'node:fs/promises';
import type { ByteCount } from '../../../../shared/primitives/units.ts';
import { KiB, MiB } from '../../../../shared/primitives/units.ts';

export interface Source {
  readonly size: ByteCount;
  /** Up to `length` bytes from `at`; none outside the file, or past what may be read in all. */
  read(at: ByteCount, length: ByteCount): Promise<Buffer>;
}

/** What is read of one file at most, in all and at once. */
const MOST = 8 * MiB;
export const AT_ONCE = 256 * KiB;

export function sourceOf(handle: FileHandle, size: ByteCount): Source {
  let left: ByteCount = MOST;
  return {
    size,
    read: async (at, length) => {
      const wanted = Math.min(length, AT_ONCE, size - at, left);
      if (!Number.isSafeInteger(at) || at < 0 || wanted <= 0) return Buffer.alloc(0);
      left -= wanted;
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, at);
      return buffer.subarray(0, bytesRead);
    },
  };
}
