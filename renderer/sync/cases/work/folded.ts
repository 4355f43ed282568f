/** The work on a case as its areas' facts have it, folded once for each change in one of them. */
import type { AreaId, CaseId } from '../../../../shared/primitives/ids.ts';
import { foldAreas } from '../../../../shared/model/work/foldWork.ts';
import type { PermissionTable } from '../../../../shared/model/work/permissions/table.ts';
import type { WorkState } from '../../../../shared/model/work/state.ts';
import type { Session } from '../../session.ts';
import { areasOf } from '../caseIndex.ts';

interface Folded {
  readonly from: string;
  readonly state: WorkState;
  readonly table: PermissionTable;
}
const folded = new WeakMap<Session, Map<CaseId, Folded>>();

export const workOf = (session: Session, of: CaseId): WorkState => foldedOf(session, of).state;
/** Nothing of a case that was disposed of stays in memory. */
export const forgetFolded = (session: Session, of: CaseId): void => void folded.get(session)?.delete(of);
/** A closed case is read only. */
export const isClosed = (session: Session, of: CaseId): boolean => workOf(session, of).closed !== null;
/** The permissions by which the next act on the case is judged. */
export const permissionsOf = (session: Session, of: CaseId): PermissionTable => foldedOf(session, of).table;

function foldedOf(session: Session, of: CaseId): Folded {
  const cases = folded.get(session) ?? new Map<CaseId, Folded>();
  folded.set(session, cases);
  const areas: readonly AreaId[] = areasOf(session, of).map(({ area }) => area);
  const from = areas.map((area) => `${area} ${session.facts.revisionOf(area)}`).join();
  const known = cases.get(of);
  if (known?.from === from) return known;
  const fresh = { from, ...foldAreas(areas.flatMap((area) => session.facts.inArea(area))) };
  cases.set(of, fresh);
  return fresh;
}
