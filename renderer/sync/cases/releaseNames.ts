/**
 * What a version is called where it is released: its number as its own organisation counts, and in words what it takes
 * the place of or was made from. Names no file to who does not have it.
 */
import type { CaseId, OrgId } from '../../../shared/primitives/ids.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { Session } from '../session.ts';
import { lineageOf, packagesOf } from './caseIndex.ts';

/** With the number by which we count it, so that both sides call a version the same. */
export function numbered(session: Session, of: CaseId, file: FileRecord | null): FileRecord | null {
  const number = file && lineageOf(session, of, file.content.version)?.number;
  return file && number && number > 1 ? { ...file, number } : file;
}

/** A file as the preview names it: of a later version, which one it takes the place of, and whether that went there. */
export function previewName(session: Session, of: CaseId, { name, content }: FileRecord, org: OrgId): string {
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
    return `${name}, a ${origin.how}${theirs && origin.of ? ` of ${origin.of.file.name}` : '; what it was made from stays with us'}`;
  if (number === 1) return name;
  return `${name}, version ${number}${theirs && origin?.of ? `: it replaces version ${origin.of.number}, which they have` : ''}`;
}
