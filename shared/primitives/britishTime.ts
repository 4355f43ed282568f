/**
 * The time of the day in England and Wales, without a clock: Greenwich time, and an hour later from the last Sunday of
 * March to the last Sunday of October, changing at 01:00 Greenwich time, as since 1996. Custody clocks run in hours that
 * pass, dates are those on the wall.
 */
import { dayNumber, dayOf, weekday } from './calendar.ts';

/** A day and time on the wall: `YYYY-MM-DD` and `HH:MM`. */
export interface WallTime {
  readonly day: string;
  readonly time: string;
}

const DAY_MINUTES = 24 * 60;

/** Minutes since 1970-01-01T00:00Z of a time on the wall; null for what is none. Of an hour that comes twice, the first. */
export function minutesOf(day: string, time: string): number | null {
  const number = dayNumber(day);
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (number === null || !found) return null;
  const wall = number * DAY_MINUTES + Number(found[1]) * 60 + Number(found[2]);
  return wall - (isSummer(wall - 60) ? 60 : 0);
}

const two = (part: number): string => String(part).padStart(2, '0');

/** The time on the wall at so many minutes since 1970-01-01T00:00Z; null outside the years 1 to 9999. */
export function wallTime(minutes: number): WallTime | null {
  const wall = Math.floor(minutes) + (isSummer(minutes) ? 60 : 0);
  const number = Math.floor(wall / DAY_MINUTES);
  const day = dayOf(number);
  const of = wall - number * DAY_MINUTES;
  return day === null ? null : { day, time: `${two(Math.floor(of / 60))}:${two(of % 60)}` };
}

/** The same of a moment as stored: milliseconds, or ISO text in Greenwich time; null for anything else. */
export function wallTimeOf(moment: unknown): WallTime | null {
  if (typeof moment === 'number') return Number.isFinite(moment) ? wallTime(Math.floor(moment / 60_000)) : null;
  const found =
    typeof moment === 'string' ? /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?Z$/.exec(moment) : null;
  const number = dayNumber(found?.[1] ?? '');
  return !found || number === null ? null : wallTime(number * DAY_MINUTES + Number(found[2]) * 60 + Number(found[3]));
}

function isSummer(minutes: number): boolean {
  const year = dayOf(Math.floor(minutes / DAY_MINUTES))?.slice(0, 4);
  if (year === undefined) return false;
  return minutes >= changeOf(year, '03') && minutes < changeOf(year, '10');
}

/** 01:00 Greenwich time on the last Sunday of a month of 31 days. */
function changeOf(year: string, month: string): number {
  const last = dayNumber(`${year}-${month}-31`) ?? 0;
  return (last - ((weekday(last) + 1) % 7)) * DAY_MINUTES + 60;
}
