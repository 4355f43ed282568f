/**
 * Which areas, packages and files belong to which case: read from the facts each time, never kept. A case is known by the
 * first event of each of its areas, or (for who receives) by a package that names it.
 */
import type { AreaId, CaseId, PackageId, VersionId } from '../../../shared/primitives/ids.ts';
import type { FileRecord, PackageContent } from '../../../shared/model/events.ts';
import type { Session } from '../session.ts';
import type { Fact } from './facts.ts';

export interface CaseArea {
  readonly area: AreaId;
  readonly kind: 'working papers' | 'case file';
  readonly begun: Fact<Extract<Fact['fact'], { is: 'case' }>>;
}

export function areasOf(session: Session, of: CaseId): readonly CaseArea[] {
  return session.facts
    .of('case')
    .filter((f) => f.fact.case === of)
    .flatMap((begun) => {
      const kind = session.log.replica(begun.area).access?.kind;
      return kind === 'working papers' || kind === 'case file' ? [{ area: begun.area, kind, begun }] : [];
    });
}
export const areaOf = (session: Session, of: CaseId, kind: CaseArea['kind']): CaseArea | null =>
  areasOf(session, of).find((area) => area.kind === kind) ?? null;

/** Every case this computer knows anything of. */
export function allCases(session: Session): readonly CaseId[] {
  return [
    ...new Set([...session.facts.of('case').map((f) => f.fact.case), ...packages(session).map((p) => p.content.case)]),
  ];
}

export interface PackageFact {
  readonly direction: 'sent' | 'received';
  readonly content: PackageContent;
  /** The `released` event in Working papers, or the package entry in our intake. */
  readonly fact: Fact;
}

/** Every package this computer knows: those its organisation released, and those that came into its intakes. */
export function packages(session: Session): readonly PackageFact[] {
  const sent = session.facts
    .of('released')
    .map((fact) => ({ direction: 'sent' as const, content: fact.fact.content, fact }));
  const received = session.facts
    .of('package')
    .filter((f) => f.org !== session.identity.org)
    .map((fact) => ({ direction: 'received' as const, content: fact.fact, fact }));
  return [...sent, ...received];
}
export const packageOf = (session: Session, id: PackageId): PackageFact | null =>
  packages(session).find((p) => p.content.package === id) ?? null;

/** A frozen file by its version, wherever it is known from. */
export function fileOf(session: Session, version: VersionId): FileRecord | null {
  for (const { fact } of session.facts.of('added')) if (fact.file.content.version === version) return fact.file;
  for (const { fact } of session.facts.of('entered')) if (fact.file.content.version === version) return fact.file;
  for (const { content } of packages(session)) {
    const found = content.files.find((file) => file.content.version === version);
    if (found) return found;
  }
  return null;
}
