/**
 * Emergencies in a case as rows, from its access chains, to who reads it. What is open, or waits for a lead's judgement, is put
 * under Needs me.
 */
import type { EmergencyRow } from '../../../../shared/ipc/emergency.ts';
import type { FactOf, Logged } from '../../../../shared/model/logged.ts';
import type { CaseId, Hash } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import type { EmergencyState } from '../../../../shared/status/emergency.ts';
import { emergencyWord } from '../../../../shared/status/emergency.ts';
import { roleIn } from '../../../../shared/seal/area/admit.ts';
import { areasOf } from '../../cases/caseIndex.ts';
import type { EmergencySpan } from '../../log/accessHistory.ts';
import type { Session } from '../../session.ts';
import { clockOf } from '../../views/clock.ts';
import { leadsHere } from '../enforcing.ts';
import { denialInEmergency, isReasoned, personOf, saidOf } from './standing.ts';

/** One emergency and the area that it stands in; of one that stands in several, the first. */
export interface InCase {
  readonly span: EmergencySpan;
  readonly area: ReturnType<typeof areasOf>[number]['area'];
}

/** Of our organisation, by its reason's hash; what is over in one area and not in another is not over. */
export function emergenciesIn(session: Session, of: CaseId): readonly InCase[] {
  const found = new Map<Hash, InCase>();
  for (const { area } of areasOf(session, of))
    for (const span of session.log.replica(area).history.emergencies) {
      const known = found.get(span.reason);
      if (span.org === session.identity.org && (!known || (known.span.over !== null && span.over === null)))
        found.set(span.reason, { span, area });
    }
  return [...found.values()];
}

const isDone = ({ span }: InCase, now: number): boolean => span.over !== null || span.until <= now;

/** A lead's word, where it is theirs to say: not the person's own, and not before the end. */
export function judgementOf(session: Session, { span }: InCase): Logged<FactOf<'emergency judged'>> | null {
  const person = personOf(session, span.device);
  return (
    session.facts
      .of('emergency judged')
      .find(
        (one) =>
          one.fact.reason === span.reason &&
          one.org === session.identity.org &&
          one.person !== person &&
          isLeads(session, one),
      ) ?? null
  );
}

/** Written in the case by who held a post that leads it. */
function isLeads({ log }: Session, { area, seats = [] }: Logged): boolean {
  const { access } = log.replica(area);
  return access !== null && seats.some((seat) => access.seats.get(seat)?.role === 'lead');
}

export const mayJudge = (session: Session, one: InCase): boolean =>
  leadsHere(session, one.area) && personOf(session, one.span.device) !== session.identity.person;

function rowIn(session: Session, of: CaseId, title: string, one: InCase): EmergencyRow {
  const { span, area } = one;
  const { platform, directories, identity, log } = session;
  const own = directories.current(identity.org);
  const said = saidOf(session, span);
  const judged = judgementOf(session, one);
  const mine = span.device === identity.device;
  const now = platform.now();
  const isOver = isDone(one, now);
  const access = log.replica(area).access;
  const writes = own !== null && access !== null && (roleIn(access, own, identity.device) ?? 'reader') !== 'reader';
  const reasoned = isReasoned(session, span);
  const denied = denialInEmergency(session, area, span.device);
  const state: EmergencyState = judged
    ? { is: 'judged', justified: judged.fact.justified, by: judged.fact.by.personName, at: judged.fact.at }
    : isOver
      ? { is: 'over', at: span.over === null ? span.until : Math.min(span.over, span.until) }
      : !reasoned || denied
        ? { is: 'refused', why: denied?.sentence ?? 'No reason that can be checked was given' }
        : { is: 'open', until: span.until };
  return {
    reason: span.reason,
    case: of,
    title,
    mine,
    person: own?.people.get(personOf(session, span.device) ?? ('' as never))?.name ?? 'Somebody',
    computer: own?.known.get(span.device)?.name ?? '',
    why: reasoned ? (said?.fact.why ?? null) : null,
    from: span.from,
    until: span.until,
    word: emergencyWord(state, clockOf(session)),
    asked: [],
    judged: judged && judgedOf(judged),
    can: {
      end: !isOver && (mine || writes),
      judge: isOver && judged === null && mayJudge(session, one),
      open: !isOver,
    },
  };
}

export const judgedOf = ({ fact }: Logged<FactOf<'emergency judged'>>): EmergencyRow['judged'] => ({
  justified: fact.justified,
  note: fact.note,
  by: fact.by.personName,
  at: fact.at,
});

/** Those in a case, the newest first. */
export const emergencyRows = (session: Session, of: CaseId, title: string): readonly EmergencyRow[] =>
  emergenciesIn(session, of)
    .map((one) => rowIn(session, of, title, one))
    .toSorted((a, b) => b.from - a.from);

interface EmergencyNeed {
  readonly why: string;
  readonly short: string;
  readonly at: Millis;
  /** Told outside of the windows too, once, under this name. */
  readonly emergency: Hash;
}

/** What waits for a lead of a case: to look at while it is open, and to judge when it is over. */
export function emergencyNeeds(session: Session, of: CaseId): readonly EmergencyNeed[] {
  return emergencyRows(session, of, '').flatMap((row) => {
    const one = emergenciesIn(session, of).find(({ span }) => span.reason === row.reason);
    if (!one || row.mine || row.judged !== null || !mayJudge(session, one)) return [];
    const what = `${row.person} ${row.can.open ? 'has opened' : 'opened'} this case in an emergency`;
    const reason = row.why === null ? 'No reason that can be checked was given' : row.why;
    const next = row.can.open ? 'You can end it in the case' : 'Say in the case whether it was justified';
    return [{ why: `${what}: ${reason}. ${next}`, short: what, at: row.from, emergency: row.reason }];
  });
}
