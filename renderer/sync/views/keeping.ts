/** How long a case is kept, as a view: its class, the day of the next review, and what a disposal would destroy. */
import type { ClassRow, DisposalPreview, KeepingView } from '../../../shared/ipc/keeping.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import { isInForce } from '../../../shared/model/rules/parts.ts';
import type { KeptBy } from '../../../shared/model/work/agreement/retention.ts';
import { classesFor, keptReview } from '../../../shared/model/work/agreement/retention.ts';
import type { WorkState } from '../../../shared/model/work/state.ts';
import type { CaseId, Hash } from '../../../shared/primitives/ids.ts';
import { countOf } from '../../../shared/status/format.ts';
import { areasOf, filedIn, packagesOf } from '../cases/caseIndex.ts';
import { holdersOf } from '../cases/work/devices.ts';
import { dayHere } from '../cases/work/where.ts';
import { remainsOf } from '../disposal/remains.ts';
import type { Session } from '../session.ts';
import { today } from '../timeZone.ts';
import { setAsideIn } from './setAside.ts';

export function keepingView(session: Session, of: CaseId, state: WorkState): KeepingView {
  const { set, edition } = session.rules.own();
  const on = today(session.platform);
  const classes = classesFor(
    state,
    set.retention.filter((one) => isInForce(one, on)),
  );
  const last = lastSet(state);
  const found = classes.find(({ code }) => code === last);
  return {
    rules: { name: edition.name, edition: edition.edition },
    classes: classes.map(rowOf),
    class: found ? rowOf(found) : null,
    review: reviewOf(state, found ?? null),
    preview: state.closed ? previewOf(session, of) : null,
    setAside: setAsideIn(session, of).map(({ what }) => what),
  };
}

const rowOf = ({ code, name, says, source, verified }: KeptBy): ClassRow => ({
  code,
  name,
  says,
  source,
  verified,
});

/** The class that was set last, whether by closing the case or by a review. */
function lastSet({ closings, retention }: WorkState): string | null {
  const set = [...closings, ...retention].filter((one) => one.retention !== null).sort((a, b) => a.at - b.at);
  return set.at(-1)?.retention ?? null;
}

/** Nothing runs while the case is open; a review's own day stands before what the class gives. */
function reviewOf({ closed, retention }: WorkState, found: KeptBy | null): KeepingView['review'] {
  if (!closed) return null;
  const reviewed = retention.findLast(({ at }) => at >= closed.at);
  if (reviewed?.next) return { on: reviewed.next, because: `set by ${reviewed.by.personName}’s review`, byHand: true };
  const from = dayHere((reviewed ?? closed).at);
  const due = found && keptReview(found, from);
  if (!found?.review || !due) return null;
  const { years = 0, months = 0 } = found.review;
  const span = years > 0 ? countOf(years, 'year', 'years') : countOf(months, 'month', 'months');
  return {
    on: due,
    because: `${span} after it was ${reviewed ? 'last reviewed' : 'closed'} on ${from}`,
    byHand: false,
  };
}

function previewOf(session: Session, of: CaseId): DisposalPreview {
  const contents = new Map<Hash, FileRecord>();
  const packages = packagesOf(session, of);
  for (const { fact } of filedIn(session, of)) contents.set(fact.file.content.sha256, fact.file);
  for (const file of packages.flatMap(({ content }) => content.files)) contents.set(file.content.sha256, file);
  return {
    files: contents.size,
    bytes: [...contents.values()].reduce((sum, { content }) => sum + content.size, 0),
    entries: areasOf(session, of).reduce((sum, { area }) => sum + session.log.replica(area).row.n, 0),
    packages: packages.length,
    computers: holdersOf(session, of)
      .filter(({ org }) => org === session.identity.org)
      .map(({ name }) => name),
    remains: remainsOf(session, of),
  };
}
