/** Late work as a lead sees it: what came, from whom, when it was written, why it is late, and what it would change. */
import type * as Y from 'yjs';
import type { LateRow } from '../../../shared/ipc/late.ts';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { readRecord, recordRoot } from '../../../shared/model/record.ts';
import { recordLines } from '../../../shared/model/recordLines.ts';
import { readFields } from '../../../shared/model/register.ts';
import { summaryText } from '../../../shared/model/summary.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { areasOf } from '../cases/caseIndex.ts';
import type { Desktop } from '../desktop.ts';
import { guestPlaceAt } from '../guests/places.ts';
import type { Session } from '../session.ts';
import type { Bundle } from './bundles.ts';
import { authorOfBundle, bundles, caseOfBundle, factOf, isAdoptable, leftOf, saidIn, withLate } from './bundles.ts';

const EVERYBODY = { items: { has: () => true } as unknown as ReadonlySet<string>, team: true };

const summaryLines = (doc: Y.Doc): readonly string[] => summaryText(doc).split('\n');
const linesOfRecord = (doc: Y.Doc): readonly string[] =>
  recordLines(readRecord(doc), EVERYBODY).map(({ label, value }) => `${label}: ${value}`);

/** Every bundle as a row; those of cases that are not known here wait. */
export async function lateRows(desktop: Desktop): Promise<readonly LateRow[]> {
  const rows = await Promise.all((await bundles(desktop)).map((bundle) => rowOf(desktop, bundle)));
  return rows.flat().sort((a, b) => a.at - b.at);
}

async function rowOf(desktop: Desktop, bundle: Bundle): Promise<LateRow[]> {
  const { session, late } = desktop;
  const inCase = caseOfBundle(desktop, bundle);
  const author = authorOfBundle(desktop, bundle);
  if (inCase === null || author === null) return [];
  const areas = areasOf(session, inCase);
  const place = areas.find(({ area }) => area === bundle.area);
  const guest = guestPlaceAt(session, bundle.area)?.invited.fact;
  // What the case is called stands in its own papers, not in a place that was made for a guest.
  const named = guest ? (areas.find(({ kind }) => kind === 'working papers')?.area ?? bundle.area) : bundle.area;
  const [first] = bundle.entries;
  const isText = bundle.what === 'summary' || bundle.what === 'record';
  const change =
    bundle.what === 'case' ? await wholeCase(desktop, bundle) : isText ? await changeOf(desktop, bundle) : NO_CHANGE;
  return [
    {
      id: bundle.id,
      case: inCase,
      caseTitle: change.title ?? (await titleOf(session, named)),
      place: guest
        ? `what was shared with ${guest.guestName}, ${guest.from}`
        : place?.kind === 'case file'
          ? 'Case file'
          : 'Working papers',
      person: author.personName,
      computer: author.computer,
      at: Math.max(...bundle.entries.map(({ header }) => header.time)),
      arrived: Math.max(...bundle.entries.map(({ hash }) => late.arrivedAt(hash))),
      ended: author.ended,
      what: bundle.what,
      said:
        isText || bundle.what === 'case' || bundle.what === 'other' || !first ? null : saidIn(session, inCase, first),
      before: change.before,
      after: change.after,
      entries: bundle.entries.length,
      left: bundle.what === 'other' ? leftOf(session, inCase, bundle.entries) : change.left,
    },
  ];
}

interface Change {
  /** Of a case that is known from here alone. */
  readonly title: string | null;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly left: LateRow['left'];
}
const NO_CHANGE: Change = { title: null, before: [], after: [], left: [] };

async function changeOf(desktop: Desktop, bundle: Bundle): Promise<Change> {
  const { session } = desktop;
  const then = await withLate(desktop, bundle, bundle.stream);
  const linesOf = bundle.what === 'summary' ? summaryLines : linesOfRecord;
  const [before, after] = [linesOf(session.docs.doc(bundle.area, bundle.stream)), linesOf(then)];
  return {
    ...NO_CHANGE,
    before: before.filter((line) => !after.includes(line)),
    after: after.filter((line) => !before.includes(line)),
  };
}

async function wholeCase(desktop: Desktop, bundle: Bundle): Promise<Change> {
  const { session } = desktop;
  const of = caseOfBundle(desktop, bundle);
  const [record, summary] = await Promise.all(
    (['record', 'summary'] as const).map(async (name) =>
      withLate(desktop, bundle, await streamOf(session.platform, bundle.area, name)),
    ),
  );
  const acts = bundle.entries.filter((opened) => isAdoptable(opened) && of !== null);
  const left = bundle.entries.filter(
    (opened) => opened.header.kind === 'event' && !isAdoptable(opened) && factOf(opened)?.is !== 'case',
  );
  return {
    title: record ? titleIn(record) : null,
    before: [],
    after: [
      ...(record ? linesOfRecord(record) : []),
      ...(summary ? summaryLines(summary).filter((line) => line !== '') : []),
      ...acts.map((opened) => (of === null ? '' : saidIn(session, of, opened))),
    ],
    left: of === null ? [] : leftOf(session, of, left),
  };
}

export function titleIn(doc: Y.Doc): string {
  const [claim] = readFields(recordRoot(doc)).get('title') ?? [];
  return claim?.value ?? 'A case without a title';
}

async function titleOf(session: Session, area: AreaId): Promise<string> {
  return titleIn(session.docs.doc(area, await streamOf(session.platform, area, 'record')));
}
