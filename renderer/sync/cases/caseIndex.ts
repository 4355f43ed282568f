/**
 * Which areas, packages and files belong to which case: folded from the facts by `shared/model`, once for each change. A
 * case is known by the first event of each of its areas, or (for who receives) by a package that names it.
 */
import type { AreaId, CaseId, PackageId, VersionId } from '../../../shared/primitives/ids.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import { foldCase } from '../../../shared/model/foldCase.ts';
import type { CaseState } from '../../../shared/model/foldCase.ts';
import { foldPackages } from '../../../shared/model/foldPackage.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import type { FactOf, Logged } from '../../../shared/model/logged.ts';
import type { Session } from '../session.ts';

interface Folded {
  readonly revision: number;
  readonly packages: readonly PackageState[];
  readonly cases: Map<CaseId, CaseState | null>;
}
const folded = new WeakMap<Session, Folded>();

function foldOf(session: Session): Folded {
  const known = folded.get(session);
  const { revision } = session.facts;
  if (known?.revision === revision) return known;
  const packages = [...foldPackages(session.facts.all(), session.identity).values()];
  const fresh = { revision, packages, cases: new Map<CaseId, CaseState | null>() };
  folded.set(session, fresh);
  return fresh;
}

/** Every package this computer knows: those its organisation released, and those that came into its intakes. */
export const packages = (session: Session): readonly PackageState[] => foldOf(session).packages;
export const packageOf = (session: Session, id: PackageId): PackageState | null =>
  packages(session).find((p) => p.package === id) ?? null;
export const packagesOf = (session: Session, of: CaseId): readonly PackageState[] =>
  packages(session).filter((p) => p.content.case === of);

/** A case as its events have it; null where only a package speaks of it. */
export function caseState(session: Session, of: CaseId): CaseState | null {
  const { cases } = foldOf(session);
  const known = cases.get(of);
  if (known !== undefined) return known;
  const state = foldCase(of, session.facts.all());
  cases.set(of, state);
  return state;
}

export interface CaseArea {
  readonly area: AreaId;
  readonly kind: 'working papers' | 'case file';
  readonly begun: Logged<FactOf<'case'>>;
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
export const allCases = (session: Session): readonly CaseId[] => [
  ...new Set([...session.facts.of('case').map((f) => f.fact.case), ...packages(session).map((p) => p.content.case)]),
];

/** The area in which a package was frozen (sender) or into which it came (receiver). */
export const areaOfPackage = (session: Session, pkg: PackageState): AreaId | null =>
  session.facts.get(pkg.entry)?.area ?? null;

/** A frozen file by its version, wherever it is known from. */
export function fileOf(session: Session, version: VersionId): FileRecord | null {
  const filed = [...session.facts.of('added'), ...session.facts.of('entered')];
  const found = filed.find((f) => f.fact.file.content.version === version);
  if (found) return found.fact.file;
  return (
    packages(session)
      .flatMap((p) => p.content.files)
      .find((file) => file.content.version === version) ?? null
  );
}
