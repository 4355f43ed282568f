/**
 * Owns what is open of sticks on one worker's line: parts under their handles, what is under way and can be cancelled, and how
 * often progress is told.
 */
import { randomBytes } from 'node:crypto';
import type { StickCalls, StickNews } from '../../../shared/ipc/stick.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import type { OpenPart } from './readStick.ts';
import { openPart, takeChunks } from './readStick.ts';
import { writeStick } from './writeStick.ts';

const TELL_EVERY: Millis = 200;

export interface SticksPlace {
  readonly store: ChunkStore;
  readonly takePath: (token: string, use: 'read' | 'folder') => string | null;
  readonly freeFloor: () => ByteCount;
  readonly tell: (news: StickNews) => void;
  /** Something may have come that a transfer waits for. */
  readonly came: () => void;
}

export function makeSticks({ store, takePath, freeFloor, tell, came }: SticksPlace): {
  readonly calls: StickCalls;
  /** Ends what is under way, and closes what is open. */
  readonly end: () => void;
} {
  const parts = new Map<string, OpenPart>();
  const running = new Map<string, AbortController>();

  async function run<T>(
    id: string,
    work: (signal: AbortSignal, moved: (done: number, total: number) => void) => Promise<T>,
  ): Promise<T> {
    const stop = new AbortController();
    running.set(id, stop);
    let told = Number.NEGATIVE_INFINITY;
    try {
      return await work(stop.signal, (done, total) => {
        const now = performance.now();
        if (done < total && now - told < TELL_EVERY) return;
        told = now;
        tell({ id, done, total });
      });
    } finally {
      if (running.get(id) === stop) running.delete(id);
    }
  }
  const close = (handle: string): void => {
    const part = parts.get(handle);
    parts.delete(handle);
    void part?.handle.close().catch(() => undefined); // the stick may be gone
  };
  return {
    calls: {
      writeStick: async (id, token, name, sealed, chunks) => {
        const folder = takePath(token, 'folder');
        if (folder === null) return fail('unknown token');
        return run(id, (signal, moved) => writeStick(store, { folder, name, sealed, chunks, signal, moved }));
      },
      openStick: async (token) => {
        const file = takePath(token, 'read');
        if (file === null) return fail('unknown token');
        const opened = await openPart(file);
        if (!opened.ok) return opened;
        const handle = randomBytes(16).toString('hex');
        parts.set(handle, opened.value);
        return ok({ ...opened.value.head, handle, sealed: opened.value.sealed });
      },
      takeFromStick: async (id, handle, chunks) => {
        const part = parts.get(handle);
        const lost = chunks.flatMap(({ hash, wanted }) => (wanted ? [hash] : []));
        if (part === undefined) return { here: 0, damaged: [], lost, stopped: null };
        const taken = await run(id, (signal, moved) =>
          takeChunks(store, part, { chunks, freeFloor: freeFloor(), signal, moved }),
        );
        came();
        return taken;
      },
      closeStick: async (handle) => close(handle),
      cancelStick: async (id) => running.get(id)?.abort(),
    },
    end: () => {
      for (const stop of running.values()) stop.abort();
      for (const handle of parts.keys()) close(handle);
    },
  };
}
