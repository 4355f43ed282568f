/**
 * The last day of each post that a person holds today: of a temporary posting, a post given for a time, a personal grant, the
 * end of their employment. Follows from the same facts as access itself, so that it cannot say another day than the one on
 * which the post ends. Pure.
 */
import { dayNumber, dayOf } from '../../../shared/primitives/calendar.ts';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { Access } from './access.ts';
import { accessOf } from './access.ts';
import type { Baseline, GroupRow, PersonFacts } from './facts.ts';
import { endOfGiven } from './givenEnd.ts';
import { seatOf } from './preview.ts';

export interface LastDay {
  readonly seat: SeatId;
  /** YYYY-MM-DD, the day itself included. */
  readonly until: string;
}

/** Of the posts held on `day`, those whose end is known; one that has none is not among them. */
export function lastDaysOf(
  state: DirectoryState,
  person: PersonId,
  facts: PersonFacts,
  day: string,
  groups: readonly GroupRow[],
  baselines: readonly Baseline[],
): readonly LastDay[] {
  const seatsOn = (one: string): ReadonlySet<SeatId> => seatsIn(state, accessOf(person, facts, one, groups, baselines));
  const last = new Map<SeatId, string>();
  const held = seatsOn(day);
  for (const end of endsFrom(facts, day)) {
    const after = seatsOn(next(end));
    for (const seat of held) if (!after.has(seat) && !last.has(seat)) last.set(seat, end);
  }
  return [...last].map(([seat, until]) => ({ seat, until }));
}

/** Every last day in the facts, of a person and of what they have, from this day on, the earliest first. */
function endsFrom(facts: PersonFacts, day: string): readonly string[] {
  const { hr, given } = facts;
  // A move that is still to come ends personal grants some weeks later.
  const days = [day, ...(hr?.postings.flatMap(({ from }) => (from !== null && from > day ? [from] : [])) ?? [])];
  const ends: readonly (string | null)[] = [
    hr?.until ?? null,
    ...(hr?.postings.map(({ until }) => until) ?? []),
    ...given.flatMap((one) => days.map((on) => endOfGiven(one, facts, on))),
  ];
  const ahead = ends.flatMap((end) => (end !== null && end >= day ? [end] : []));
  return [...new Set(ahead)].toSorted((a, b) => (a < b ? -1 : 1));
}

const seatsIn = (state: DirectoryState, { posts }: Access): ReadonlySet<SeatId> =>
  new Set(posts.map((wanted) => seatOf(state, wanted)).filter((seat) => seat !== null));

const next = (day: string): string => dayOf((dayNumber(day) ?? 0) + 1) ?? day;
