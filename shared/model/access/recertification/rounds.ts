/**
 * Campaigns of recertification and their rounds: who opened which, which posts it asks about, when a round begins and ends. A
 * round that comes again follows from the first day and the interval; nobody has to open it. No clock is read here.
 */
import { addSpan, dayNumber, dayOf } from '../../../primitives/calendar.ts';
import type { PersonId, WorkId } from '../../../primitives/ids.ts';
import type { Millis } from '../../../primitives/units.ts';
import { DAY } from '../../../primitives/units.ts';
import type { FactOf, Logged } from '../../logged.ts';
import { inOneOrder, isFact } from '../../logged.ts';

type Opened = FactOf<'recertification opened'>;

export interface Campaign {
  readonly opened: Opened;
  readonly stopped: FactOf<'recertification stopped'> | null;
}

export interface Round {
  readonly campaign: Campaign;
  readonly number: number;
  /** First and last day. */
  readonly from: string;
  readonly until: string;
  /** What was let in later is a fresh decision, and no part of it. */
  readonly start: Millis;
}

/** Rounds that are still looked at: older ones are over and done with. */
const KEPT_ROUNDS = 4;

/** Campaigns of one organisation, by its own administrators, oldest first. A campaign may stand in several intakes. */
export function foldCampaigns(facts: readonly Logged[]): readonly Campaign[] {
  const campaigns = new Map<WorkId, Campaign>();
  for (const logged of inOneOrder(facts)) {
    if (!logged.roles.includes('administrator')) continue;
    if (isFact(logged, 'recertification opened')) {
      const { fact } = logged;
      if (!campaigns.has(fact.id) && fact.from <= fact.until) campaigns.set(fact.id, { opened: fact, stopped: null });
    } else if (isFact(logged, 'recertification stopped')) {
      const campaign = campaigns.get(logged.fact.campaign);
      if (campaign?.stopped === null) campaigns.set(logged.fact.campaign, { ...campaign, stopped: logged.fact });
    }
  }
  return [...campaigns.values()];
}

/** The rounds that have begun on a day (`YYYY-MM-DD`), newest first. One that was stopped while it ran is none. */
export function roundsOf(campaign: Campaign, today: string): readonly Round[] {
  const { from, until, every, at } = campaign.opened;
  const [first, last] = [dayNumber(from), dayNumber(until)];
  if (first === null || last === null) return [];
  const rounds: Round[] = [];
  const limit = every === null ? 1 : 600;
  for (let number = 0; number < limit; number++) {
    const begins = number === 0 ? from : addSpan(from, { months: (every ?? 0) * number });
    if (begins === null || begins > today) break;
    const begun = dayNumber(begins) ?? first;
    const start = number === 0 ? Math.max(at, begun * DAY) : begun * DAY;
    rounds.push({ campaign, number, from: begins, until: dayOf(begun + last - first) ?? until, start });
  }
  return rounds
    .slice(-KEPT_ROUNDS)
    .toReversed()
    .filter((round) => !isStopped(round));
}

function isStopped({ campaign, until }: Round): boolean {
  const { stopped } = campaign;
  const end = dayNumber(until);
  return stopped !== null && end !== null && stopped.at < (end + 1) * DAY;
}

export const isOver = ({ until }: Round, today: string): boolean => until < today;

/** Whether a campaign asks about a post in a case. `names`: what the case is called. */
export function asksAbout(
  { opened }: Campaign,
  post: { readonly unit: string; readonly people: readonly PersonId[] },
  names: readonly string[],
): boolean {
  const { units, people, cases } = opened;
  if (units.length > 0 && !units.includes(post.unit)) return false;
  if (people.length > 0 && !people.some(({ person }) => post.people.includes(person))) return false;
  return cases.length === 0 || cases.some((one) => names.some((name) => plain(name) === plain(one)));
}
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
