/**
 * Who waits for chunks to come whole: a reader that asked before its sender was done hears of it at once, and need not ask
 * again and again. Waiting gives no right: what is answered is judged when the wait is over. Bounded for each link.
 */
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { DeviceLink } from '../links.ts';

/** Waits of one link at once; what asks for more is answered as if it had not asked to wait. */
const PER_LINK = 4;
/** After the first that comes, for others that come with it. */
const LINGER: Millis = 20;

export function openChunkNews() {
  const waiting = new Map<Hash, Set<() => void>>();
  const perLink = new Map<DeviceLink, number>();

  function leave(chunks: readonly Hash[], came: () => void): void {
    for (const chunk of chunks) {
      const others = waiting.get(chunk);
      others?.delete(came);
      if (others?.size === 0) waiting.delete(chunk);
    }
  }
  return {
    /** These are whole now, and durable. */
    tell(chunks: Iterable<Hash>): void {
      for (const chunk of chunks) for (const came of waiting.get(chunk) ?? []) came();
    },
    /** Resolves soon after one of these has come, after `most`, or when `ended` says that nobody listens any more. */
    async wait(link: DeviceLink, chunks: readonly Hash[], most: Millis, ended: AbortSignal): Promise<void> {
      const own = perLink.get(link) ?? 0;
      if (own >= PER_LINK || ended.aborted || chunks.length === 0) return;
      perLink.set(link, own + 1);
      await new Promise<void>((resolve) => {
        let timer = setTimeout(over, most);
        const came = (): void => {
          leave(chunks, came);
          clearTimeout(timer);
          timer = setTimeout(over, LINGER);
        };
        function over(): void {
          leave(chunks, came);
          clearTimeout(timer);
          ended.removeEventListener('abort', over);
          resolve();
        }
        ended.addEventListener('abort', over, { once: true });
        for (const chunk of new Set(chunks)) waiting.set(chunk, (waiting.get(chunk) ?? new Set()).add(came));
      });
      const left = (perLink.get(link) ?? 1) - 1;
      if (left === 0) perLink.delete(link);
      else perLink.set(link, left);
    },
    /** Chunks that anybody waits for. */
    get waitedFor(): number {
      return waiting.size;
    },
  };
}
export type ChunkNews = ReturnType<typeof openChunkNews>;
