/**
 * Who waits for chunks to come whole: a reader that asked before its sender was done hears of it at once, and need not ask
 * again and again; in its own area alone, since even when an answer comes would tell of another. Waiting gives no right: what is
 * answered is judged when the wait is over. Bounded for each link.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { DeviceLink } from '../links/links.ts';

/** Waits of one link at once; what asks for more is answered as if it had not asked to wait. */
const PER_LINK = 4;
/** After the first that comes, for others that come with it. */
const LINGER: Millis = 20;

const nameOf = (area: AreaId, chunk: Hash): string => `${area} ${chunk}`;

export function openChunkNews() {
  const waiting = new Map<string, Set<() => void>>();
  const perLink = new Map<DeviceLink, number>();

  function leave(names: readonly string[], came: () => void): void {
    for (const name of names) {
      const others = waiting.get(name);
      others?.delete(came);
      if (others?.size === 0) waiting.delete(name);
    }
  }
  return {
    /** These are whole now in this area, and durable. */
    tell(area: AreaId, chunks: Iterable<Hash>): void {
      for (const chunk of chunks) for (const came of waiting.get(nameOf(area, chunk)) ?? []) came();
    },
    /** Resolves soon after one of these has come, after `most`, or when `ended` says that nobody listens any more. */
    async wait(
      link: DeviceLink,
      area: AreaId,
      chunks: readonly Hash[],
      most: Millis,
      ended: AbortSignal,
    ): Promise<void> {
      const own = perLink.get(link) ?? 0;
      if (own >= PER_LINK || ended.aborted || chunks.length === 0) return;
      perLink.set(link, own + 1);
      const names = [...new Set(chunks)].map((chunk) => nameOf(area, chunk));
      await new Promise<void>((resolve) => {
        let timer = setTimeout(over, most);
        const came = (): void => {
          leave(names, came);
          clearTimeout(timer);
          timer = setTimeout(over, LINGER);
        };
        function over(): void {
          leave(names, came);
          clearTimeout(timer);
          ended.removeEventListener('abort', over);
          resolve();
        }
        ended.addEventListener('abort', over, { once: true });
        for (const name of names) waiting.set(name, (waiting.get(name) ?? new Set()).add(came));
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
