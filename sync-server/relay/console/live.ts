/**
 * Server-sent events: whoever looks at a page gets its content again when it differs from what they have. One gathering
 * serves all; a browser that does not take what it is sent is let go, and an ended session ends its stream. Looking on
 * does not keep a session from ending.
 */
import type { ServerResponse } from 'node:http';
import { SECOND, KiB } from '../../../shared/primitives/units.ts';

const EVERY = SECOND;
const UNSENT = 256 * KiB;
const MOST = 32;

export interface Watching {
  /** The content as it is now and how many are stuck; null: the session is over. */
  readonly look: () => Promise<{ readonly html: string; readonly stuck: number } | null>;
}

export function openLive(failed: (error: unknown) => void) {
  const watchers = new Map<ServerResponse, Watching>();
  const last = new Map<ServerResponse, string>();
  let timer: NodeJS.Timeout | null = null;

  function leave(response: ServerResponse): void {
    watchers.delete(response);
    last.delete(response);
  }

  async function tellOne(response: ServerResponse, { look }: Watching): Promise<void> {
    const now = await look();
    if (response.destroyed) return leave(response);
    if (now === null) {
      leave(response);
      response.end('event: over\ndata:\n\n');
      return;
    }
    if (response.writableLength > UNSENT) {
      leave(response);
      response.destroy();
      return;
    }
    const html = last.get(response) === now.html ? null : now.html;
    last.set(response, now.html);
    response.write(`data: ${JSON.stringify({ html, stuck: now.stuck })}\n\n`);
  }

  async function tell(): Promise<void> {
    timer = null;
    for (const [response, watching] of watchers) await tellOne(response, watching).catch(failed);
    if (watchers.size > 0) timer ??= setTimeout(() => void tell(), EVERY);
  }

  return {
    /** False: too many look on already. */
    add(response: ServerResponse, watching: Watching): boolean {
      if (watchers.size >= MOST) return false;
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
      watchers.set(response, watching);
      response.once('close', () => leave(response));
      void tellOne(response, watching).catch(failed);
      timer ??= setTimeout(() => void tell(), EVERY);
      return true;
    },
    close(): void {
      if (timer !== null) clearTimeout(timer);
      for (const response of watchers.keys()) response.destroy();
      watchers.clear();
    },
  };
}
