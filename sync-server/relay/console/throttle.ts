/**
 * Slows guessing: after a few wrong tries an account, and the console as a whole, takes none for a time that doubles. Kept
 * in memory; bounded, however many names are tried. Pure but for what it keeps: the time is handed in.
 */
import type { Millis } from '../../../shared/primitives/units.ts';
import { HOUR, MINUTE, SECOND } from '../../../shared/primitives/units.ts';

/** Wrong tries of one account, and of all together, that cost nothing yet. */
const FREE = 3;
const FREE_IN_ALL = 30;
const LONGEST: Millis = 5 * MINUTE;
/** So long after the last wrong try it is forgotten. */
const FORGOTTEN: Millis = HOUR;
const KEPT = 1000;

interface Tries {
  readonly wrong: number;
  readonly last: Millis;
}

const pause = (wrong: number, free: number): Millis =>
  wrong < free ? 0 : Math.min(LONGEST, SECOND * 2 ** Math.min(20, wrong - free));

export function openThrottle() {
  const byName = new Map<string, Tries>();
  let all: Tries = { wrong: 0, last: 0 };

  const current = (tries: Tries | undefined, now: Millis): Tries =>
    tries && now - tries.last < FORGOTTEN && now >= tries.last ? tries : { wrong: 0, last: now };
  const left = (tries: Tries, free: number, now: Millis): Millis =>
    Math.max(0, tries.last + pause(tries.wrong, free) - now);

  return {
    /** How long nobody may try under this name; 0: now. */
    wait(name: string, now: Millis): Millis {
      return Math.max(left(current(byName.get(name), now), FREE, now), left(current(all, now), FREE_IN_ALL, now));
    },
    /** Counts before the password is looked at, so that tries at the same time count too. */
    begin(name: string, now: Millis): void {
      const tries = { wrong: current(byName.get(name), now).wrong + 1, last: now };
      byName.delete(name);
      byName.set(name, tries);
      all = { wrong: current(all, now).wrong + 1, last: now };
      const [oldest] = byName.keys();
      if (byName.size > KEPT && oldest !== undefined) byName.delete(oldest);
    },
    /** The password was right. */
    forgive(name: string): void {
      all = { ...all, wrong: Math.max(0, all.wrong - (byName.get(name)?.wrong ?? 0)) };
      byName.delete(name);
    },
  };
}
