/**
 * The application's clock: the machine's own. A test may shift it by a file (`JOINDER_TEST_CLOCK`), and then main tells the
 * pages, which read no files. A packaged application takes no such file, whatever its environment says.
 */
import { readFileSync } from 'node:fs';
import type { TestClock } from '../shared/primitives/testClock.ts';
import { LOOK_AGAIN, shiftedClock } from '../shared/primitives/testClock.ts';
import type { Millis } from '../shared/primitives/units.ts';

let clock: TestClock = { now: Date.now, shift: () => 0 };
let watched = false;

/** The time in the main process. */
export const now = (): Millis => clock.now();

/** How far the time that is shown is from the machine's: 0 but in a test. */
export const clockShift = (): Millis => clock.shift();

/** Takes the clock of a test; before anything asks for the time. */
export function takeTestClock(isPackaged: boolean, file: string | undefined): void {
  if (isPackaged || file === undefined || file === '') return;
  watched = true;
  clock = shiftedClock(Date.now, () => {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return ''; // not set yet
    }
  });
}

/** Calls at once, and whenever a test has set the clock; returns how to stop. Without a test's clock, never. */
export function onClock(tell: (shift: Millis) => void): () => void {
  if (!watched) return () => undefined;
  let told: Millis | null = null;
  const look = (): void => {
    const shift = clockShift();
    if (shift === told) return;
    told = shift;
    tell(shift);
  };
  look();
  const timer = setInterval(look, LOOK_AGAIN);
  return () => clearInterval(timer);
}
