/**
 * Keeps an authority connected to its relay for as long as it runs: dials, and dials again after a growing wait, for ever.
 * What is said of the link here is what `/healthz` and `status` show.
 */
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Authority } from '../authority.ts';
import { backOff } from './backOff.ts';
import type { AskStatus } from '../enrol/answer.ts';
import type { Session, SessionEnd } from './session.ts';
import { openSession } from './session.ts';

/** `connected`: the relay took our proof, and `published` statements lie there. */
export type LinkState =
  | { readonly state: 'connecting' }
  | { readonly state: 'connected'; readonly published: number }
  | { readonly state: 'waiting'; readonly cause: SessionEnd; readonly again: Millis };

export interface RelayLink {
  state(): LinkState;
  /** New statements may have been committed. */
  poke(): void;
  stop(): Promise<void>;
}

export interface LinkLog {
  changed(state: LinkState): void;
  asked(status: AskStatus): void;
  failed(error: unknown): void;
}

export function keepLink(authority: Authority, url: string, log: LinkLog): RelayLink {
  const stopping = new AbortController();
  let now: LinkState = { state: 'connecting' };
  let session: Session | null = null;

  const set = (state: LinkState): void => {
    now = state;
    log.changed(state);
  };

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted;) {
      set({ state: 'connecting' });
      session = openSession(authority, url, {
        published: (n) => {
          failures = 0;
          set({ state: 'connected', published: n });
        },
        asked: (status) => log.asked(status),
        failed: (error) => log.failed(error),
      });
      const cause = await session.ended;
      if (stopping.signal.aborted) return;
      failures++;
      const wait = backOff(failures, Math.random());
      set({ state: 'waiting', cause, again: Date.now() + wait });
      await pause(wait, stopping.signal);
    }
  }
  const running = run();

  return {
    state: () => now,
    poke: () => session?.poke(),
    stop: async () => {
      stopping.abort();
      session?.close();
      await running;
    },
  };
}

const pause = (wait: Millis, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, wait);
    signal.addEventListener('abort', done);
  });
