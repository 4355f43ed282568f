/** When a post that was given by hand ends: on its day, and of a personal grant four weeks after a move unless it is renewed. Pure. */
import { dayNumber, dayOf } from '../../../shared/primitives/calendar.ts';
import type { GivenPost, PersonFacts } from './facts.ts';

/** So many days a personal grant stands after its holder has moved, for its owner to renew it. */
const AFTER_MOVE = 28;

/** The newest day, not after this one, on which a person's place in the organisation became another; null: it never did. */
export function movedOn({ hr, moved }: PersonFacts, day: string): string | null {
  const postings =
    hr === null ? [] : hr.postings.flatMap(({ from }) => (from !== null && from > (hr.from ?? '') ? [from] : []));
  const days = [...postings, ...(moved === null ? [] : [moved])].filter((one) => one <= day);
  return days.toSorted().at(-1) ?? null;
}

/** The last day of a post that was given by hand, as things stand on a day; null: none. */
export function endOfGiven(given: GivenPost, facts: PersonFacts, day: string): string | null {
  const { until, owner, renewed } = given;
  const moved = movedOn(facts, day);
  if (owner === null || moved === null || (renewed ?? '') >= moved) return until;
  const end = dayOf((dayNumber(moved) ?? 0) + AFTER_MOVE);
  return end !== null && (until === null || end < until) ? end : until;
}
