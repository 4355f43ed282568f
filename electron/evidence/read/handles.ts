/**
 * Owns the handles under which pages read versions by range. A handle is a random name; keys stay here and are dropped
 * when it is closed.
 */
import { randomBytes } from 'node:crypto';
import type { Content, ReadCalls } from '../../../shared/ipc/evidence.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { isSound } from '../format.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
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

export function makeHandles(store: ChunkStore): Handles {
  const opened = new Map<string, Content>();
  return {
    open: async (content) => {
      if (!isSound(content)) return fail('does not verify');
      const here = await store.present(content.chunks.map((chunk) => chunk.hash));
      if (!content.chunks.some((chunk) => here.has(chunk.hash))) return fail('missing here');
      const handle = randomBytes(16).toString('hex');
      opened.set(handle, content);
      return ok(handle);
    },
    close: (handle) => void opened.delete(handle),
    closeAll: () => opened.clear(),
    closeWhere: (is) => {
      for (const [handle, content] of opened) if (is(content)) opened.delete(handle);
    },
    contents: () => [...opened.values()],
    read: async (handle, from, length) => {
      const content = opened.get(handle);
      if (content === undefined) return fail('unknown handle');
      const start = clamp(from, content.size);
      const bytes = new Uint8Array(clamp(length, Math.min(MOST_AT_ONCE, content.size - start)));
      let at = 0;
      const cause = await eachPiece(store, content, start, start + bytes.length, (piece) => {
        bytes.set(piece, at);
        at += piece.length;
      });
      return cause === null ? ok(bytes) : fail(cause);
    },
  };
}

const clamp = (value: number, most: number): number =>
  Number.isFinite(value) ? Math.min(Math.max(0, Math.trunc(value)), most) : 0;
