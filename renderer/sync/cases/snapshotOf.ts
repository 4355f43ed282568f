/**
 * A case as one plain value, as this computer knows it now: what rules and process judge, and what is exported. Made anew
 * when something of the case has changed, and only then.
 */
import type * as Y from 'yjs';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import { readRecord, summaryText } from '../../../shared/model/record.ts';
import { filesOf, packagesOf as packageFactsOf } from '../../../shared/model/snapshot/ofFacts.ts';
import { readSnapshot } from '../../../shared/model/snapshot/read.ts';
import type { CaseSnapshot } from '../../../shared/model/snapshot/schema.ts';
import { streamOf } from '../../../shared/seal/places.ts';
import type { Session } from '../session.ts';
import type { CaseArea } from './caseIndex.ts';
import { areasOf, caseState, packagesOf } from './caseIndex.ts';
import { changesOf } from './changes.ts';
import { workOf } from './work/folded.ts';

interface Made {
  readonly from: string;
  readonly snapshot: CaseSnapshot;
}
const made = new WeakMap<Session, Map<CaseId, Made>>();

const mark = ({ package: id, decided, withdrawn, files }: PackageState): string =>
  [
    id,
    decided?.at,
    withdrawn?.at,
    ...files.map(({ receipts, dropped }) => receipts.length + (dropped ? 1000 : 0)),
  ].join();

interface Texts {
  readonly area: CaseArea;
  readonly record: Y.Doc;
  readonly summary: Y.Doc;
}

async function textsOf({ platform, docs }: Session, area: CaseArea): Promise<Texts> {
  const doc = async (name: 'record' | 'summary'): Promise<Y.Doc> =>
    docs.doc(area.area, await streamOf(platform, area.area, name));
  return { area, record: await doc('record'), summary: await doc('summary') };
}

export async function snapshotOf(session: Session, of: CaseId): Promise<CaseSnapshot> {
  const texts = await Promise.all(areasOf(session, of).map((area) => textsOf(session, area)));
  const packages = packagesOf(session, of);
  const from = [
    ...texts.map(({ area, record, summary }) =>
      [area.area, session.facts.revisionOf(area.area), changesOf(record), changesOf(summary)].join(' '),
    ),
    ...packages.map(mark),
  ].join('\n');
  const cases = made.get(session) ?? new Map<CaseId, Made>();
  made.set(session, cases);
  const known = cases.get(of);
  if (known?.from === from) return known.snapshot;
  const snapshot = makeSnapshot(session, of, texts, packages);
  cases.set(of, { from, snapshot });
  return snapshot;
}

function makeSnapshot(
  session: Session,
  of: CaseId,
  texts: readonly Texts[],
  packages: readonly PackageState[],
): CaseSnapshot {
  const [working, shared] = (['working papers', 'case file'] as const).map((kind) =>
    texts.find(({ area }) => area.kind === kind),
  );
  const summary = (shared ?? working)?.summary;
  return readSnapshot({
    id: of,
    working: working ? readRecord(working.record) : null,
    caseFile: shared ? readRecord(shared.record) : null,
    summary: summary ? summaryText(summary) : '',
    files: filesOf(caseState(session, of)),
    packages: packageFactsOf(packages),
    work: workOf(session, of),
  });
}
