/** This computer's time zone, and the day it is here by it. */
import { dayOf } from '../../shared/primitives/calendar.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { DAY, MINUTE } from '../../shared/primitives/units.ts';

/** What is added to UTC here, at that time. */
export const offset = (at: Millis): Millis => -new Date(at).getTimezoneOffset() * MINUTE;

/** YYYY-MM-DD. */
export function today(platform: Pick<Platform, 'now'>): string {
  const now = platform.now();
  return dayOf(Math.floor((now + offset(now)) / DAY)) ?? '9999-12-31';
}
