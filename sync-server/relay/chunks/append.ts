/**
 * Writing what is sent of a chunk to its file as it comes: gathered into larger writes, hashed while they go to disk, in two
 * buffers that are used again and again. What came before a cut is kept.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { KiB } from '../../../shared/primitives/units.ts';

/** Bytes gathered before they are written. */
const WRITE = 512 * KiB;
/** What came over a slow link is written after this long, and counts as held. */
const LONGEST: Millis = 100;

export type AppendCause = 'too long' | 'storage full' | 'cut';

const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Appends a stream to a part file that holds `from` bytes; the hash of all of it, or null while bytes are missing. */
export async function appendTo(
  file: string,
  from: ByteCount,
  size: ByteCount,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Result<string | null, AppendCause>> {
  const hash = createHash('sha256');
  if (from > 0) for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  const handle = await open(file, 'a', 0o600);
  try {
    const gathered = gatherTo(handle, Math.min(WRITE, size - from), (written) => void hash.update(written));
    const came = await take(bytes, size - from, gathered);
    await gathered.finish();
    if (came !== 'all') return came === 'part' ? ok(null) : fail(came);
    await handle.datasync();
    return ok(hash.digest('hex'));
  } catch (error) {
    return fail(isFull(error) ? 'storage full' : 'cut');
  } finally {
    await handle.close();
  }
}

/** Takes up to `most` bytes; rejects only where the disk fails. */
async function take(
  bytes: AsyncIterable<Uint8Array>,
  most: ByteCount,
  to: Gathering,
): Promise<'all' | 'part' | 'too long' | 'cut'> {
  let taken = 0;
  const incoming = bytes[Symbol.asyncIterator]();
  for (;;) {
    let next: IteratorResult<Uint8Array>;
    try {
      next = await incoming.next();
    } catch {
      return 'cut'; // the sender went away
    }
    if (next.done === true) return taken === most ? 'all' : 'part';
    const piece = next.value;
    taken += piece.length;
    if (taken > most) return 'too long';
    await to.add(piece);
    freeBytes(piece);
  }
}

interface Gathering {
  /** Copies the piece; waits where the disk is behind. */
  add(piece: Uint8Array): Promise<void>;
  finish(): Promise<void>;
}

function gatherTo(handle: FileHandle, size: ByteCount, written: (bytes: Uint8Array) => void): Gathering {
  let buffer = new Uint8Array(size);
  let other: Uint8Array<ArrayBuffer> | null = null; // made when there is a second write
  let held = 0;
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  const append = async (before: Promise<void>, bytes: Uint8Array): Promise<void> => {
    await before;
    for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten;
  };
  /** Two writes at most are under way; the one before the last is over when this is called. */
  const write = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const now = buffer.subarray(0, held);
    [buffer, other, held] = [other ?? new Uint8Array(size), buffer, 0];
    writing = append(writing, now);
    writing.catch(() => undefined); // told by the next write, or at the end
    written(now);
  };
  /** Writes if at least so much has gathered, once no write is under way. */
  const flush = async (least: ByteCount): Promise<void> => {
    for (let seen: Promise<void> | null = null; seen !== writing;) await (seen = writing);
    if (held >= least) write();
  };
  return {
    add: async (piece) => {
      for (let at = 0; at < piece.length;) {
        const part = piece.subarray(at, at + size - held);
        buffer.set(part, held);
        held += part.length;
        at += part.length;
        if (held === size) await flush(size);
      }
      if (held > 0) timer ??= setTimeout(() => void flush(1).catch(() => undefined), LONGEST);
    },
    finish: async () => {
      await flush(1);
      await writing;
      for (const one of [buffer, other]) if (one !== null) freeBytes(one);
    },
  };
}
