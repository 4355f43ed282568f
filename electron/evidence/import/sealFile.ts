/**
 * Owns sealing one source file into the chunk store: hashed and sealed once while it is read, under a fresh key. Promises
 * that what it answers is on disk, whole, and is what the source held from start to end; otherwise it leaves no chunk.
 */
import { createHash, randomFillSync } from 'node:crypto';
import type { Hash as Hasher } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { Content } from '../../../shared/ipc/evidence.ts';
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { FoundCode } from '../../../shared/model/snapshot/facts.ts';
import type { Hash, VersionId } from '../../../shared/primitives/ids.ts';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { KiB } from '../../../shared/primitives/units.ts';
import { chunkCount, chunkSizeFor, planChunk, SEGMENT, sealedSize } from '../format.ts';
import type { ChunkPlan } from '../format.ts';
import { sealingOf, sealSegment } from '../segments.ts';
import type { Sealing } from '../segments.ts';
import type { Hashing } from '../hashing.ts';
import { beginHashing } from '../hashing.ts';
import type { Buffers } from '../store/buffers.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import { inspect } from './inspect/inspect.ts';
import { START_BYTES, typeOf } from './mime.ts';
import { BLOCK, readAhead } from './readAhead.ts';
import type { ReadAhead } from './readAhead.ts';
import { skip, skipOfRead, skipOfWrite } from './skips.ts';
import type { Skip } from './skips.ts';
import type { Found } from './walk.ts';

/** Files up to this are sealed several at a time. */
export const SMALL: ByteCount = 256 * KiB;

export interface SealContext {
  readonly store: ChunkStore;
  readonly buffers: Buffers;
  readonly freeFloor: () => ByteCount;
  /** Told of each chunk before it is written, and of the mark of a whole file: what an import that is cut off leaves is found by it. */
  readonly note: (name: Hash) => Promise<void>;
  readonly signal: AbortSignal;
  readonly progress: (done: ByteCount) => void;
}

export interface SealedFile {
  readonly content: Content;
  readonly type: string;
  /** Codes of what was found in it (`shared/model/snapshot/facts.ts`). */
  readonly found: readonly FoundCode[];
}

