/**
 * A clock that tests set: the machine's own, shifted by as many milliseconds as a text says that is looked up again and again.
 * Who hands in `read` decides whether there is such a clock at all; a packaged application has none. Never stops, never
 * stands still, and shows the machine's own time where the text is no number.
 */
import type { Millis } from './units.ts';

/** Names the file that holds the shift, in milliseconds: 0 where it is missing or empty. */
export const TEST_CLOCK = 'JOINDER_TEST_CLOCK';
/** How long a shift is taken to stand before it is read again. */
export const LOOK_AGAIN: Millis = 50;
/** Past this a date is no date: 100 years. */
const MOST: Millis = 100 * 366 * 86_400_000;

export interface TestClock {
  readonly now: () => Millis;
  /** How far that is from the machine's. */
  readonly shift: () => Millis;
}

export function shiftedClock(real: () => Millis, read: () => string): TestClock {
  let shift = 0;
  let looked = Number.NEGATIVE_INFINITY;
  const look = (at: Millis): Millis => {
    if (Math.abs(at - looked) < LOOK_AGAIN) return shift;
    looked = at;
    shift = readShift(read());
    return shift;
  };
  return {
    now: () => {
      const at = real();
      return at + look(at);
    },
    shift: () => look(real()),
  };
}

/** `86400000` is a day ahead, `-3600000` an hour behind. */
function readShift(text: string): Millis {
  const plain = text.trim();
  const shift = /^[+-]?\d{1,13}$/.test(plain) ? Number(plain) : 0;
  return Math.abs(shift) <= MOST ? shift : 0;
}
