/**
 * The list of one case in one round: every post of the organisation that was in when the round began, what was answered of it,
 * and what comes of that. Only a lead of the case answers, a manager who writes in it, or whom one of them passed it to, and
 * nobody of a post that they hold. What nobody reviewed goes when the round is over; a case keeps a lead whatever was said.
 */
import { wallTimeOf } from '../../../primitives/britishTime.ts';
import type { OrgId, PersonId, SeatId } from '../../../primitives/ids.ts';
import type { Millis } from '../../../primitives/units.ts';
import type { Role } from '../../../seal/area/chain.ts';
import type { RecertifyOutcome } from '../../facts/recertifying.ts';
import type { FactOf, Logged } from '../../logged.ts';
import { inOneOrder, isFact } from '../../logged.ts';
import { isManager } from '../limits.ts';
import type { Granting } from '../spans.ts';
import type { Round } from './rounds.ts';
import { isOver } from './rounds.ts';

type Answered = FactOf<'recertified'>;

export interface Line {
  readonly seat: SeatId;
  readonly role: Role;
  readonly since: Millis;
  /** The answer that counts. */
  readonly answer: Answered | null;
  readonly outcome: RecertifyOutcome;
  /** The post is still in by what the round is about. */
  readonly stands: boolean;
}

/** Who answers, as the directory proves it. */
type Answerer = Pick<Logged, 'org' | 'person' | 'roles' | 'seats'>;

/** `grantings` and `facts` are those of the case's Working papers; `isAsked` says which posts the round is about. */
export function linesOf(
  round: Round,
  org: OrgId,
  grantings: readonly Granting[],
  facts: readonly Logged[],
  today: string,
  isAsked: (seat: SeatId) => boolean = () => true,
): readonly Line[] {
  const there = grantings.filter(
    (one) => one.org === org && one.from !== null && one.from <= round.start && (one.until ?? Infinity) > round.start,
  );
  const asked = there.filter(({ seat }) => isAsked(seat));
  const answers = answersOf(round, grantings, facts);
  const lines = asked.map((granting): Line => {
    const answer = answers.get(granting.seat) ?? null;
    const { seat, role } = granting;
    return {
      seat,
      role,
      since: granting.from ?? 0,
      answer,
      outcome: outcomeOf(answer, isOver(round, today)),
      stands: granting.until === null,
    };
  });
  return keepLead(org, keepOnlyLead(org, lines, grantings), grantings);
}

/** A case's only lead stays whatever anybody says: nobody is asked to see to it. */
function keepOnlyLead(org: OrgId, lines: readonly Line[], grantings: readonly Granting[]): readonly Line[] {
  const leads = grantings.filter((one) => one.org === org && one.role === 'lead' && one.until === null);
  const [only] = leads;
  if (only === undefined || leads.length > 1) return lines;
  return lines.map((line) =>
    line.seat === only.seat && line.stands && line.outcome !== 'kept' ? { ...line, outcome: 'stays' } : line,
  );
}

/** Posts that go now: those that are to be removed, and, once it is over, those that nobody reviewed. */
export const dueOf = (lines: readonly Line[]): readonly Line[] => lines.filter((line) => line.stands && goes(line));

const goes = ({ outcome }: Line): boolean => outcome === 'removed' || outcome === 'not reviewed';

function outcomeOf(answer: Answered | null, over: boolean): RecertifyOutcome {
  if (answer?.answer === 'keep') return 'kept';
  if (answer?.answer === 'remove') return 'removed';
  if (over) return 'not reviewed';
  return answer === null ? 'open' : 'passed';
}

/** Leads that would go stay where none would be left: first those that nobody reviewed, then all. */
function keepLead(org: OrgId, lines: readonly Line[], grantings: readonly Granting[]): readonly Line[] {
  const going = new Set(dueOf(lines).map(({ seat }) => seat));
  const isLed = (gone: ReadonlySet<SeatId>): boolean =>
    grantings.some((one) => one.org === org && one.role === 'lead' && one.until === null && !gone.has(one.seat));
  if (isLed(going)) return lines;
  const stays = (line: Line, which: readonly RecertifyOutcome[]): Line =>
    line.role === 'lead' && line.stands && which.includes(line.outcome) ? { ...line, outcome: 'stays' } : line;
  const some = lines.map((line) => stays(line, ['not reviewed']));
  return isLed(new Set(dueOf(some).map(({ seat }) => seat)))
    ? some
    : lines.map((line) => stays(line, ['not reviewed', 'removed']));
}

/** The newest answer of each post that is its writer's to give. */
export function answersOf(
  round: Round,
  grantings: readonly Granting[],
  facts: readonly Logged[],
): ReadonlyMap<SeatId, Answered> {
  const answers = new Map<SeatId, Answered>();
  for (const logged of inOneOrder(facts)) {
    if (!isFact(logged, 'recertified')) continue;
    const { fact } = logged;
    if (fact.campaign !== round.campaign.opened.id || fact.round !== round.number) continue;
    const at = logged.relayTime ?? logged.time;
    if (isLate(round, at)) continue;
    if (mayAnswer(logged, at, fact.seat, answers.get(fact.seat) ?? null, grantings)) answers.set(fact.seat, fact);
  }
  return answers;
}

const isLate = ({ until }: Round, at: Millis): boolean => (wallTimeOf(at)?.day ?? '') > until;

/** Whether somebody may answer of a post at a time, upon the answer that stands: judged alike by every reader of the case. */
export function mayAnswer(
  { org, person, roles, seats }: Answerer,
  at: Millis,
  of: SeatId,
  standing: Answered | null,
  grantings: readonly Granting[],
): boolean {
  if (seats === undefined || seats.includes(of)) return false;
  const mine = grantings.filter(
    (one) => one.org === org && seats.includes(one.seat) && (one.from ?? 0) <= at && (one.until ?? Infinity) > at,
  );
  const writes = mine.some(({ role }) => role !== 'reader');
  const decides = mine.some(({ role }) => role === 'lead') || (writes && isManager(roles));
  return decides || (writes && isPassedTo(standing, person));
}

const isPassedTo = (standing: Answered | null, person: PersonId): boolean =>
  standing?.answer === 'pass' && standing.to?.person === person;
