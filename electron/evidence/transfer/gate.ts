/**
 * Owns the wait of all transfers together when the link itself is in trouble. Failures that follow from one cut count
 * once; after a wait one request goes first, and the rest when it succeeds.
 */
import { waitAfter } from './pace.ts';
import type { Pace, Wait } from './pace.ts';
import type { Failure } from './relay.ts';

export interface Gate {
  /** What is waited for; null while nothing stands in the way. */
  wait(): Wait | null;
  /** Marks the beginning of a request: what it fails with counts only if nothing failed since. */
  begin(): number;
  failed(failure: Failure, begun: number): void;
  /** An answer came. */
  reached(): void;
  /** Bytes of evidence moved: the next wait is a short one again. */
  moved(): void;
  clear(): void;
}

export function makeGate(pace: Pace, now: () => number): Gate {
  let wait: Wait | null = null;
  let before: Wait | null = null;
  let epoch = 0;
  return {
    wait: () => wait,
    begin: () => epoch,
    failed: ({ cause, retryAfter }, begun) => {
      if (begun !== epoch) return;
      epoch++;
      wait = before = waitAfter(before, cause, now(), pace, retryAfter);
    },
    reached: () => {
      wait = null;
    },
    moved: () => {
      wait = before = null;
    },
    clear: () => {
      wait = before = null;
      epoch++;
    },
  };
}
