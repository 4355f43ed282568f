/** The work on a case as a view: its state, where it stands in the process, and what this person may do. */
import type { CaseId, ItemId } from '../../../shared/primitives/ids.ts';
import type { WorkView } from '../../../shared/ipc/work.ts';
import { changedSince } from '../../../shared/model/work/changedSince.ts';
import { ACTIONS } from '../../../shared/model/work/permissions/actions.ts';
import { denies } from '../../../shared/model/work/permissions/table.ts';
import type { Relation } from '../../../shared/model/work/permissions/table.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import { areasOf } from '../cases/caseIndex.ts';
import { frozenChanges } from '../cases/work/freezing.ts';
import { permissionsOf, workOf } from '../cases/work/folded.ts';
import { reviewedNow } from '../cases/work/reviewed.ts';
import { whereOf } from '../cases/work/where.ts';
import type { Session } from '../session.ts';
import { myRoles } from '../cases/work/mayIn.ts';
import { keepingView } from './keeping.ts';
import { namesIn } from './workLines.ts';

export async function workView(session: Session, of: CaseId): Promise<WorkView> {
  const { identity, facts } = session;
  const roles = myRoles(session);
  const state = workOf(session, of);
  const { holder } = state;
  const holds = holder?.person === identity.person && holder.org === identity.org;
  // What one is to a single thing ("asked for it") is judged when something is done to that thing.
  const is: Relation[] = holds ? ['holds the case', 'asked for it'] : ['asked for it'];
  const table = permissionsOf(session, of);
  const at = { stage: state.stage.stage, closed: state.closed !== null };
  const mayHave = (relations: readonly Relation[]) =>
    ACTIONS.filter((action) => denies(table, action, { roles, is: relations }, at) === null);
  return {
    me: { org: identity.org, person: identity.person, roles },
    state: withoutRows(state),
    where: await whereOf(session, of),
    may: [
      ...new Set([
        ...mayHave(is),
        ...mayHave(is.filter((one) => one === 'holds the case')),
        ...mayHave(['same organisation']),
      ]),
    ],
    changedSince: {
      ...(await changes(session, of, state, namesIn(session, of).item)),
      ...(await frozenChanges(session, of)),
    },
    keeping: keepingView(session, of, state),
    newer: areasOf(session, of).reduce((sum, { area }) => sum + facts.newerIn(area).length, 0),
  };
}

/** The rows of a certificate are asked for where they are shown: a view is sent whole whenever anything in it changes. */
const withoutRows = (state: WorkState): WorkState => ({
  ...state,
  certificates: state.certificates.map((one) => {
    const { rows, ...rest } = one;
    return rows === undefined ? one : rest;
  }),
});

async function changes(
  session: Session,
  of: CaseId,
  { reviews }: WorkState,
  nameOf: (item: ItemId) => string,
): Promise<WorkView['changedSince']> {
  const live = reviews.filter(({ withdrawn, given }) => !withdrawn && given?.outcome !== 'sent back');
  if (live.length === 0) return {};
  const now = await reviewedNow(session, of);
  if (!now) return {};
  return Object.fromEntries(live.map(({ id, about, given }) => [id, changedSince(given?.about ?? about, now, nameOf)]));
}
