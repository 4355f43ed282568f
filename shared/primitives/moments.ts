/** Moments as ISO 8601 writes them in UTC, `2026-11-22T14:02:00Z`, and back: by arithmetic alone, without a clock or a zone. */
import { dayNumber, dayOf } from './calendar.ts';
import type { Millis } from './units.ts';
import { DAY, HOUR, MINUTE, SECOND } from './units.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** To the millisecond; years 1 to 9999, else the nearest of them. */
export function isoOf(at: Millis): string {
  const days = Math.floor(at / DAY);
  const rest = at - days * DAY;
  const day = dayOf(days) ?? (days < 0 ? '0001-01-01' : '9999-12-31');
  const [hours, minutes, seconds] = [rest / HOUR, (rest % HOUR) / MINUTE, (rest % MINUTE) / SECOND].map(Math.floor);
  const millis = String(Math.floor(rest % SECOND)).padStart(3, '0');
  return `${day}T${two(hours ?? 0)}:${two(minutes ?? 0)}:${two(seconds ?? 0)}.${millis}Z`;
}

/** The moment that a text names; null for anything that is not a time in UTC. */
export function momentOf(iso: string): Millis | null {
  const found = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3})\d*)?)?Z$/.exec(iso);
  const day = dayNumber(found?.[1] ?? '');
  if (!found || day === null) return null;
  const millis = Number((found[5] ?? '').padEnd(3, '0'));
  return day * DAY + Number(found[2]) * HOUR + Number(found[3]) * MINUTE + Number(found[4] ?? 0) * SECOND + millis;
}
