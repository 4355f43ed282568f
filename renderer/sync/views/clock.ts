/** This computer's clock and time zone, as the status functions take them, and the day it is here. */
import type { Clock } from '../../../shared/status/facts.ts';
import { dayOf } from '../../../shared/primitives/calendar.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { DAY, MINUTE } from '../../../shared/primitives/units.ts';
import type { Session } from '../session.ts';

export const clockOf = (session: Session): Clock => ({
  now: session.platform.now(),
  offset,
});

/** YYYY-MM-DD, in this computer's time zone. */
export function today(platform: Platform): string {
  const now = platform.now();
  return dayOf(Math.floor((now + offset(now)) / DAY)) ?? '9999-12-31';
}

const offset = (at: Millis): Millis => -new Date(at).getTimezoneOffset() * MINUTE;
