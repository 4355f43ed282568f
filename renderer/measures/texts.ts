/**
 * How measures are written: months, spans of time and shares. A number that nothing is known of is a dash.
 */
import type { Millis } from '../../shared/primitives/units.ts';
import { DAY, HOUR, MINUTE } from '../../shared/primitives/units.ts';

export const NONE = '–';

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** Nov 2026, of a month YYYY-MM. */
export const monthText = (month: string): string => MONTH.format(new Date(`${month}-01T00:00:00Z`));

const rounded = (value: number): string => String(Math.round(value * 10) / 10);

/** 45 s, 12 min, 3.5 h, 2.1 days. */
export function spanText(span: Millis | null): string {
  if (span === null) return NONE;
  if (span < MINUTE) return `${Math.round(span / 1000)} s`;
  if (span < HOUR) return `${Math.round(span / MINUTE)} min`;
  return span < 2 * DAY ? `${rounded(span / HOUR)} h` : `${rounded(span / DAY)} days`;
}

/** A share between 0 and 1; null: there is nothing to take a part of. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
export const shareText = (share: number | null): string => (share === null ? NONE : `${Math.round(share * 100)}%`);

const AT_MOST = 12;

/** Every month from the first to the last of those given, without gaps, the newest twelve. YYYY-MM, in order. */
export function monthsOver(months: readonly string[]): readonly string[] {
  const numbers = months.map((month) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1);
  if (numbers.length === 0) return [];
  const last = Math.max(...numbers);
  const first = Math.max(Math.min(...numbers), last - AT_MOST + 1);
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const number = first + at;
    return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
  });
}