export async function sealFile(found: Found, context: SealContext): Promise<Result<SealedFile, Skip>> {
  let handle: FileHandle;
  try {
    handle = await open(found.path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return fail(skipOfRead(error));
  }
  try {
    return await sealOpened(handle, found, context);
  } catch (error) {
    return fail(skipOfRead(error));
  } finally {
    await handle.close().catch(() => undefined); // a drive that was pulled away cannot even be closed
  }
}

async function sealOpened(handle: FileHandle, found: Found, context: SealContext): Promise<Result<SealedFile, Skip>> {
  const before = await handle.stat();
  if (!before.isFile()) return fail(skip('not a file'));
  const size = before.size;
  const key = randomFillSync(new Uint8Array(32));
  const version = toHex(randomFillSync(new Uint8Array(16))) as VersionId;
  const work: Work = {
    size,
    chunkSize: chunkSizeFor(size),
    sealing: sealingOf(key, version),
    plainHash: createHash('sha256'),
    start: new Uint8Array(0),
    writes: [],
    writeFailed: null,
  };
  const ahead = readAhead(handle, size);
  let outcome: Skip | null;
  let codes: readonly FoundCode[] = [];
  try {
    outcome = await sealChunks(ahead, work, context);
    if (outcome === null) codes = await inspect(handle, found.name, size);
  } catch (error) {
    outcome = skipOfRead(error);
  }
  await ahead.settle();
  const chunks = await Promise.all(work.writes);
  outcome ??= work.writeFailed ?? (await changedSince(handle, before));
  if (outcome !== null) {
    await Promise.all(chunks.map(({ hash }) => takeBack(context.store, hash)));
    return fail(outcome);
  }
  const sha256 = work.plainHash.digest('hex') as Hash;
  return ok({
    content: { version, size, sha256, key, chunkSize: work.chunkSize, chunks },
    type: typeOf(found.name, work.start),
    found: codes,
  });
}

/** Removes a chunk that no file came of. */
export async function takeBack(store: ChunkStore, hash: Hash): Promise<void> {
  await store
    .remove(hash)
    .then(() => store.named(hash))
    .catch(() => undefined); // its note stands: it is found at the next start
}

/** Of a chunk that could not be hashed: nothing has this name. */
const NO_HASH = '0'.repeat(64) as Hash;

interface Work {
  readonly size: ByteCount;
  readonly chunkSize: ByteCount;
  readonly sealing: Sealing;
  readonly plainHash: Hasher;
  start: Uint8Array;
  /** Writes under way and done, in order; they never reject. */
  readonly writes: Promise<{ hash: Hash; size: ByteCount }>[];
  writeFailed: Skip | null;
}

async function sealChunks(ahead: ReadAhead, work: Work, context: SealContext): Promise<Skip | null> {
  const count = chunkCount(work.size, work.chunkSize);
  for (let index = 0; index < count; index++) {
    const plan = planChunk(work.size, work.chunkSize, index);
    const room = (await context.store.freeSpace()) - context.freeFloor();
    if (room < sealedSize(work.size - plan.from)) return skip('no space');
    const [buffer, giveBack] = await bufferFor(plan, context.buffers);
    const hashing = beginHashing(plan.sealed);
    const trouble = await sealChunk(ahead, work, plan, index, { bytes: buffer, hashing }, context).catch(
      (error: unknown) => skipOfRead(error),
    );
    if (trouble !== null) {
      hashing.drop();
      giveBack();
      return trouble;
    }
    work.writes.push(writeChunk(hashing, buffer.subarray(0, plan.sealed), work, context).finally(giveBack));
    if (work.writeFailed !== null) return work.writeFailed;
  }
  return null;
}

/** One of the large ones, or for a small file one of its own, so that it waits for none of them. */
async function bufferFor(plan: ChunkPlan, buffers: Buffers): Promise<[Uint8Array, () => void]> {
  if (plan.sealed <= sealedSize(SMALL)) {
    const own = new Uint8Array(plan.sealed);
    return [own, () => freeBytes(own)];
  }
  const buffer = await buffers.take();
  return [buffer, () => buffers.giveBack(buffer)];
}

/** Seals the next chunk into `out`, hashed beside as it grows; or why not. */
async function sealChunk(
  ahead: ReadAhead,
  work: Work,
  plan: ChunkPlan,
  index: number,
  out: { readonly bytes: Uint8Array; readonly hashing: Hashing },
  context: SealContext,
): Promise<Skip | null> {
  let segment = 0;
  let [at, hashed] = [0, 0];
  for (let done = 0; done < plan.plain || segment === 0;) {
    const block = await ahead.next();
    if (context.signal.aborted) return skip('cancelled');
    if (block.length !== Math.min(BLOCK, plan.plain - done)) return skip('changed while read');
    if (index === 0 && done === 0) work.start = block.slice(0, START_BYTES);
    work.plainHash.update(block);
    for (let from = 0; from < block.length || segment === 0; from += SEGMENT) {
      const place = { chunk: index, segment, last: plan.last && segment === plan.segments - 1 };
      const length = sealSegment(work.sealing, place, block.subarray(from, from + SEGMENT), out.bytes.subarray(at));
      at += length;
      segment++;
    }
    out.hashing.update(out.bytes.subarray(hashed, at)).catch(() => undefined); // told by the hash itself
    hashed = at;
    done += block.length;
    context.progress(plan.from + done);
  }
  return null;
}

async function writeChunk(
  hashing: Hashing,
  sealed: Uint8Array,
  work: Work,
  context: SealContext,
): Promise<{ hash: Hash; size: ByteCount }> {
  const size = sealed.length;
  let hash = NO_HASH;
  try {
    hash = await hashing.digest();
    await context.note(hash);
    await context.store.keep(hash, sealed);
  } catch (error) {
    work.writeFailed ??= skipOfWrite(error);
  }
  return { hash, size };
}

/** A file that grew, shrank or was written to while it was read is no faithful copy of anything. */
async function changedSince(handle: FileHandle, before: { size: number; mtimeMs: number }): Promise<Skip | null> {
  const after = await handle.stat();
  const { bytesRead } = await handle.read(new Uint8Array(1), 0, 1, before.size);
  return after.size !== before.size || after.mtimeMs !== before.mtimeMs || bytesRead > 0
    ? skip('changed while read')
    : null;
}
