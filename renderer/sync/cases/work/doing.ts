/**
 * Doing something to a case: what a person asks becomes a fact, is held against the same judgement that every reader
 * will pass on it, and is written where it belongs. What would be refused is not written.
 */
import type { CaseId, WorkId } from '../../../../shared/primitives/ids.ts';
import { newId } from '../../../../shared/primitives/naming.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import type { WorkAct } from '../../../../shared/ipc/work.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { event } from '../../../../shared/model/facts/event.ts';
import type { WorkFact } from '../../../../shared/model/facts/event.ts';
import type { Party } from '../../../../shared/model/facts/parts.ts';
import type { Logged, RefusedWhy } from '../../../../shared/model/logged.ts';
import { inOneOrder } from '../../../../shared/model/logged.ts';
import { foldArea, wouldRefuse } from '../../../../shared/model/work/foldWork.ts';
import type { WorkState } from '../../../../shared/model/work/state.ts';
import type { Place } from '../../../../shared/model/work/places.ts';
import { PLACES } from '../../../../shared/model/work/places.ts';
import { rolesOf } from '../../../../shared/seal/directory.ts';
import type { Session } from '../../session.ts';
import type { CaseArea } from '../caseIndex.ts';
import { areaOf } from '../caseIndex.ts';
import { meAs } from '../me.ts';
import { act, eventPiece } from '../pieces.ts';
import { workOf } from './folded.ts';
import { reviewedNow } from './reviewed.ts';

/** The areas that a fact goes into; null where the Case file is known to be there and has not come to this computer yet. */
function areasFor(session: Session, of: CaseId, place: Place): readonly CaseArea[] | null {
  const own = areaOf(session, of, 'working papers');
  const shared = areaOf(session, of, 'case file');
  const coming = own && !shared && session.facts.inArea(own.area).some(({ fact }) => fact.is === 'case file');
  if (coming && place !== 'own') return null;
  const wanted = place === 'both' ? [own, shared] : [place === 'own' ? (own ?? shared) : (shared ?? own)];
  return wanted.filter((area) => area !== null);
}

/** This person, in a post that the area is granted to. */
function meIn(session: Session, { area }: CaseArea): Party | null {
  const seats = [...(session.log.replica(area).access?.seats.keys() ?? [])];
  for (const seat of seats) {
    const me = meAs(session, seat);
    if (me?.seat === seat) return me;
  }
  return null;
}

const GIVES_ID = new Set<WorkFact['is']>([
  'review asked',
  'action raised',
  'decided',
  'certified',
  'signed',
  'message',
  'agreement offered',
  'held',
  'disposal asked',
]);

/** The fact as it will be signed; null where what was asked is not one. */
async function completed(session: Session, of: CaseId, what: WorkAct, by: Party): Promise<WorkFact | null> {
  const { platform, directories, identity } = session;
  const device = directories.current(identity.org)?.devices.get(identity.device);
  const added = {
    by,
    at: platform.now(),
    ...(GIVES_ID.has(what.is) ? { id: newId<WorkId>(platform) } : {}),
    ...(what.is === 'review asked' || what.is === 'review given' ? { about: await reviewedNow(session, of) } : {}),
    ...(what.is === 'destroyed' ? { deviceName: device?.name ?? '' } : {}),
  };
  const parsed = event.safeParse({ ...what, ...added });
  return parsed.success ? (parsed.data as WorkFact) : null; // its kind is one of the work's
}

/** Why readers of the area would refuse it; null: they would not. */
function refusal(
  { facts, identity, directories, platform }: Session,
  { area }: CaseArea,
  fact: WorkFact,
): RefusedWhy | null {
  const state = directories.current(identity.org);
  const logged: Logged = {
    fact,
    area,
    hash: '0'.repeat(64) as Logged['hash'],
    n: null,
    relayTime: null,
    time: platform.now(),
    org: identity.org,
    device: identity.device,
    person: identity.person,
    roles: state ? rolesOf(state, identity.device) : [],
    side: state?.sides.get(identity.org) ?? null,
  };
  return wouldRefuse(foldArea(inOneOrder(facts.inArea(area))), logged);
}

const CAUSES: Partial<Readonly<Record<RefusedWhy, ActCause>>> = {
  unknown: 'not found',
  'already done': 'already done',
  'said twice': 'already done',
  'case closed': 'case closed',
  held: 'held',
};

/** What ends a case must count wherever it is said: a hold of the other organisation stands in the Case file alone. */
const ALL_OR_NONE = new Set<WorkFact['is']>(['closed', 'reopened', 'disposal asked', 'disposal agreed']);

/** Whether the newest retention review since the closing decided that the case is disposed of. */
const isReviewed = ({ closed, retention }: WorkState): boolean =>
  closed === null || retention.findLast(({ at }) => at >= closed.at)?.decision === 'dispose';

/** Writes a fact of the work. Answers the id of what it made, where it made something. */
export async function doWork(
  session: Session,
  of: CaseId,
  what: WorkAct,
  place: Place = PLACES[what.is],
): Promise<Result<WorkId | null, ActCause>> {
  if (what.is === 'disposal asked' && !isReviewed(workOf(session, of))) return fail('not reviewed');
  const areas = areasFor(session, of, place);
  if (areas === null) return fail('not whole');
  const me = areas[0] && meIn(session, areas[0]);
  if (areas.length === 0) return fail('not found');
  if (!me) return fail('not allowed');
  const fact = await completed(session, of, what, me);
  if (!fact) return fail('malformed');
  const judged = areas.map((area) => ({ area, why: refusal(session, area, fact) }));
  const into = judged.filter(({ why }) => why === null);
  const why = judged.find((one) => one.why !== null)?.why;
  const short = ALL_OR_NONE.has(what.is) ? areas.length : 1;
  if (into.length < short) return fail((why && CAUSES[why]) ?? 'not allowed');
  const written = await act(session, await Promise.all(into.map(({ area }) => eventPiece(session, area.area, fact))));
  return written.ok ? ok('id' in fact ? fact.id : null) : written;
}
