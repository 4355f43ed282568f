/**
 * How numbers and times are written: British English, 24 hours, binary sizes by their everyday names.
 */
import { now } from '../worker/now.ts';

const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const WHEN = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

const sameDay = (a: Date, b: Date): boolean => a.toDateString() === b.toDateString();

/** 14:02 today; 3 Nov 14:02 on another day. */
export function timeText(at: number, present: number = now()): string {
  const then = new Date(at);
  return sameDay(then, new Date(present)) ? CLOCK.format(then) : `${DAY.format(then)} ${CLOCK.format(then)}`;
}

export const whenText = (at: number): string => WHEN.format(new Date(at));

const DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** 3 Nov 2026, of a day YYYY-MM-DD; as it stands where it is none. */
export function dayText(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : DATE.format(at);
}

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** 0 bytes, 812 KB, 3.2 GB. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

export const rateText = (bytesPerSecond: number): string => `${sizeText(Math.round(bytesPerSecond))}/s`;

export const countText = (count: number, one: string, many: string = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** The first names of a list, and how many more: `A, B, C and 11 more`. */
export const namesText = (names: readonly string[], most = 3): string =>
  names.length <= most + 1 ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;

/** A hash or fingerprint in groups of four, for reading aloud. */
export const groupedText = (digits: string): string =>
  digits
    .replaceAll(/[^0-9a-zA-Z]/g, '')
    .match(/.{1,4}/g)
    ?.join(' ') ?? digits;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
