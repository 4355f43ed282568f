/**
 * What was certified or signed before there was a Case file, or before the file of a statement was in it, is said there
 * again, word for word, as soon as it belongs there: whoever reads the Case file alone must see that it stands. Only by who
 * said it, found again from the facts on every cue; what would be refused there is left.
 */
import type { CaseId } from '../../../../shared/primitives/ids.ts';
import type { WorkFact } from '../../../../shared/model/facts/event.ts';
import { isOfWork } from '../../../../shared/model/facts/event.ts';
import type { Logged } from '../../../../shared/model/logged.ts';
import { inOneOrder } from '../../../../shared/model/logged.ts';
import type { Session } from '../../session.ts';
import type { CaseArea } from '../caseIndex.ts';
import { areaOf } from '../caseIndex.ts';
import { act, eventPiece } from '../pieces.ts';
import { isAtHome, meIn, refusal } from './placing.ts';

const looked = new WeakMap<Session, number>();
const saying = new WeakSet<Session>();

/** Says again what is due, case by case. Looked at only when facts have changed, or something was left; one call at a time. */
export async function sayAgain(session: Session, cases: readonly CaseId[]): Promise<void> {
  const { revision } = session.facts;
  if (saying.has(session) || looked.get(session) === revision) return;
  saying.add(session);
  try {
    let left = false;
    for (const of of cases) if (await sayAgainIn(session, of)) left = true;
    if (!left) looked.set(session, revision);
  } finally {
    saying.delete(session);
  }
}

type Frozen = Extract<WorkFact, { is: 'certified' | 'signed' }>;
const isFrozen = (fact: Logged['fact']): fact is Frozen =>
  isOfWork(fact) && (fact.is === 'certified' || fact.is === 'signed');

/** Answers whether something is left that waits for access. */
async function sayAgainIn(session: Session, of: CaseId): Promise<boolean> {
  const own = areaOf(session, of, 'working papers');
  const shared = areaOf(session, of, 'case file');
  if (!own || !shared) return false;
  const facts = due(session, of, own, shared);
  if (facts.length > 0 && !meIn(session, shared)) return true;
  for (const fact of facts) {
    if (refusal(session, shared, fact) !== null) continue;
    if (!(await act(session, [await eventPiece(session, shared.area, fact)])).ok) return true;
  }
  return false;
}

/** Ours, in the order in which it was said: a later one names the one before it. */
function due(session: Session, of: CaseId, own: CaseArea, shared: CaseArea): readonly Frozen[] {
  const { facts, identity } = session;
  const there = new Set(facts.inArea(shared.area).flatMap(({ fact }) => (isFrozen(fact) ? [fact.id] : [])));
  return inOneOrder(facts.inArea(own.area)).flatMap(({ fact, person }) =>
    isFrozen(fact) && person === identity.person && !there.has(fact.id) && isAtHome(session, of, fact) ? [fact] : [],
  );
}
