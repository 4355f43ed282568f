/** A lead's word on an emergency that is over: a fact in the case, and in the intake of the post that broke the glass. */
import type { ActCause } from '../../../../shared/ipc/worker.ts';
import type { CaseEvent } from '../../../../shared/model/events.ts';
import { encodeFact } from '../../../../shared/model/events.ts';
import type { CaseId, Hash } from '../../../../shared/primitives/ids.ts';
import type { Result } from '../../../../shared/primitives/result.ts';
import { fail } from '../../../../shared/primitives/result.ts';
import { inTurn } from '../../cases/inTurn.ts';
import { areasOf } from '../../cases/caseIndex.ts';
import { act, eventPiece, intakePiece } from '../../cases/pieces.ts';
import { meIn } from '../../cases/work/placing.ts';
import type { Session } from '../../session.ts';
import { emergenciesIn, judgementOf, mayJudge } from './rows.ts';
import { saidOf } from './standing.ts';

export interface Judgement {
  readonly justified: boolean;
  readonly note: string;
}

export const judgeEmergency = (
  session: Session,
  of: CaseId,
  reason: Hash,
  word: Judgement,
): Promise<Result<null, ActCause>> => inTurn(session, () => judgeNow(session, of, reason, word));

async function judgeNow(
  session: Session,
  of: CaseId,
  reason: Hash,
  { justified, note }: Judgement,
): Promise<Result<null, ActCause>> {
  const { platform, identity } = session;
  const one = emergenciesIn(session, of).find(({ span }) => span.reason === reason);
  const place = one && areasOf(session, of).find(({ area }) => area === one.area);
  if (!one || !place) return fail('not found');
  if (judgementOf(session, one) !== null) return fail('already done');
  const by = meIn(session, place);
  if (!by || !mayJudge(session, one)) return fail('not allowed');
  if (one.span.over === null && one.span.until > platform.now()) return fail('too late');
  if (!justified && note.trim() === '') return fail('malformed');
  const fact: CaseEvent = { is: 'emergency judged', reason, justified, note: note.trim(), by, at: platform.now() };
  const pieces = [await eventPiece(session, place.area, fact)];
  const said = saidOf(session, one.span);
  if (said)
    pieces.push(await intakePiece(session, { org: identity.org, seat: said.fact.by.seat }, 'event', encodeFact(fact)));
  return act(session, pieces);
}
