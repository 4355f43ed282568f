/**
 * What a release says of itself before it is made: what it brings and what it leaves. And what a version is called there: its number as its own organisation counts, and in words what it takes
 * the place of or was made from. Names no file to who does not have it.
 */
import { shownName } from '../../../../shared/primitives/fileName.ts';
import { broughtLines, stillThere } from '../../../../shared/model/bring.ts';
import type { AreaId, CaseId, OrgId } from '../../../../shared/primitives/ids.ts';
import type { FileRecord, PackageContent } from '../../../../shared/model/events.ts';
import { readRecord } from '../../../../shared/model/record.ts';
import { streamOf } from '../../../../shared/seal/area/places.ts';
import type { Session } from '../../session.ts';
import { lineageOf, packagesOf } from '../caseIndex.ts';
import type { TakenText } from './publishText.ts';

/** A release as it is about to be made: from which Working papers, and the Case file that it feeds. */
interface Prepared {
  readonly content: PackageContent;
  readonly working: AreaId;
  readonly text: TakenText;
  readonly caseFile: AreaId | 'new' | null;
}

/** With the number by which we count it, so that both sides call a version the same. */
export function numbered(session: Session, of: CaseId, file: FileRecord | null): FileRecord | null {
  const number = file && lineageOf(session, of, file.content.version)?.number;
  return file && number && number > 1 ? { ...file, number } : file;
}

/** A file as the preview names it: of a later version, which one it takes the place of, and whether that went there. */
export function previewName(session: Session, of: CaseId, { name: own, content }: FileRecord, org: OrgId): string {
  const name = shownName(own);
  const line = lineageOf(session, of, content.version);
  if (!line) return name;
  const { origin, number } = line;
  const was = origin?.of?.version;
  const theirs = packagesOf(session, of).some(
    (pkg) =>
      pkg.side === 'sender' &&
      pkg.content.to.org === org &&
      pkg.content.files.some((one) => one.content.version === was),
  );
  if (origin && origin.how !== 'new version')
    return `${name}, a ${origin.how}${theirs && origin.of ? ` of ${shownName(origin.of.file.name)}` : '; what it was made from stays with us'}`;
  if (number === 1) return name;
  return `${name}, version ${number}${theirs && origin?.of ? `: it replaces version ${origin.of.number}, which they have` : ''}`;
}

/** The rows and fields of Working papers that it brings, but for the rows that only say what a file is: each file is named. */
export async function broughtNames(
  { platform, docs }: Session,
  { working, text, content, caseFile }: Prepared,
): Promise<string[]> {
  if (caseFile === 'new') return [];
  const items = new Set<string>(content.files.map(({ item }) => item));
  const rows = text.brought.filter(({ path }) => !items.has(path.split('/')[1] ?? ''));
  return broughtLines(rows, readRecord(docs.doc(working, await streamOf(platform, working, 'record'))));
}

/** What was taken off in Working papers and still stands in the Case file that it feeds. */
export async function takenOff({ platform, docs }: Session, { working, caseFile }: Prepared): Promise<string[]> {
  if (caseFile === 'new' || caseFile === null) return [];
  const [own, there] = await Promise.all(
    [working, caseFile].map(async (area) => readRecord(docs.doc(area, await streamOf(platform, area, 'record')))),
  );
  return own && there ? stillThere(own, there) : [];
}
