/**
 * When to start again what ended by itself: at once, then after growing pauses; one that lived a while starts afresh.
 */
import type { Millis } from '../../shared/primitives/units.ts';
import { MINUTE } from '../../shared/primitives/units.ts';

export interface BackOff {
  /** Called when it ended: how long to wait before the next start. */
  pause(): Millis;
  started(): void;
}

export function backOff(now: () => Millis, first: Millis = 250, most: Millis = MINUTE / 2): BackOff {
  let inRow = 0;
  let since: Millis = now();
  return {
    started: () => {
      since = now();
    },
    pause: () => {
      inRow = now() - since > MINUTE ? 0 : inRow + 1;
      return inRow <= 1 ? 0 : Math.min(most, first * 2 ** (inRow - 2));
    },
  };
}
