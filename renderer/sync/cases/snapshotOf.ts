/**
 * A case as one plain value, from everything that this computer may read of it: Working papers, Case file, files, packages
 * and the work. What rules, process and export are given.
 */
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import { readRecord, summaryText } from '../../../shared/model/record.ts';
import type { CaseRecord } from '../../../shared/model/record.ts';
import type { FileFacts, PackageFacts } from '../../../shared/model/snapshot/facts.ts';
import { readSnapshot } from '../../../shared/model/snapshot/read.ts';
import type { CaseSnapshot } from '../../../shared/model/snapshot/schema.ts';
import { streamOf } from '../../../shared/seal/places.ts';
import type { Session } from '../session.ts';
import type { CaseArea } from './caseIndex.ts';
import { areaOf, caseState, packagesOf } from './caseIndex.ts';
import { workOf } from './work/folded.ts';

export async function snapshotOf(session: Session, of: CaseId): Promise<CaseSnapshot> {
  const working = areaOf(session, of, 'working papers');
  const caseFile = areaOf(session, of, 'case file');
  return readSnapshot({
    id: of,
    working: await recordIn(session, working),
    caseFile: await recordIn(session, caseFile),
    summary: await summaryIn(session, caseFile ?? working),
    files: fileFacts(session, of),
    packages: packagesOf(session, of).map(packageFacts),
    work: workOf(session, of),
  });
}

const iso = (at: number): string => new Date(at).toISOString();

async function recordIn(session: Session, area: CaseArea | null): Promise<CaseRecord | null> {
  return area && readRecord(session.docs.doc(area.area, await streamOf(session.platform, area.area, 'record')));
}

async function summaryIn(session: Session, area: CaseArea | null): Promise<string> {
  return area ? summaryText(session.docs.doc(area.area, await streamOf(session.platform, area.area, 'summary'))) : '';
}

/** The newest version of each item: what would be judged. */
function fileFacts(session: Session, of: CaseId): readonly FileFacts[] {
  return (caseState(session, of)?.items ?? []).flatMap(({ versions }) => {
    const newest = versions.at(-1);
    if (!newest) return [];
    const { file, by, at, number, releasedTo } = newest;
    return [
      {
        item: file.item,
        version: file.content.version,
        number,
        name: file.name,
        type: file.type,
        bytes: file.content.size,
        sha256: file.content.sha256,
        added: iso(at),
        addedBy: by.personName,
        found: [...foundIn(file)],
        releasedTo: [...releasedTo],
      },
    ];
  });
}

/** What was found when it was added; a version of Joinder that looked for nothing found nothing. */
const foundIn = (file: object): readonly string[] =>
  'found' in file ? ((file.found as string[] | undefined) ?? []) : [];

function packageFacts(pkg: PackageState): PackageFacts {
  const { content, decided, withdrawn } = pkg;
  const opened = pkg.files.flatMap(({ receipts }) => receipts.filter(({ what }) => what === 'opened'));
  const held = pkg.files.filter(({ dropped }) => dropped === null);
  const delivered = held.length > 0 && held.every(({ receipts }) => receipts.length > 0);
  const state = withdrawn
    ? 'withdrawn'
    : (decided?.is ?? (opened.length > 0 ? 'opened' : delivered ? 'delivered' : 'released'));
  return {
    id: pkg.package,
    to: content.to.orgName,
    post: content.to.post,
    purpose: content.purpose,
    urgency: content.urgency,
    released: iso(content.at),
    releasedBy: content.from.personName,
    files: held.map(({ file }) => file.content.version),
    state,
    reasons: decided?.is === 'returned' && decided.reason ? [decided.reason] : [],
    ...(opened[0] && { opened: iso(opened[0].at) }),
    ...(decided && { decided: iso(decided.at) }),
  };
}
