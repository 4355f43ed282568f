/**
 * One segment file of the journal. Owns its bytes: appends are one write and one fdatasync; an append that fails leaves
 * the file as long as it was. A segment comes into being whole, with its heads, by a rename.
 */
import { open, readFile, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import type { DiskCause } from '../../disk/causes.ts';
import { diskCause } from '../../disk/causes.ts';
import { writeWhole } from '../../disk/writeWhole.ts';
import type { Head } from './records.ts';
import { encodeHeads, frameRecord } from './records.ts';

export interface Segment {
  readonly number: number;
  readonly file: string;
  readonly size: () => ByteCount;
  /** Header hashes of the entries in it, in order. */
  readonly entries: Hash[];
  append(bytes: Uint8Array): Promise<Result<null, DiskCause>>;
  read(): Promise<Uint8Array>;
  close(): Promise<void>;
  remove(): Promise<void>;
}

export async function createSegment(
  file: string,
  number: number,
  heads: Iterable<Head>,
): Promise<Result<Segment, DiskCause>> {
  const first = frameRecord(encodeHeads(heads));
  const written = await writeWhole(file, first);
  return written.ok ? openSegment(file, number, first.length) : written;
}

/** Opens an existing segment for appending after `end`; what lies beyond was never answered and is cut off. */
export async function openSegment(file: string, number: number, end: ByteCount): Promise<Result<Segment, DiskCause>> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r+');
    if ((await handle.stat()).size > end) await cutTo(handle, end);
  } catch (error) {
    return fail(diskCause(error));
  }
  return ok(segmentAt(file, number, handle, end));
}

async function cutTo(handle: FileHandle, end: ByteCount): Promise<void> {
  await handle.truncate(end);
  await handle.datasync();
}

function segmentAt(file: string, number: number, handle: FileHandle, end: ByteCount): Segment {
  let size = end;
  let torn = false; // bytes of a failed append may still lie beyond `size`
  return {
    number,
    file,
    size: () => size,
    entries: [],
    append: async (bytes) => {
      try {
        if (torn) await cutTo(handle, size);
        torn = true;
        await writeAll(handle, bytes, size);
        await handle.datasync();
        torn = false;
        size += bytes.length;
        return ok(null);
      } catch (error) {
        await cutTo(handle, size).then(
          () => (torn = false),
          () => undefined,
        ); // tried again before the next append
        return fail(diskCause(error));
      }
    },
    read: async () => new Uint8Array(await readFile(file)).subarray(0, size),
    close: () => handle.close(),
    remove: async () => {
      await handle.close();
      await unlink(file);
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, from: ByteCount): Promise<void> {
  let done = 0;
  while (done < bytes.length) done += (await handle.write(bytes, done, bytes.length - done, from + done)).bytesWritten;
}
