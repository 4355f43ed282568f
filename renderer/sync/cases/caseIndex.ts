/**
 * Which areas, packages and files belong to which case: folded from the facts by `shared/model`, once for each change. A
 * case is known by the first event of each of its areas, or (for who receives) by a package that names it. Where a Case
 * file stands follows from its chain as well, and is asked anew each time.
 */
import type { AreaId, CaseId, Hash, PackageId, VersionId } from '../../../shared/primitives/ids.ts';
import type { OrdinaryArea } from '../../../shared/model/disclosure/places.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import { currentOf, standingOf } from '../../../shared/model/caseFile.ts';
import { foldCase, madeOf } from '../../../shared/model/foldCase.ts';
import type { CaseState, Made } from '../../../shared/model/foldCase.ts';
import type { Sent } from '../../../shared/model/work/alreadySent.ts';
import { allSent } from '../../../shared/model/work/alreadySent.ts';
import { lineagesOf } from '../../../shared/model/lineage.ts';
import type { Lineage } from '../../../shared/model/lineage.ts';
import { foldPackages } from '../../../shared/model/foldPackage.ts';
import type { PackageState } from '../../../shared/model/foldPackage.ts';
import { lateFiles } from '../../../shared/model/work/foldWork.ts';
import type { FactOf, Logged } from '../../../shared/model/logged.ts';
import { inOneOrder, isFact } from '../../../shared/model/logged.ts';
import type { Standing } from '../../../shared/status/live.ts';
import { isOver } from '../log/farewell.ts';
import type { Session } from '../session.ts';

interface Folded {
  readonly revision: number;
  readonly packages: readonly PackageState[];
  readonly byId: ReadonlyMap<PackageId, PackageState>;
  readonly packagesOf: ReadonlyMap<CaseId, readonly PackageState[]>;
  readonly begun: ReadonlyMap<CaseId, readonly Begun[]>;
  readonly letters: ReadonlyMap<CaseId, readonly Logged<FactOf<'package'>>[]>;
  readonly cases: Map<CaseId, CaseState | null>;
  readonly areas: Map<CaseId, readonly CaseArea[]>;
  readonly sent: Map<CaseId, ReadonlyMap<Hash, Sent>>;
  readonly lineages: Map<CaseId, ReadonlyMap<VersionId, Lineage>>;
  filed: ReadonlyMap<VersionId, Filed> | null;
}
type Begun = Logged<FactOf<'case'>>;
/** A file as it was filed in a place of a case where it may be. */
type Filed = Logged<FactOf<'added' | 'entered'>>;
const folded = new WeakMap<Session, Folded>();

