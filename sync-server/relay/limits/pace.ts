/**
 * How fast entries are taken: a bucket that fills at a rate and may hold so many. Whoever is too fast waits: nothing of
 * theirs is lost or declined, it is read later, and the sender's own socket fills. Pure but for what it keeps; in milliseconds.
 */
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';

export interface Pace {
  /** Takes one; answers how long the next thing of whoever took it is to wait. */
  take(now: Millis): Millis;
  /** Nothing is owed: it may be forgotten. */
  isIdle(now: Millis): boolean;
}

/** `rate`: a second. `burst`: at once, after a rest. */
export function openPace(rate: number, burst: number): Pace {
  let left = burst;
  let at: Millis | null = null;
  const fill = (now: Millis): void => {
    if (at !== null) left = Math.min(burst, left + (Math.max(0, now - at) / SECOND) * rate);
    at = now;
  };
  return {
    take(now) {
      fill(now);
      left -= 1;
      return left >= 0 ? 0 : Math.ceil((-left / rate) * SECOND);
    },
    isIdle(now) {
      fill(now);
      return left >= burst;
    },
  };
}
