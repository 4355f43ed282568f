import { now } from '../../../worker/now.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** The day it is here, as YYYY-MM-DD. */
export function today(): string {
  const here = new Date(now());
  return `${here.getFullYear()}-${two(here.getMonth() + 1)}-${two(here.getDate())}`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });

/** `Tue 24 Nov 2026`. */
export const dayText = (day: string): string => DAY.format(new Date(`${day}T12:00:00`));
