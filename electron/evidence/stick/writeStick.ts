/**
 * Owns writing a stick bundle to a folder that a person chose: each part beside its name first, read from the chunks on disk
 * one at a time, hashed on the way, synced; all are named once the last is whole. Promises that whatever fails leaves nothing
 * behind that could be taken for a bundle, as far as the stick still answers.
 */
import { createHash } from 'node:crypto';
import { open, rename, statfs, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { WriteOutCause } from '../../../shared/ipc/causes.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import type { ChunkOnStick, PartPlan } from '../../../shared/seal/stick/head.ts';
import { encodeHead, HEAD, planParts } from '../../../shared/seal/stick/head.ts';
import { isMissing, outCause } from '../../disk/causes.ts';
import { syncFolder } from '../../disk/writeWhole.ts';
import { platform } from '../../platform.ts';
import type { ChunkStore } from '../store/chunkStore.ts';

export type StickWriteCause = WriteOutCause | 'missing here' | 'cancelled';

export interface StickOut {
  readonly folder: string;
  readonly name: string;
  readonly sealed: Uint8Array;
  readonly chunks: readonly ChunkOnStick[];
  readonly signal: AbortSignal;
  readonly moved: (done: ByteCount, total: ByteCount) => void;
  /** Other than usual in tests. */
  readonly largestPart?: ByteCount;
}

class Stopped extends Error {
  readonly why: 'missing here' | 'cancelled';
  constructor(why: 'missing here' | 'cancelled') {
    super(why);
    this.why = why;
  }
}

export async function writeStick(
  store: ChunkStore,
  out: StickOut,
): Promise<Result<{ readonly parts: number; readonly bytes: ByteCount }, StickWriteCause>> {
  const { folder, sealed, chunks } = out;
  const plan = planParts(chunks, sealed.length, out.largestPart);
  const total = plan.length * (HEAD + sealed.length) + chunks.reduce((sum, { size }) => sum + size, 0);
  const files = plan.map((_, i) => path.join(folder, partName(out.name, i + 1, plan.length)));
  try {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < total) return fail('no space');
    let done = 0;
    for (const [i, part] of plan.entries())
      await writePart(store, out, `${files[i]}.part`, { ...part, part: i + 1, parts: plan.length }, (bytes) => {
        done += bytes;
        out.moved(done, total);
      });
    for (const file of files) await rename(`${file}.part`, file);
    await syncFolder(folder);
    return ok({ parts: plan.length, bytes: total });
  } catch (error) {
    // What was renamed already as well: a bundle that lacks a part is none. A stick that was pulled out answers nothing any more.
    for (const file of files) for (const one of [`${file}.part`, file]) await unlink(one).catch(() => undefined);
    return fail(error instanceof Stopped ? error.why : outCause(error));
  }
}

const partName = (name: string, part: number, parts: number): string =>
  parts === 1 ? `${name}.stick` : `${name}-${part}-of-${parts}.stick`;

async function writePart(
  store: ChunkStore,
  { sealed, chunks, signal }: StickOut,
  file: string,
  part: PartPlan & { readonly part: number; readonly parts: number },
  wrote: (bytes: ByteCount) => void,
): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await writeAll(handle, await encodeHead(platform, part, sealed));
    await writeAll(handle, sealed);
    wrote(HEAD + sealed.length);
    const mine = chunks.slice(part.first, part.first + part.count);
    const buffer = new Uint8Array(mine.reduce((most, { size }) => Math.max(most, size), 0));
    for (const chunk of mine) {
      if (signal.aborted) throw new Stopped('cancelled');
      const bytes = await readChunk(store, chunk, buffer);
      await writeAll(handle, bytes);
      wrote(bytes.length);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** One chunk at a time is in memory, in one buffer. One that lost its hash here is put aside, and counts as missing. */
async function readChunk(store: ChunkStore, { hash, size }: ChunkOnStick, buffer: Uint8Array): Promise<Uint8Array> {
  const handle = await open(store.chunkFile(hash), 'r').catch((error: unknown) => {
    if (isMissing(error)) throw new Stopped('missing here');
    throw error;
  });
  const bytes = buffer.subarray(0, size);
  let at = 0;
  try {
    for (let read = 1; read > 0 && at < size; at += read)
      read = (await handle.read(bytes, at, size - at, at)).bytesRead;
  } finally {
    await handle.close();
  }
  if (at === size && createHash('sha256').update(bytes).digest('hex') === hash) return bytes;
  await store.setAside(hash);
  throw new Stopped('missing here');
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}
