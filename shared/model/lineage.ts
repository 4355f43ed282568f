/**
 * What replaced what, and what was made from what: of each version its item's versions in order, and the copies that
 * derive from it. Pure; from what a case's own areas say, and of items that only packages brought, from those.
 */
import type { ItemId, VersionId } from '../primitives/ids.ts';
import type { Millis } from '../primitives/units.ts';
import type { CaseState } from './foldCase.ts';
import type { FileRecord, Origin } from './events.ts';
import type { PackageState } from './foldPackage.ts';

export interface Relative {
  readonly version: VersionId;
  readonly number: number;
  readonly file: FileRecord;
  readonly by: string;
  readonly at: Millis;
}
export interface Lineage {
  readonly number: number;
  /** All known versions of its item, the first first. */
  readonly versions: readonly Relative[];
  /** The number of the newest, where that is another. */
  readonly replacedBy: number | null;
  /** How it came to be; `of` is null where this computer does not know what it was made from. */
  readonly origin: { readonly how: Origin; readonly of: Relative | null } | null;
  /** Copies that were made from it, each an item of its own. */
  readonly copies: readonly Relative[];
}

type Packages = readonly Pick<PackageState, 'content'>[];

/** By item, the versions in order. A case's own facts come before what packages say of the same version. */
function itemsOf(state: CaseState | null, packages: Packages): ReadonlyMap<ItemId, readonly Relative[]> {
  const items = new Map<ItemId, Relative[]>();
  for (const { item, versions } of state?.items ?? [])
    items.set(
      item,
      versions.map(({ version, number, file, by, at }) => ({ version, number, file, by: by.personName, at })),
    );
  for (const { content } of packages)
    for (const file of content.files) {
      const known = items.get(file.item) ?? [];
      items.set(file.item, known);
      const { version } = file.content;
      if (known.some((one) => one.version === version)) continue;
      const number = file.number ?? (known.at(-1)?.number ?? 0) + 1;
      known.push({ version, number, file, by: content.from.personName, at: content.at });
      known.sort((a, b) => a.number - b.number);
    }
  return items;
}

export function lineagesOf(state: CaseState | null, packages: Packages): ReadonlyMap<VersionId, Lineage> {
  const items = itemsOf(state, packages);
  const known = new Map([...items.values()].flat().map((one) => [one.version, one]));
  const copies = new Map<VersionId, Relative[]>();
  for (const one of known.values()) {
    const { origin } = one.file;
    if (origin && origin.how !== 'new version') copies.set(origin.from, [...(copies.get(origin.from) ?? []), one]);
  }
  return new Map(
    [...items.values()].flatMap((versions) =>
      versions.map(({ version, number, file: { origin } }): [VersionId, Lineage] => {
        const newest = versions.at(-1);
        return [
          version,
          {
            number,
            versions,
            replacedBy: newest && newest.version !== version ? newest.number : null,
            origin: origin ? { how: origin.how, of: known.get(origin.from) ?? null } : null,
            copies: copies.get(version) ?? [],
          },
        ];
      }),
    ),
  );
}
