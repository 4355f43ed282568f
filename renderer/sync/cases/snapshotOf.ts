/**
 * A case as one plain value, as this computer knows it now: what rules and process judge, and what is exported. Made anew
 * when something of the case has changed, and only then.
 */
import type * as Y from 'yjs';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import { readRecord, summaryText } from '../../../shared/model/record.ts';
import { filesOf, packagesOf as packageFactsOf } from '../../../shared/model/snapshot/ofFacts.ts';
import { readSnapshot } from '../../../shared/model/snapshot/read.ts';
import type { CaseSnapshot } from '../../../shared/model/snapshot/schema.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import type { Session } from '../session.ts';
import type { CaseArea } from './caseIndex.ts';
import { areasOf, caseState, packagesOf } from './caseIndex.ts';
import { changesOf } from './changes.ts';
import { workOf } from './work/folded.ts';

export interface Made {
  readonly from: string;
  readonly snapshot: CaseSnapshot;
  readonly working: CaseRecord | null;
  readonly caseFile: CaseRecord | null;
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

/** Nothing of a case that was disposed of stays in memory. */
export const forgetSnapshot = (session: Session, of: CaseId): void => void made.get(session)?.delete(of);

export const snapshotOf = async (session: Session, of: CaseId): Promise<CaseSnapshot> =>
  (await madeOf(session, of)).snapshot;

/** The snapshot with the records that it was made of. */
export async function madeOf(session: Session, of: CaseId): Promise<Made> {
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
  if (known?.from === from) return known;
  const now = { from, ...makeSnapshot(session, of, texts, packages) };
  cases.set(of, now);
  return now;
}

function makeSnapshot(
  session: Session,
  of: CaseId,
  texts: readonly Texts[],
  packages: readonly PackageState[],
): Omit<Made, 'from'> {
  const [working, shared] = (['working papers', 'case file'] as const).map((kind) =>
    texts.find(({ area }) => area.kind === kind),
  );
  const summary = (shared ?? working)?.summary;
  const records = {
    working: working ? readRecord(working.record) : null,
    caseFile: shared ? readRecord(shared.record) : null,
  };
  const snapshot = readSnapshot({
    id: of,
    ...records,
    summary: summary ? summaryText(summary) : '',
    files: filesOf(caseState(session, of)),
    packages: packageFactsOf(packages),
    work: workOf(session, of),
  });
  return { snapshot, ...records };
}
