/** Owns a rate: bytes a second over the last seconds. */
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';

const WINDOW = 3 * SECOND;
const STEP = 250;

export interface Meter {
  add(bytes: ByteCount, now: Millis): void;
  rate(now: Millis): number;
}

export function makeMeter(): Meter {
  let steps: { at: Millis; bytes: ByteCount }[] = [];
  let since: Millis | null = null;
  return {
    add: (bytes, now) => {
      steps = steps.filter((step) => now - step.at < WINDOW);
      if (steps.length === 0) since = now;
      const last = steps.at(-1);
      if (last !== undefined && now - last.at < STEP) last.bytes += bytes;
      else steps.push({ at: now, bytes });
    },
    rate: (now) => {
      const bytes = steps.reduce((sum, step) => (now - step.at < WINDOW ? sum + step.bytes : sum), 0);
      const span = Math.min(WINDOW, Math.max(STEP, now - (since ?? now)));
      return Math.round((bytes * SECOND) / span);
    },
  };
}
