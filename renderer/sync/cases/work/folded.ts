/** The work on a case as its areas' facts have it, folded once for each change in one of them. */
import type { AreaId, CaseId } from '../../../../shared/primitives/ids.ts';
import { foldWork } from '../../../../shared/model/work/foldWork.ts';
import type { WorkState } from '../../../../shared/model/work/state.ts';
import type { Session } from '../../session.ts';
import { areasOf } from '../caseIndex.ts';

interface Folded {
  readonly from: string;
  readonly state: WorkState;
}
const folded = new WeakMap<Session, Map<CaseId, Folded>>();

export function workOf(session: Session, of: CaseId): WorkState {
  const cases = folded.get(session) ?? new Map<CaseId, Folded>();
  folded.set(session, cases);
  const areas: readonly AreaId[] = areasOf(session, of).map(({ area }) => area);
  const from = areas.map((area) => `${area} ${session.facts.revisionOf(area)}`).join();
  const known = cases.get(of);
  if (known?.from === from) return known.state;
  const state = foldWork(areas.flatMap((area) => session.facts.inArea(area)));
  cases.set(of, { from, state });
  return state;
}
