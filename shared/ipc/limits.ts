/**
 * How much of the link, and of this disk, transfers may take: chosen by a person for this computer, kept in its database,
 * held to by the evidence process. Times are minutes of the day, by this computer's clock; `to` before `from` goes over
 * midnight.
 */
import { z } from 'zod';
import type { Millis } from '../primitives/units.ts';
import { MINUTE, MiB } from '../primitives/units.ts';

const count = z.int().min(0);
const minuteOfDay = count.max(24 * 60 - 1);

export const limits = z.object({
  /** Bytes a second, both ways together; 0: no limit. */
  rate: count,
  /** Another rate within these hours. */
  hours: z.object({ from: minuteOfDay, to: minuteOfDay, rate: count }).nullable(),
  /** Requests for chunks at once. */
  atOnce: z.int().min(1).max(4),
  /** Space on this disk that transfers and imports leave free, in bytes. */
  freeFloor: count,
  /** When all wait for another link. */
  hold: z.enum(['never', 'metered', 'metered or slow']),
  /** A person says that this computer's link is metered: few computers know it of themselves. */
  metered: z.boolean().default(false),
});
export type Limits = z.infer<typeof limits>;

/** What a person chose, as a screen shows it. */
export interface LimitsView {
  readonly limits: Limits;
  readonly link: LinkKind;
  /** All wait for another link just now. */
  readonly held: boolean;
  /** They would, but a person lets them go on until this link changes. */
  readonly once: boolean;
}

export const NO_LIMITS: Limits = {
  rate: 0,
  hours: null,
  atOnce: 4,
  freeFloor: 512 * MiB,
  hold: 'never',
  metered: false,
};

/** What is known of the link, by the operating system or by a person. */
export type LinkKind = 'usual' | 'metered' | 'slow';

/** The rate at a minute of the day. */
export function rateAt({ rate, hours }: Pick<Limits, 'rate' | 'hours'>, minute: number): number {
  if (hours === null || hours.from === hours.to) return rate;
  const { from, to } = hours;
  const within = from < to ? minute >= from && minute < to : minute >= from || minute < to;
  return within ? hours.rate : rate;
}

/** How long the rate stays as it is, from a time of the day in milliseconds; null: for ever. */
export function untilNextRate({ hours }: Pick<Limits, 'hours'>, timeOfDay: Millis): Millis | null {
  if (hours === null || hours.from === hours.to) return null;
  const day = 24 * 60 * MINUTE;
  const left = [hours.from, hours.to].map((minute) => (minute * MINUTE - timeOfDay + day) % day || day);
  return Math.min(...left);
}

/** Whether all wait for another link. */
export const isHeld = (hold: Limits['hold'], link: LinkKind): boolean =>
  (link === 'metered' && hold !== 'never') || (link === 'slow' && hold === 'metered or slow');
