import { now } from '../worker/now.ts';

const two = (n: number): string => String(n).padStart(2, '0');

const written = (here: Date): string => `${here.getFullYear()}-${two(here.getMonth() + 1)}-${two(here.getDate())}`;

/** The day it is here, as YYYY-MM-DD. */
export const today = (): string => written(new Date(now()));

/** So many days after it, by the calendar. */
export function dayAfter(days: number): string {
  const then = new Date(now());
  then.setDate(then.getDate() + days);
  return written(then);
}

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });

/** `Tue 24 Nov 2026`. */
export const dayText = (day: string): string => DAY.format(new Date(`${day}T12:00:00`));
