/**
 * Owns the handles under which pages read versions by range. A handle is a random name; keys stay here and are dropped
 * when it is closed.
 */
import { randomBytes } from 'node:crypto';
import type { Content, ReadCalls } from '../../../shared/ipc/evidence.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { isSound } from '../format.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import type { PieceCause } from './pieces.ts';
import { eachPiece } from './pieces.ts';

const MOST_AT_ONCE = 8 * MiB;

export interface Handles {
  open(content: Content): Promise<Result<string, 'missing here' | 'does not verify'>>;
  close(handle: string): void;
  closeAll(): void;
  /** Nobody reads on in these. */
  closeWhere(is: (content: Content) => boolean): void;
  contents(): Content[];
  readonly read: ReadCalls['read'];
}

/** What is still on its way, for who looks at it before the rest has come. */
export interface Coming {
  isComing(content: Content): boolean;
  bring(content: Content, chunks: readonly number[], signal: AbortSignal): Promise<boolean>;
}

interface Opened {
  readonly content: Content;
  readonly closed: AbortController;
}

export function makeHandles(store: ChunkStore, coming: Coming): Handles {
  const opened = new Map<string, Opened>();
  const close = (handle: string): void => {
    opened.get(handle)?.closed.abort();
    opened.delete(handle);
  };
  return {
    open: async (content) => {
      if (!isSound(content)) return fail('does not verify');
      const here = await store.present(content.chunks.map((chunk) => chunk.hash));
      if (!content.chunks.some((chunk) => here.has(chunk.hash)) && !coming.isComing(content))
        return fail('missing here');
      const handle = randomBytes(16).toString('hex');
      opened.set(handle, { content, closed: new AbortController() });
      return ok(handle);
    },
    close,
    closeAll: () => [...opened.keys()].forEach(close),
    closeWhere: (is) => {
      for (const [handle, { content }] of opened) if (is(content)) close(handle);
    },
    contents: () => [...opened.values()].map(({ content }) => content),
    read: async (handle, from, length) => {
      // Once more after it came; a chunk that is lost again then is not waited for.
      for (let tries = 0; ; tries++) {
        const found = opened.get(handle);
        if (found === undefined) return fail('unknown handle');
        const { content, closed } = found;
        const read = await readNow(store, content, from, length);
        if (read.ok || read.cause !== 'missing here' || tries > 1) return read;
        const chunks = chunksOf(content, from, length);
        if (!(await coming.bring(content, chunks, closed.signal)))
          return fail(opened.has(handle) ? 'missing here' : 'unknown handle');
      }
    },
  };
}

async function readNow(
  store: ChunkStore,
  content: Content,
  from: ByteCount,
  length: ByteCount,
): Promise<Result<Uint8Array, PieceCause>> {
  const start = clamp(from, content.size);
  const bytes = new Uint8Array(clamp(length, Math.min(MOST_AT_ONCE, content.size - start)));
  let at = 0;
  const cause = await eachPiece(store, content, start, start + bytes.length, (piece) => {
    bytes.set(piece, at);
    at += piece.length;
  });
  return cause === null ? ok(bytes) : fail(cause);
}

/** The chunks that a range of plaintext lies in. */
function chunksOf({ size, chunkSize, chunks }: Content, from: ByteCount, length: ByteCount): readonly number[] {
  const start = clamp(from, size);
  const end = start + clamp(length, Math.min(MOST_AT_ONCE, size - start));
  const first = Math.floor(start / chunkSize);
  const last = Math.min(chunks.length - 1, Math.max(first, Math.ceil(end / chunkSize) - 1));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

const clamp = (value: number, most: number): number =>
  Number.isFinite(value) ? Math.min(Math.max(0, Math.trunc(value)), most) : 0;
