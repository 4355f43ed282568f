/**
 * Doing something to a case: what a person asks becomes a fact, is held against the same judgement that every reader
 * will pass on it, and is written where it belongs. What would be refused is not written.
 */
import type { CaseId, WorkId } from '../../../../shared/primitives/ids.ts';
import { newId } from '../../../../shared/primitives/naming.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail, ok } from '../../../../shared/primitives/result.ts';
import { KiB, MiB } from '../../../../shared/primitives/units.ts';
import type { WorkAct } from '../../../../shared/ipc/work.ts';
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import { event } from '../../../../shared/model/facts/event.ts';
import type { WorkFact } from '../../../../shared/model/facts/event.ts';
import type { Party } from '../../../../shared/model/facts/parts.ts';
import type { RefusedWhy } from '../../../../shared/model/logged.ts';
import { isAsked } from '../../../../shared/model/rules/preflight/answered.ts';
import { rulesFor } from '../../../../shared/model/rules/ruleSet.ts';
import type { WorkState } from '../../../../shared/model/work/state.ts';
import type { Place } from '../../../../shared/model/work/places.ts';
import { confirmOrder, proposeOrder } from '../../disposal/orders.ts';
import type { Session } from '../../session.ts';
import { today } from '../../timeZone.ts';
import { areaOf } from '../caseIndex.ts';
import { act, eventPiece } from '../pieces.ts';
import { workOf } from './folded.ts';
import { myRoles } from './mayIn.ts';
import { frozenBy, partApart } from './freezing.ts';
import { areasFor, meIn, placeOf, refusal } from './placing.ts';
import { reviewedNow } from './reviewed.ts';

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

/** An entry is 1 MiB at most, with its header and seal. */
const MOST = MiB - 64 * KiB;

/** The fact as it will be signed. */
async function completed(session: Session, of: CaseId, what: WorkAct, by: Party): Promise<Result<WorkFact, ActCause>> {
  const { platform, directories, identity } = session;
  const frozen = await frozenBy(session, of, what);
  if (!frozen.ok) return frozen;
  const device = directories.current(identity.org)?.devices.get(identity.device);
  const at = platform.now();
  const id = newId<WorkId>(platform);
  const added = {
    by,
    at,
    ...(GIVES_ID.has(what.is) ? { id } : {}),
    ...(what.is === 'disposal asked' ? { order: await proposeOrder(session, of, id, at) } : {}),
    ...(what.is === 'review asked' || what.is === 'review given' ? { about: await reviewedNow(session, of) } : {}),
    ...(what.is === 'disposal agreed' ? await second(session, of, what.disposal) : {}),
    ...(what.is === 'destroyed' ? { deviceName: device?.name ?? '' } : {}),
    ...frozen.value,
  };
  const parsed = event.safeParse({ ...what, ...added });
  if (!parsed.success) return fail('malformed');
  return encodeFact(parsed.data).length > MOST ? fail('too large') : ok(parsed.data as WorkFact); // its kind is one of the work's
}

async function second(session: Session, of: CaseId, disposal: WorkId): Promise<{ readonly signature?: Uint8Array }> {
  const signature = await confirmOrder(session, of, disposal);
  return signature ? { signature } : {};
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

/** Whether the rules in force put this question to this person: what would not count is not written. */
function isAskedOf(session: Session, key: string): boolean {
  const [code] = key.split(' ');
  const asked = rulesFor(session.rules.own().set, today(session.platform)).flatMap((rule) =>
    rule.code === code && rule.ask !== undefined ? [rule.ask] : [],
  );
  return asked.some((ask) => isAsked(ask, myRoles(session)));
}

/** Whether the newest retention review since the closing decided that the case is disposed of. */
const isReviewed = ({ closed, retention }: WorkState): boolean =>
  closed === null || retention.findLast(({ at }) => at >= closed.at)?.decision === 'dispose';

/** Writes a fact of the work. Answers the id of what it made, where it made something. */
export async function doWork(
  session: Session,
  of: CaseId,
  what: WorkAct,
  place: Place = placeOf(session, of, what),
): Promise<Result<WorkId | null, ActCause>> {
  if (what.is === 'disposal asked' && !isReviewed(workOf(session, of))) return fail('not reviewed');
  if (what.is === 'answered' && !isAskedOf(session, what.question)) return fail('not allowed');
  if (what.is === 'agreement offered' && !areaOf(session, of, 'case file')) return fail('no case file');
  const areas = areasFor(session, of, place);
  if (areas === null) return fail('not whole');
  const me = areas[0] && meIn(session, areas[0]);
  if (areas.length === 0) return fail('not found');
  if (!me) return fail('not allowed');
  const made = await completed(session, of, what, me);
  if (!made.ok) return made;
  const { fact, pieces: apart } = await partApart(session, of, made.value);
  // What was proposed is not what the case is made of now: it is proposed anew.
  if (fact.is === 'disposal agreed' && !fact.signature) return fail('too late');
  const judged = areas.map((area) => ({ area, why: refusal(session, area, fact) }));
  const into = judged.filter(({ why }) => why === null);
  const why = judged.find((one) => one.why !== null)?.why;
  const short = ALL_OR_NONE.has(what.is) ? areas.length : 1;
  if (into.length < short) return fail((why && CAUSES[why]) ?? 'not allowed');
  const pieces = await Promise.all(into.map(({ area }) => eventPiece(session, area.area, fact)));
  const written = await act(session, [...pieces, ...apart]);
  return written.ok ? ok('id' in fact ? fact.id : null) : written;
}
