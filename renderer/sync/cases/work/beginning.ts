/**
 * What of the work a new Case file begins with: the stage of the file and who holds the case, said again there by who
 * releases, because whoever reads the Case file alone must judge by it.
 */
import type { CaseId } from '../../../../shared/primitives/ids.ts';
import type { Millis } from '../../../../shared/primitives/units.ts';
import type { WorkFact } from '../../../../shared/model/facts/event.ts';
import type { Party } from '../../../../shared/model/facts/parts.ts';
import type { Session } from '../../session.ts';
import { workOf } from './folded.ts';

export function beginningFacts(session: Session, of: CaseId, by: Party, at: Millis): readonly WorkFact[] {
  const { stage, holder } = workOf(session, of);
  return [
    ...(stage.moves.length > 0 ? [{ is: 'staged' as const, stage: stage.stage, reason: '', by, at }] : []),
    ...(holder && holder.person !== by.person
      ? [{ is: 'handed over' as const, to: holder, reason: '', absent: false, by, at }]
      : []),
  ];
}
