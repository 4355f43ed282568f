/**
 * When a guest's access ends: after their last day, which comes soon once nobody answers for them any more. Follows from the
 * directory and the day alone, so that it may be asked at any time, after any crash, and adds nothing where nothing is due.
 */
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { minutesOf } from '../../../shared/primitives/britishTime.ts';
import { addSpan } from '../../../shared/primitives/calendar.ts';
import { ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { DAY, MINUTE } from '../../../shared/primitives/units.ts';
import type { DirectoryState, Guest, Statement } from '../../../shared/seal/directory/directory.ts';
import type { Authority } from '../authority.ts';
import { today } from '../people/reconcile.ts';

/** So long a guest stays whose sponsor has left the post, for somebody else to answer for them or not. */
export const GRACE_DAYS = 7;

/** The last moment of a day in England and Wales. */
export function endOfDay(day: string): Millis {
  const begins = minutesOf(day, '00:00');
  const next = minutesOf(addSpan(day, { days: 1 }) ?? '', '00:00');
  return next === null ? (begins ?? 0) * MINUTE + DAY : next * MINUTE;
}

/** Whether a person is a guest whose last day is over. */
export const isOverOn = ({ guests }: DirectoryState, person: PersonId, day: string): boolean =>
  (guests.get(person)?.until ?? day) < day;

/** Whether somebody answers for them: the sponsor holds the post still as whose holder they said so. */
export const isSponsored = (state: DirectoryState, guest: Guest): boolean =>
  state.holds.get(guest.sponsor)?.has(guest.sponsorSeat) === true && !state.guests.has(guest.sponsor);

/** Whether a guest could still come in: they hold their post. */
export const isLetIn = (state: DirectoryState, guest: Guest): boolean =>
  state.holds.get(guest.person)?.has(guest.seat) === true;

/** Shuts out for good: every computer, and their post. */
export function endOf(state: DirectoryState, guest: Guest): Statement[] {
  const devices = [...state.devices.values()].filter(({ person }) => person === guest.person);
  const held = [...(state.holds.get(guest.person) ?? [])];
  return [
    ...devices.map(({ device }): Statement => ({ is: 'revoked', device })),
    ...held.map((seat): Statement => ({ is: 'leaves', person: guest.person, seat })),
  ];
}

interface Due {
  readonly statements: readonly Statement[];
  readonly ended: readonly PersonId[];
}

/** What is due on a day. */
export function dueOn(state: DirectoryState, day: string): Due {
  const statements: Statement[] = [];
  const ended: PersonId[] = [];
  for (const guest of state.guests.values()) {
    if (guest.until < day) {
      const end = endOf(state, guest);
      if (end.length > 0) ended.push(guest.person);
      statements.push(...end);
      continue;
    }
    const soon = addSpan(day, { days: GRACE_DAYS }) ?? day;
    if (isLetIn(state, guest) && !isSponsored(state, guest) && guest.until > soon)
      statements.push({ is: 'guest', ...guest, until: soon });
  }
  return { statements, ended };
}

/** Signs what is due today. True where something was. */
export async function endGuests(authority: Authority, source: string): Promise<boolean> {
  const { directory, people, store, platform } = authority;
  const done = await directory.change<Due, never>((state) => {
    const due = dueOn(state, today(authority));
    return ok({ statements: due.statements, value: due });
  });
  if (!done.ok) return false;
  const { ended, statements } = done.value;
  for (const person of ended) store.endCodes(person);
  const time = platform.now();
  if (ended.length > 0)
    people.change(() => ended.forEach((person) => people.note({ time, person, what: 'left', source })));
  return statements.length > 0;
}
