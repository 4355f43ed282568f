/**
 * Owns the reckoning of one time limit: from a day, or a time of a day, over a period, to the day or time at which it
 * ends. Pure arithmetic on days of the calendar and hours that pass; null where no such day is.
 */
import { minutesOf, wallTime } from '../../../primitives/britishTime.ts';
import { addSpan, dayNumber, dayOf, weekday } from '../../../primitives/calendar.ts';
import type { TimeLimit } from '../timeLimits.ts';

/** A day, and the time of it where one is known; without a time a limit runs to the end of the day. */
export interface Due {
  readonly day: string;
  readonly time: string | null;
}

export interface Reckoned extends Due {
  /** Whether public holidays of the year in which it ends are listed, where that matters. */
  readonly holidaysKnown: boolean;
}

/** When a limit ends that began at `start`; `taken` days are taken off it. */
export function reckon(
  { period, counting, otherwise }: Pick<TimeLimit, 'period' | 'counting' | 'otherwise'>,
  start: Due,
  taken: number,
  holidays: ReadonlySet<string>,
): Reckoned | null {
  if (period.hours !== undefined && period.hours !== 0) return afterHours(period.hours, start);
  const isLong = [period.days, period.months, period.years].some((amount) => amount !== undefined && amount !== 0);
  const first = isLong && counting === 'with the first day' ? 1 : 0;
  const day = addSpan(start.day, { ...period, days: (period.days ?? 0) - first - taken });
  if (day === null) return null;
  const moved =
    otherwise === undefined ? day : workingDay(day, otherwise === 'the working day before' ? -1 : 1, holidays);
  const holidaysKnown = otherwise === undefined || [...holidays].some((known) => known.startsWith(day.slice(0, 4)));
  return { day: moved, time: isLong ? null : start.time, holidaysKnown };
}

/** Hours pass on the clock, whatever it shows. A start without a time is taken as the beginning of its day, which is the safe side. */
function afterHours(hours: number, { day, time }: Due): Reckoned | null {
  const from = minutesOf(day, time ?? '00:00');
  const end = from === null ? null : wallTime(from + hours * 60);
  return end === null ? null : { ...end, holidaysKnown: true };
}

const SATURDAY = 5;

/** The day itself, or the next in that direction that is neither at a weekend nor a holiday. */
function workingDay(day: string, step: 1 | -1, holidays: ReadonlySet<string>): string {
  let number = dayNumber(day) ?? 0;
  for (let steps = 0; steps < 30; steps++, number += step) {
    const text = dayOf(number) ?? day;
    if (weekday(number) < SATURDAY && !holidays.has(text)) return text;
  }
  return day;
}
