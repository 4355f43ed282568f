/**
 * One case, from the events of its areas: what it is, its areas, its items with their versions in order, and which
 * packages carry which version. A pure fold over facts in the one order; what is not known here (an area, a package) is left
 * open, never guessed.
 */
import type { AreaId, CaseId, Hash, ItemId, PackageId, VersionId } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';
import type { CaseKind, FileRecord, PackageContent, Party } from './events.ts';
import type { FactOf, Logged, Refused } from './logged.ts';
import { inOneOrder, isFact, isOwnWord } from './logged.ts';
import { isPermitted } from './work/permissions/sharing.ts';

export type Made = Pick<FactOf<'case file'>, 'with' | 'release' | 'at'>;
export interface AreaState {
  readonly area: AreaId;
  /** An area without a source is where the case began. */
  readonly kind: 'working papers' | 'case file';
  readonly source: AreaId | null;
  readonly by: Party;
  readonly at: Millis;
  /** A Case file: for whom it was made, and by which release. What has become of it, `caseFile.ts` says. */
  readonly made: Made | null;
}
export interface VersionState {
  readonly version: VersionId;
  /** 1 for an item's first; as its own organisation counts, where this computer holds not all of them. */
  readonly number: number;
  readonly file: FileRecord;
  readonly by: Party;
  readonly at: Millis;
  readonly area: AreaId;
  readonly entry: Hash;
  /** The packages that carry it, and the organisations they went to. */
  readonly packages: readonly PackageId[];
  readonly releasedTo: readonly string[];
}
export interface ItemState {
  readonly item: ItemId;
  readonly versions: readonly VersionState[];
}
export interface CaseState {
  readonly case: CaseId;
  readonly kind: CaseKind;
  readonly begun: Millis;
  readonly areas: readonly AreaState[];
  /** In the order in which they were first added. */
  readonly items: readonly ItemState[];
  readonly packages: readonly PackageId[];
  readonly refused: readonly Refused[];
}

type Begun = Logged<FactOf<'case'>>;
type Filed = Logged<FactOf<'added' | 'entered'>>;

/** What packages say, each by its own sender; the first under an id stands. */
function contentsOf(ordered: readonly Logged[], of: CaseId): ReadonlyMap<PackageId, PackageContent> {
  const contents = new Map<PackageId, PackageContent>();
  for (const logged of ordered) {
    const content =
      logged.fact.is === 'released' ? logged.fact.content : logged.fact.is === 'package' ? logged.fact : null;
    if (content?.case === of && content.from.org === logged.org && isOwnWord(logged) && !contents.has(content.package))
      contents.set(content.package, content);
  }
  return contents;
}

/** What the maker of a Case file said of it there; the first such word stands, and nobody else's counts. */
export function madeOf(area: Pick<Begun, 'area' | 'org'>, inArea: readonly Logged[]): Made | null {
  const said = inArea.find(
    (logged) =>
      isFact(logged, 'case file') &&
      logged.area === area.area &&
      logged.fact.area === area.area &&
      logged.org === area.org,
  );
  return said && isFact(said, 'case file') ? said.fact : null;
}

const areasOf = (begun: readonly Begun[], ordered: readonly Logged[]): AreaState[] =>
  begun.map((first) => ({
    area: first.area,
    kind: first.fact.source === null ? 'working papers' : 'case file',
    source: first.fact.source,
    by: first.fact.by,
    at: first.time,
    made: madeOf(first, ordered),
  }));

/** Why a file does not count as filed; null where it does. A file enters the Case file by a release and in no other way. */
function judge(
  logged: Filed,
  began: Begun | undefined,
  contents: ReadonlyMap<PackageId, PackageContent>,
): Refused['why'] | null {
  if (!isOwnWord(logged)) return 'not its author';
  if (!isPermitted(logged)) return 'not permitted';
  if (!isFact(logged, 'entered')) return began?.fact.source === null ? null : 'not theirs to say';
  const content = contents.get(logged.fact.package);
  if (!content) return null; // its package is in an intake that this device does not read
  if (content.from.org !== logged.org) return 'not theirs to say';
  const { version, sha256 } = logged.fact.file.content;
  return content.files.some((file) => file.content.version === version && file.content.sha256 === sha256)
    ? null
    : 'another content';
}

/** `late`: files that were filed while the case was closed, and do not count before it is reopened. */
export function foldCase(of: CaseId, all: readonly Logged[], late: ReadonlySet<Hash> = new Set()): CaseState | null {
  const ordered = inOneOrder(all);
  const begun = new Map<AreaId, Begun>();
  for (const logged of ordered)
    if (isFact(logged, 'case') && logged.fact.case === of && isOwnWord(logged) && !begun.has(logged.area))
      begun.set(logged.area, logged);
  const [first] = begun.values();
  if (!first) return null;
  const contents = contentsOf(ordered, of);
  const refused: Refused[] = [];
  const items = new Map<ItemId, VersionState[]>();
  const seen = new Set<VersionId>();
  for (const logged of ordered) {
    if (!begun.has(logged.area) || (!isFact(logged, 'added') && !isFact(logged, 'entered'))) continue;
    const why = judge(logged, begun.get(logged.area), contents) ?? (late.has(logged.hash) ? 'case closed' : null);
    if (why) refused.push({ hash: logged.hash, org: logged.org, why });
    const { file, by, at } = logged.fact;
    const { version } = file.content;
    if (why || seen.has(version)) continue;
    seen.add(version);
    const versions = items.get(file.item) ?? [];
    items.set(file.item, versions);
    const carriers = [...contents.values()].filter((content) =>
      content.files.some((one) => one.content.version === version),
    );
    versions.push({
      version,
      number: Math.max((versions.at(-1)?.number ?? 0) + 1, file.number ?? 0),
      file,
      by,
      at,
      area: logged.area,
      entry: logged.hash,
      packages: carriers.map((content) => content.package),
      releasedTo: [...new Set(carriers.map((content) => content.to.orgName))],
    });
  }
  return {
    case: of,
    kind: first.fact.kind,
    begun: first.time,
    areas: areasOf([...begun.values()], ordered),
    items: [...items].map(([item, versions]) => ({ item, versions })),
    packages: [...contents.keys()],
    refused,
  };
}
