/** Where a guest's access stands, and where a file of theirs is, in words. */
import { dayNumber } from '../primitives/calendar.ts';
import { REMIND_DAYS } from '../model/access/guests.ts';
import type { GuestEnd } from '../model/access/guests.ts';
import { formatDay } from './format.ts';
import type { Word } from './words.ts';

/** Days from one day to another; 0: the same. */
export const daysUntil = (today: string, day: string): number => (dayNumber(day) ?? 0) - (dayNumber(today) ?? 0);

/** Whether it is time that somebody decides about a guest. */
export const endsSoon = ({ isIn, isSponsored, until }: GuestEnd, today: string): boolean =>
  isIn && (!isSponsored || daysUntil(today, until) <= REMIND_DAYS);

/** `hasComputer`: they have come in at least once, by a computer that is admitted. */
export function guestWord(guest: GuestEnd, today: string, hasComputer: boolean): Word {
  const { isIn, isSponsored, until } = guest;
  const last = formatDay(until);
  if (!isIn) return { text: 'Access ended', tone: 'quiet' };
  if (!isSponsored)
    return {
      text: `Ends ${last}: the sponsor has left`,
      tone: 'attention',
      why: 'Their sponsor has left the post. Somebody else answers for them, or their access ends on that day.',
    };
  const left = daysUntil(today, until);
  if (left < 0) return { text: `Last day was ${last}`, tone: 'quiet' };
  if (endsSoon(guest, today))
    return { text: `Ends ${last}`, tone: 'attention', why: 'It ends by itself after that day.' };
  return hasComputer
    ? { text: `In until ${last}`, tone: 'good', why: 'It ends by itself after that day.' }
    : { text: `Invited until ${last}, not enrolled yet`, tone: 'going' };
}

interface GuestFileFacts {
  readonly here: boolean;
  readonly atRelay: boolean;
  /** It was added on this side. */
  readonly ours: boolean;
}

export function guestFileWord({ here, atRelay, ours }: GuestFileFacts): Word {
  if (ours && here && !atRelay) return { text: 'Waiting to send', tone: 'going' };
  if (ours && atRelay) return { text: 'Sent', tone: 'good' };
  return here ? { text: 'Ready to open', tone: 'good' } : { text: 'Arriving', tone: 'going' };
}
