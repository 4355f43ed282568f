/** What colleagues gave to this person, over all cases; and who has a package, or may be given it. */
import type { Party } from '../../../shared/model/facts/parts.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import { denies } from '../../../shared/model/work/permissions/table.ts';
import type { Action } from '../../../shared/model/work/permissions/actions.ts';
import type { Queued } from '../../../shared/model/work/queue.ts';
import { allocationOf, queueOf } from '../../../shared/model/work/queue.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { reviewWord } from '../../../shared/status/work.ts';
import type { AllocationView, QueueRow } from '../../../shared/ipc/work.ts';
import { allCases, areasOf, packagesOf } from '../cases/caseIndex.ts';
import { snapshotOf } from '../cases/snapshotOf.ts';
import { permissionsOf, workOf } from '../cases/work/folded.ts';
import type { Session } from '../session.ts';
import { colleagues } from './tasks.ts';
import { myRoles } from './work.ts';

/** Whether this person's roles let them do something to a case as it stands, as far as it is not their own work. */
function may(session: Session, of: CaseId, action: Action): boolean {
  const { holder, stage, closed } = workOf(session, of);
  const { identity } = session;
  const holds = holder?.org === identity.org && holder.person === identity.person;
  const actor = { roles: myRoles(session), is: holds ? ['holds the case' as const] : [] };
  return denies(permissionsOf(session, of), action, actor, { stage: stage.stage, closed: closed !== null }) === null;
}

function queuedIn(session: Session, of: CaseId): readonly Queued[] {
  return queueOf(workOf(session, of), packagesOf(session, of), session.identity, may(session, of, 'signed off'));
}

const known = (session: Session): readonly CaseId[] =>
  allCases(session).filter((of) => areasOf(session, of).length > 0);

/** How many things wait for this person. */
export const queueCount = (session: Session): number =>
  known(session).reduce((sum, of) => sum + queuedIn(session, of).filter(({ mine }) => mine).length, 0);

/** This person's first, the oldest first. */
export async function queue(session: Session): Promise<readonly QueueRow[]> {
  const rows = await Promise.all(
    known(session).map(async (of) => {
      const queued = queuedIn(session, of);
      if (queued.length === 0) return [];
      const { case: record } = await snapshotOf(session, of);
      return queued.map((one) => rowOf(of, record.title ?? '', record.urn ?? null, one));
    }),
  );
  return rows.flat().sort((a, b) => Number(b.mine) - Number(a.mine) || a.at - b.at);
}

function rowOf(of: CaseId, title: string, urn: string | null, queued: Queued): QueueRow {
  const row = { case: of, title, urn, mine: queued.mine };
  switch (queued.is) {
    case 'review':
    case 'sent back': {
      const { review } = queued;
      const said = review.given ?? review.asked;
      const note = review.given?.note ?? review.note;
      return {
        ...row,
        is: queued.is,
        id: review.id,
        by: said.by.personName,
        at: said.at,
        note,
        word: reviewWord(review),
        package: null,
      };
    }
    case 'allocated': {
      const { by, at, note, entry } = queued.allocation;
      const word = { text: `Allocated to you by ${by.personName}`, tone: 'going' as const, at, by: by.personName };
      return { ...row, is: 'allocated', id: entry, by: by.personName, at, note, word, package: queued.package.package };
    }
  }
}

/** To whom a package is allocated, and to whom this person may: who works in the post that it came to, as a prosecutor. */
export function allocationIn(session: Session, pkg: PackageState): AllocationView {
  const { case: of, to } = pkg.content;
  const found = allocationOf(workOf(session, of), pkg.package);
  const allocated = found && {
    name: found.to.personName,
    org: found.to.orgName,
    by: found.by.personName,
    at: found.at,
  };
  const theirs = pkg.side === 'receiver' && !pkg.withdrawn && areasOf(session, of).length > 0;
  return { allocated, allocateTo: theirs && may(session, of, 'allocated') ? lawyersIn(session, to.seat) : [] };
}

const lawyersIn = (session: Session, seat: Party['seat']): readonly Party[] =>
  colleagues(session).flatMap(({ party, roles }) =>
    party.seat === seat && roles.includes('prosecutor') ? [party] : [],
  );
