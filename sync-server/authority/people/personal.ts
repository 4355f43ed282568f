/**
 * Personal grants: a post that somebody has beside what their place in the organisation brings, until a day, with an owner who
 * answers for it. It is put before its owner when its end is near and when the person has moved; what nobody renews ends by
 * itself. All of it follows from facts and day: there is nothing to run.
 */
import { dayNumber } from '../../../shared/primitives/calendar.ts';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ActCause } from '../acts.ts';
import type { Authority } from '../authority.ts';
import { isIn, namedPosts } from './access.ts';
import type { GivenPost, PersonFacts } from './facts.ts';
import { endOfGiven, movedOn } from './givenEnd.ts';
import { reconcile, today } from './reconcile.ts';

/** So many days before its end it is put before its owner. */
const ASK_BEFORE = 28;
/** The longest that one renewal lasts. */
const LONGEST = 366;

export interface PersonalGrant {
  readonly person: PersonId;
  readonly seat: SeatId;
  readonly owner: PersonId;
  /** The day on which it ends unless it is renewed. */
  readonly until: string;
  /** Why its owner is asked now; null: they are not. */
  readonly asks: 'ends' | 'moved' | null;
}

const daysTo = (day: string, from: string): number => (dayNumber(day) ?? 0) - (dayNumber(from) ?? 0);

/** A person's personal grants that have not ended. */
export function personalOf(person: PersonId, facts: PersonFacts, day: string): readonly PersonalGrant[] {
  return facts.given.flatMap((given): PersonalGrant[] => {
    const until = endOfGiven(given, facts, day);
    if (given.owner === null || until === null || until < day) return [];
    const moved = movedOn(facts, day);
    const isMoved = moved !== null && (given.renewed ?? '') < moved;
    const asks = isMoved ? 'moved' : daysTo(until, day) <= ASK_BEFORE ? 'ends' : null;
    return [{ person, seat: given.seat as SeatId, owner: given.owner as PersonId, until, asks }];
  });
}

/** Those that somebody answers for; an administrator also for those whose owner is not in the organisation any more. */
export function answersFor(authority: Authority, asker: PersonId, administers: boolean): readonly PersonalGrant[] {
  const { people } = authority;
  const day = today(authority);
  const hasLeft = (owner: PersonId): boolean => {
    const facts = people.person(owner)?.facts;
    return facts !== undefined && !isIn(facts, day);
  };
  return people
    .people()
    .flatMap(({ id, facts }) => (isIn(facts, day) ? personalOf(id, facts, day) : []))
    .filter(({ owner, person }) => person !== asker && (owner === asker || (administers && hasLeft(owner))));
}

/** The owner's word: until which day it goes on, or null for no longer. An administrator who takes one over becomes its owner. */
export async function renew(
  authority: Authority,
  asker: PersonId,
  administers: boolean,
  of: Pick<PersonalGrant, 'person' | 'seat'>,
  until: string | null,
): Promise<Result<null, ActCause | 'not yours' | 'malformed'>> {
  const { people, platform } = authority;
  const day = today(authority);
  const found = answersFor(authority, asker, administers).some(
    ({ person, seat }) => person === of.person && seat === of.seat,
  );
  if (!found) return fail('not yours');
  if (until !== null && (until < day || daysTo(until, day) > LONGEST)) return fail('malformed');
  people.change(() => {
    const facts = people.person(of.person)?.facts;
    if (facts === undefined) return;
    const others = facts.given.filter(({ seat }) => seat !== of.seat);
    const same = facts.given.find(({ seat }) => seat === of.seat);
    const renewed: GivenPost[] = same && until !== null ? [{ ...same, until, owner: asker, renewed: day }] : [];
    people.putPerson(of.person, { ...facts, given: [...others, ...renewed] }, platform.now());
  });
  await reconcile(authority, 'command');
  return ok(null);
}

/**
 * The facts of a person with the day of their move, where another system names other posts from now on. What was given or
 * renewed earlier on that day was so before the move, and is asked about like any.
 */
export function noteMove(before: PersonFacts | null, after: PersonFacts, day: string): PersonFacts {
  const was = before === null ? '' : key(before, day);
  const is = key(after, day);
  if (was === '' || is === '' || was === is) return after;
  const given = after.given.map((one) => (one.renewed === day ? { ...one, renewed: null } : one));
  return { ...after, given, moved: day };
}

const key = (facts: PersonFacts, day: string): string =>
  namedPosts(facts, day)
    .map(({ title, unit }) => `${title}|${unit}`.toLowerCase())
    .toSorted()
    .join('\n');
