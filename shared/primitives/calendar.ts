/**
 * Days of the calendar as text, `YYYY-MM-DD`, and reckoning with them: no time zone, no clock. What is no such text is
 * answered with null, never thrown. Days are numbered from 1970-01-01, which is 0.
 */

/** The day's number, or null where the text is no day of the calendar (years 1 to 9999). */
export function dayNumber(text: string): number | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const [year, month, day] = (found?.slice(1) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  const shifted = month <= 2 ? year - 1 : year; // the year begins in March, so that a leap day is its last
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return (
    shifted * 365 + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + dayOfYear - 719468
  );
}

/** A day of the Gregorian calendar: months from 1 to 12. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The date of a number, by arithmetic alone (`Date` would bring a clock and a zone). */
export function dateOf(number: number): CalendarDay {
  const days = Math.trunc(number) + 719468;
  const era = Math.floor(days / 146097);
  const ofEra = days - era * 146097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: ofYear - Math.floor((153 * shifted + 2) / 5) + 1 };
}

/** The day of a number; null outside the years 1 to 9999. */
export function dayOf(number: number): string | null {
  const { year, month, day } = dateOf(number);
  return year >= 1 && year <= 9999 ? written(year, month, day) : null;
}

/** A span to add to a day. Months and years keep the day of the month, or take the last where there is none such. */
export interface Span {
  readonly days?: number | undefined;
  readonly months?: number | undefined;
  readonly years?: number | undefined;
}

/** The day so much later (or earlier, where negative): years and months first, then days; null for no day. */
export function addSpan(day: string, span: Span): string | null {
  const number = dayNumber(day);
  if (number === null) return null;
  const months = (span.months ?? 0) + 12 * (span.years ?? 0);
  const moved = months === 0 ? number : monthsLater(day, months);
  return moved === null ? null : dayOf(moved + (span.days ?? 0));
}

function monthsLater(day: string, months: number): number | null {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  return year < 1 || year > 9999
    ? null
    : dayNumber(written(year, month, Math.min(Number(day.slice(8)), daysIn(year, month))));
}

/** 0 is Monday, 6 is Sunday. */
export const weekday = (number: number): number => (((number + 3) % 7) + 7) % 7;

const written = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
}
