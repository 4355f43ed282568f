/**
 * Owns reading a part of a stick bundle: its beginning, and the chunks behind it, one after another, each kept only if it has
 * its hash. Promises bounded memory, that a damaged chunk spoils no other, and that everything that did not come is named.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { StickCause, StickTaken } from '../../../shared/ipc/stick.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import type { ChunkOnStick, PartHead } from '../../../shared/seal/stick/head.ts';
import { decodeHead, HEAD, isHeadSound } from '../../../shared/seal/stick/head.ts';
import { diskCause } from '../../disk/causes.ts';
import { platform } from '../../platform.ts';
import { MAX_CHUNK } from '../../../shared/wire/http.ts';
import type { ChunkStore } from '../store/chunkStore.ts';

/** A part that was chosen, open for reading. */
export interface OpenPart {
  readonly handle: FileHandle;
  readonly head: PartHead;
  readonly sealed: Uint8Array;
}

/** Reads head and contents, and holds them against each other. */
export async function openPart(file: string): Promise<Result<OpenPart, StickCause>> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file, 'r');
    if (!(await handle.stat()).isFile()) throw new Error('no file');
    const bytes = (await readAt(handle, 0, new Uint8Array(HEAD))) ?? (await readUpTo(handle, HEAD));
    const head = decodeHead(bytes);
    const sealed = head.ok ? await readAt(handle, HEAD, new Uint8Array(head.value.contents)) : null;
    if (head.ok && sealed && (await isHeadSound(platform, bytes, sealed)))
      return ok({ handle, head: head.value, sealed });
    await handle.close();
    return head.ok ? fail('damaged') : head;
  } catch {
    await handle?.close().catch(() => undefined);
    return fail('unreadable');
  }
}

export interface TakeFrom {
  readonly chunks: readonly (ChunkOnStick & { readonly wanted: boolean })[];
  readonly freeFloor: ByteCount;
  readonly signal: AbortSignal;
  readonly moved: (done: ByteCount, total: ByteCount) => void;
}

/** What of this computer's own disk stands in the way. */
type Stopped = StickTaken['stopped'];
type Came = 'here' | 'damaged' | 'lost' | NonNullable<Stopped>;

export async function takeChunks(store: ChunkStore, part: OpenPart, take: TakeFrom): Promise<StickTaken> {
  const { chunks, moved } = take;
  const total = chunks.reduce((sum, { size, wanted }) => sum + (wanted ? size : 0), 0);
  const damaged: Hash[] = [];
  const lost: Hash[] = [];
  let stopped: Stopped = null;
  let here = 0;
  let done = 0;
  let at: ByteCount = HEAD + part.head.contents;
  // One chunk at a time, in one buffer: it is on disk before the next is read. What cannot be a chunk is not read at all.
  const sizes = chunks.map(({ size, wanted }) => (wanted && size <= MAX_CHUNK ? size : 0));
  const buffer = new Uint8Array(sizes.reduce((most, size) => Math.max(most, size), 0));
  for (const { hash, size, wanted } of chunks) {
    const from = at;
    at += size;
    if (!wanted) continue;
    const came: Came =
      stopped !== null || take.signal.aborted
        ? 'lost'
        : await takeOne({ store, handle: part.handle, buffer, freeFloor: take.freeFloor }, hash, size, from);
    if (came === 'here') here++;
    else if (came === 'damaged') damaged.push(hash);
    else {
      lost.push(hash);
      if (came !== 'lost') stopped = came;
    }
    done += size;
    moved(done, total);
  }
  return { here, damaged, lost, stopped };
}

interface Taking {
  readonly store: ChunkStore;
  readonly handle: FileHandle;
  readonly buffer: Uint8Array;
  readonly freeFloor: ByteCount;
}

async function takeOne(
  { store, handle, buffer, freeFloor }: Taking,
  hash: Hash,
  size: ByteCount,
  from: ByteCount,
): Promise<Came> {
  if (size > MAX_CHUNK) return 'damaged'; // no chunk is so large, whatever the list says
  if ((await store.sizeOf(hash)) !== null) return 'here';
  let bytes: Uint8Array | null;
  try {
    bytes = await readAt(handle, from, buffer.subarray(0, size));
  } catch {
    return 'lost'; // the stick was pulled out, or cannot be read here; what lies behind is tried
  }
  if (bytes === null) return 'lost';
  if (createHash('sha256').update(bytes).digest('hex') !== hash) return 'damaged';
  try {
    if ((await store.freeSpace()) < freeFloor + size) return 'no space here';
    await store.keep(hash, bytes);
    return 'here';
  } catch (error) {
    return diskCause(error) === 'disk full' ? 'no space here' : 'disk error';
  }
}

/** Fills the bytes from there; null where the file ends before. */
async function readAt(handle: FileHandle, from: ByteCount, bytes: Uint8Array): Promise<Uint8Array | null> {
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, from + at);
    if (bytesRead === 0) return null;
    at += bytesRead;
  }
  return bytes;
}
async function readUpTo(handle: FileHandle, most: ByteCount): Promise<Uint8Array> {
  const bytes = new Uint8Array(most);
  const { bytesRead } = await handle.read(bytes, 0, most, 0);
  return bytes.subarray(0, bytesRead);
}
