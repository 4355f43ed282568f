/** What colleagues gave to this person, over all cases; and who has a package, or may be given it. */
import type { Party } from '../../../shared/model/facts/parts.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import type { Queued } from '../../../shared/model/work/queue.ts';
import { allocationOf, queueOf } from '../../../shared/model/work/queue.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { reviewWord } from '../../../shared/status/work.ts';
import type { AllocationView, QueueRow } from '../../../shared/ipc/work.ts';
import type { CaseArea } from '../cases/caseIndex.ts';
import { allCases, areasOf } from '../cases/caseIndex.ts';
import { snapshotOf } from '../cases/snapshotOf.ts';
import { lastOpened } from '../cases/looks.ts';
import { workOf } from '../cases/work/folded.ts';
import { mayIn } from '../cases/work/mayIn.ts';
import type { Session } from '../session.ts';
import { colleagues } from './tasks.ts';
import { packagesHereOf } from '../cases/work/lateLetters.ts';

/** When this person last did something in a case, by their own clock. */
function lastDid({ facts, identity }: Session, areas: readonly CaseArea[]): Millis | null {
  const own = areas
    .flatMap(({ area }) => facts.inArea(area))
    .filter(({ org, person }) => org === identity.org && person === identity.person);
  return own.reduce<Millis | null>((last, { time }) => (last === null || time > last ? time : last), null);
}

async function queuedIn(session: Session, of: CaseId): Promise<readonly Queued[]> {
  const lastSaw = await lastOpened(session, of);
  return queueOf(workOf(session, of), packagesHereOf(session, of), session.identity, {
    maySignOff: mayIn(session, of, 'signed off'),
    mayAllocate: mayIn(session, of, 'allocated'),
    mayAgree: mayIn(session, of, 'agreement accepted'),
    lastDid: lastDid(session, areasOf(session, of)),
    lastSaw,
  });
}

const known = (session: Session): readonly CaseId[] =>
  allCases(session).filter((of) => areasOf(session, of).length > 0);

/** How many things wait for this person. */
export async function queueCount(session: Session): Promise<number> {
  const all = await Promise.all(known(session).map((of) => queuedIn(session, of)));
  return all.flat().filter(({ mine }) => mine).length;
}

/** This person's first, the oldest first. */
export async function queue(session: Session): Promise<readonly QueueRow[]> {
  const rows = await Promise.all(
    known(session).map(async (of) => {
      const queued = await queuedIn(session, of);
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
    case 'handed over': {
      const { by, at, reason, entry, absent } = queued.handover;
      const text = `Handed over by ${by.personName}${absent ? ', in absence' : ''}`;
      const word = { text, tone: 'going' as const, at, by: by.personName };
      return { ...row, is: 'handed over', id: entry, by: by.personName, at, note: reason, word, package: null };
    }
    case 'agreement offered':
    case 'agreement declined': {
      const { id, agreement, offered, declined } = queued.version;
      const answer = declined.at(-1);
      const said = answer ?? offered;
      const text = answer ? `Declined by ${answer.by.personName}` : `Offered by ${offered.by.orgName}`;
      const word = { text, tone: 'attention' as const, at: said.at, by: said.by.personName };
      const note = answer?.reason ?? `${agreement.name}, version ${agreement.number}`;
      return { ...row, is: queued.is, id, by: said.by.personName, at: said.at, note, word, package: null };
    }
    case 'unallocated': {
      const { package: id, content } = queued.package;
      const word = { text: 'Nobody has it by name', tone: 'attention' as const, at: content.at };
      const note = `For: ${content.purpose}, from ${content.from.orgName}`;
      return { ...row, is: 'unallocated', id, by: content.from.personName, at: content.at, note, word, package: id };
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
  return { allocated, allocateTo: theirs && mayIn(session, of, 'allocated') ? lawyersIn(session, to.seat) : [] };
}

const lawyersIn = (session: Session, seat: Party['seat']): readonly Party[] =>
  colleagues(session).flatMap(({ party, roles }) =>
    party.seat === seat && roles.includes('prosecutor') ? [party] : [],
  );
