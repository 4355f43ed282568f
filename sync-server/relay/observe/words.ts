/** How figures are written for administrators, on the command line and in the console. Pure. */
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/primitives/units.ts';

export const time = (at: Millis): string => new Date(at).toISOString();

export function bytes(n: ByteCount): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const i = Math.min(units.length - 1, n < 1 ? 0 : Math.floor(Math.log2(n) / 10));
  return i === 0 ? `${n} B` : `${(n / 2 ** (10 * i)).toFixed(1)} ${units[i]}`;
}

const STEPS = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
  [SECOND, 'second'],
] as const;

/** `3 hours`: the largest unit, rounded down. */
export function span(length: Millis): string {
  for (const [unit, word] of STEPS)
    if (length >= unit) {
      const n = Math.floor(length / unit);
      return `${n} ${word}${n === 1 ? '' : 's'}`;
    }
  return 'a moment';
}
