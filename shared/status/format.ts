/**
 * Times, percentages and counts as people read them. The clock and the time zone are handed in; a percentage is rounded
 * down and never says 100 before it is done.
 */
import { dateOf } from '../primitives/calendar.ts';
import type { ByteCount, Millis } from '../primitives/units.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../primitives/units.ts';
import type { Clock } from './facts.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

/** `14:02`; `21 Nov 14:02` where it is another day than today; with the year where it is another year. */
export function formatTime(at: Millis, clock: Clock): string {
  const local = at + clock.offset(at);
  const days = Math.floor(local / DAY);
  const today = Math.floor((clock.now + clock.offset(clock.now)) / DAY);
  const ofDay = local - days * DAY;
  const time = `${two(Math.floor(ofDay / HOUR))}:${two(Math.floor((ofDay % HOUR) / MINUTE))}`;
  if (days === today) return time;
  const date = dateOf(days);
  const year = date.year === dateOf(today).year ? '' : ` ${date.year}`;
  return `${date.day} ${MONTHS[date.month - 1] ?? ''}${year} ${time}`;
}

/** `22 Nov 2026 14:02`: for paper, where nobody knows what day it is. */
export function fullTime(at: Millis, clock: Clock): string {
  const local = at + clock.offset(at);
  const date = dateOf(Math.floor(local / DAY));
  const ofDay = local - Math.floor(local / DAY) * DAY;
  return `${date.day} ${MONTHS[date.month - 1] ?? ''} ${date.year} ${two(Math.floor(ofDay / HOUR))}:${two(Math.floor((ofDay % HOUR) / MINUTE))}`;
}

/** Whole percents, rounded down; 100 is never shown, because what is done has a word of its own. */
export const formatPercent = (done: ByteCount, total: ByteCount): string =>
  `${total <= 0 ? 0 : Math.max(0, Math.min(99, Math.floor((done * 100) / total)))}%`;

/** Time still to wait: `20 s`, `3 min`, `2 h`; at least a second, rounded up. */
export function formatWait(span: Millis): string {
  if (span <= 90 * SECOND) return `${Math.max(1, Math.ceil(span / SECOND))} s`;
  if (span <= 90 * MINUTE) return `${Math.ceil(span / MINUTE)} min`;
  return `${Math.ceil(span / HOUR)} h`;
}

export const countOf = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

/** `2026-11-22` as `22 Nov 2026`. */
export function formatDay(day: string): string {
  const [year, month, date] = day.split('-');
  return `${Number(date)} ${MONTHS[Number(month) - 1] ?? ''} ${year ?? ''}`;
}
