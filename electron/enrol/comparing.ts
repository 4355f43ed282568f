/**
 * Waiting for somebody's word at another computer, while the same digits stand on both. Owns how often is asked, for how
 * long, and that a person may stop it.
 */
import type { Millis } from '../../shared/primitives/units.ts';
import { MINUTE, SECOND } from '../../shared/primitives/units.ts';

const ASK_EVERY: Millis = 2 * SECOND;
const LONGEST: Millis = 15 * MINUTE;

export interface Comparing {
  /** Shows the digits and waits until it is time to ask again; false: a person stopped it, or it took too long. */
  show(digits: string): Promise<boolean>;
  shown(): { readonly comparing?: string };
  stop(): void;
  /** However it ended: nothing is shown any more. */
  end(): void;
}

export function comparingBy(changed: () => void): Comparing {
  let digits: string | null = null;
  let asks = 0;
  let wake: (() => void) | null = null;
  let isStopped = false;
  return {
    shown: () => (digits === null ? {} : { comparing: digits }),
    show: async (now) => {
      const isNew = digits !== now;
      digits = now;
      if (isNew) changed();
      asks++;
      await new Promise<void>((done) => {
        const timer = setTimeout(done, ASK_EVERY);
        wake = () => {
          clearTimeout(timer);
          done();
        };
      });
      return !isStopped && asks * ASK_EVERY < LONGEST;
    },
    stop: () => {
      isStopped = true;
      wake?.();
    },
    end: () => {
      const was = digits;
      [digits, asks, isStopped, wake] = [null, 0, false, null];
      if (was !== null) changed();
    },
  };
}
