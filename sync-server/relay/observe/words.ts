/** How figures are written for administrators, on the command line and in the console. Pure. */
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/primitives/units.ts';
import { countOf } from '../../../shared/status/format.ts';

/** `1 computer`, `2 computers`. */
export const count = (n: number, one: string, many = `${one}s`): string => countOf(n, one, many);
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
  for (const [unit, word] of STEPS) if (length >= unit) return count(Math.floor(length / unit), word);
  return 'a moment';
}