function grouped<K, T>(all: readonly T[], keyOf: (one: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** Whether an area is one of sensitive material, by its chain alone. */
export const isSensitive = ({ log }: Session, area: AreaId): boolean => log.replica(area).access?.kind === 'sensitive';

/** Whether an area was made for a guest, by its chain alone. */
export const isGuests = ({ log }: Session, area: AreaId): boolean => log.replica(area).access?.kind === 'guest';

function foldOf(session: Session): Folded {
  const known = folded.get(session);
  const { facts, identity } = session;
  if (known?.revision === facts.revision) return known;
  // What stands in an area of sensitive material, or of a guest, is no part of any package, whatever it says.
  const ordinary = facts.all().filter(({ area }) => !isSensitive(session, area) && !isGuests(session, area));
  const byId = foldPackages(ordinary, identity);
  const list = [...byId.values()];
  const fresh: Folded = {
    revision: facts.revision,
    packages: list,
    byId,
    packagesOf: grouped(list, (pkg) => pkg.content.case),
    begun: grouped(facts.of('case'), ({ fact }) => fact.case),
    letters: grouped(facts.of('package'), ({ fact }) => fact.case),
    cases: new Map(),
    areas: new Map(),
    sent: new Map(),
    lineages: new Map(),
    filed: null,
  };
  folded.set(session, fresh);
  return fresh;
}

/** Every package this computer knows: those its organisation released, and those that came into its intakes. */
export const packages = (session: Session): readonly PackageState[] => foldOf(session).packages;
export const packageOf = (session: Session, id: PackageId): PackageState | null => foldOf(session).byId.get(id) ?? null;
export const packagesOf = (session: Session, of: CaseId): readonly PackageState[] =>
  foldOf(session).packagesOf.get(of) ?? [];

/**
 * A case as the events of its own areas have it, and the packages that came for it; null where only a package speaks of
 * it. Events count by the place they stand in: anybody can make an area and say there what they like.
 */
export function caseState(session: Session, of: CaseId): CaseState | null {
  const { cases, letters } = foldOf(session);
  const known = cases.get(of);
  if (known !== undefined) return known;
  const events = areasOf(session, of).flatMap(({ area }) => session.facts.inArea(area));
  const state = foldCase(of, [...events, ...(letters.get(of) ?? [])], lateFiles(events));
  cases.set(of, state);
  return state;
}

/** Of each content the newest sending from here that stands; null: it never went anywhere. */
export function sentOf(session: Session, of: CaseId, sha256: Hash): Sent | null {
  const { sent } = foldOf(session);
  const known = sent.get(of) ?? new Map(allSent(packagesOf(session, of)).map((one) => [one.sha256, one]));
  sent.set(of, known);
  return known.get(sha256) ?? null;
}

/** What replaced what, and what was made from what; null of a version that this case does not know. */
export function lineageOf(session: Session, of: CaseId, version: VersionId): Lineage | null {
  const { lineages } = foldOf(session);
  const known = lineages.get(of) ?? lineagesOf(caseState(session, of), packagesOf(session, of));
  lineages.set(of, known);
  return known.get(version) ?? null;
}

export interface CaseArea {
  readonly area: OrdinaryArea;
  readonly kind: 'working papers' | 'case file';
  readonly begun: Logged<FactOf<'case'>>;
}

/**
 * The areas of a case. Whoever knows its id can make an area that says it belongs to it and grant it to us, so it is asked
 * whose the area is: Working papers are read by our own organisation alone, a Case file is the releasing organisation's.
 */
export function areasOf(session: Session, of: CaseId): readonly CaseArea[] {
  const { areas } = foldOf(session);
  const known = areas.get(of);
  if (known) return known;
  const found = findAreas(session, of);
  areas.set(of, found);
  return found;
}

function findAreas(session: Session, of: CaseId): readonly CaseArea[] {
  const all = inOneOrder(foldOf(session).begun.get(of) ?? []);
  // Where this person's access has ended there is nothing to show, whatever lies on the disk.
  const begun = all.filter(({ area }) => !isOver(session, session.log.replica(area)));
  const working = begun.filter((f) => isWorkingPapers(session, f));
  const shared = begun.filter((f) => isCaseFile(session, f, working));
  return [
    // Their chains were asked, just above: neither is of sensitive material.
    ...working.map((f) => ({ area: f.area as OrdinaryArea, kind: 'working papers' as const, begun: f })),
    ...shared.map((f) => ({ area: f.area as OrdinaryArea, kind: 'case file' as const, begun: f })),
  ];
}

function isWorkingPapers(session: Session, { area, org, fact }: Begun): boolean {
  const { access } = session.log.replica(area);
  const { org: own } = session.identity;
  if (access?.kind !== 'working papers' || fact.source !== null) return false;
  return access.owner === own && org === own && [...access.seats.values()].every((grant) => grant.org === own);
}

/** Ours, from our Working papers; or of an organisation that sent us a package of the case and promised one. */
function isCaseFile(session: Session, { area, org, fact }: Begun, working: readonly Begun[]): boolean {
  const { access } = session.log.replica(area);
  if (access?.kind !== 'case file' || fact.source === null || access.owner !== org) return false;
  if (working.length > 0) return org === session.identity.org && working.some((f) => f.area === fact.source);
  const promised = packagesOf(session, fact.case).filter((p) => p.content.caseFile !== null);
  return promised.length === 0 || promised.some((p) => p.content.from.org === org);
}

/** The case that an area belongs to. */
export const caseOfArea = (session: Session, area: AreaId): CaseId | null =>
  allCases(session).find((of) => areasOf(session, of).some((one) => one.area === area)) ?? null;

export interface CaseFile extends CaseArea {
  readonly made: Made | null;
  readonly standing: Standing;
}

/** The Case files that a case has had, in the one order. What other organisation reads one, its chain says. */
export function caseFilesOf(session: Session, of: CaseId): readonly CaseFile[] {
  return areasOf(session, of).flatMap((area) => {
    if (area.kind !== 'case file') return [];
    const made = madeOf(area.begun, session.facts.inArea(area.area));
    const by = made?.release === undefined ? null : packageOf(session, made.release);
    const others = [...session.log.replica(area.area).history.since].filter(([org]) => org !== area.begun.org);
    const since = others.length > 0 ? Math.min(...others.map(([, at]) => at)) : null;
    return [{ ...area, made, standing: standingOf(since, made, by) }];
  });
}
/** The Case file that counts now. */
export const caseFileOf = (session: Session, of: CaseId): CaseFile | null => currentOf(caseFilesOf(session, of));

/** Our packages that stand and whose files belong in that Case file: each was released with the word that its text goes live. */
export function fedInto(session: Session, of: CaseId): readonly PackageState[] {
  const org = caseFileOf(session, of)?.made?.with.org;
  return packagesOf(session, of).filter(
    ({ side, withdrawn, content }) =>
      side === 'sender' && !withdrawn && content.caseFile !== null && content.to.org === org,
  );
}

/** A place of a case to write in. A Case file that was closed is none: the other organisation never reads it. */
export function areaOf(session: Session, of: CaseId, kind: CaseArea['kind']): CaseArea | null {
  if (kind === 'working papers') return areasOf(session, of).find((area) => area.kind === kind) ?? null;
  const file = caseFileOf(session, of);
  return file && file.standing.is !== 'closed' ? file : null;
}

/** Every case this computer knows anything of. */
export function allCases(session: Session): readonly CaseId[] {
  const begunHere = [...foldOf(session).begun.keys()].filter((of) => areasOf(session, of).length > 0);
  return [...new Set([...begunHere, ...packages(session).map((p) => p.content.case)])];
}

/** The area in which a package was frozen (sender) or into which it came (receiver). */
export const areaOfPackage = (session: Session, pkg: PackageState): AreaId | null =>
  session.facts.get(pkg.entry)?.area ?? null;

/** The events that filed a case's files, without those that were refused. */
export function filedIn(session: Session, of: CaseId): readonly Filed[] {
  const refused = new Set(caseState(session, of)?.refused.map((r) => r.hash));
  return areasOf(session, of).flatMap(({ area }) =>
    session.facts
      .inArea(area)
      .filter((f): f is Filed => (isFact(f, 'added') || isFact(f, 'entered')) && !refused.has(f.hash)),
  );
}

/** Who filed a version, and where: as it was added where this computer knows that. */
export function filedAs(session: Session, version: VersionId): Filed | null {
  const fold = foldOf(session);
  fold.filed ??= new Map(
    allCases(session)
      .flatMap((of) => filedIn(session, of))
      .sort((a, b) => Number(isFact(a, 'added')) - Number(isFact(b, 'added')))
      .map((f) => [f.fact.file.content.version, f]),
  );
  return fold.filed.get(version) ?? null;
}

/** A frozen file by its version, wherever it is known from. */
export function fileOf(session: Session, version: VersionId): FileRecord | null {
  const filed = filedAs(session, version);
  if (filed) return filed.fact.file;
  return (
    packages(session)
      .flatMap((p) => p.content.files)
      .find((file) => file.content.version === version) ?? null
  );
}

/**
 * Whether a file of a package is the one that this computer knows under its version. A version's content never changes:
 * one that comes under a known id with another content is signed for by nobody, and never stands in for the first.
 */
export const isGenuine = (session: Session, { content }: FileRecord): boolean =>
  fileOf(session, content.version)?.content.sha256 === content.sha256;

/** Whether who sent a version here said that it was in error: it is opened no more, also before it is destroyed. */
export const isTakenFromUs = (session: Session, version: VersionId): boolean =>
  packages(session).some(
    ({ side, files }) =>
      side === 'receiver' && files.some(({ file, inError }) => file.content.version === version && inError !== null),
  );
