/**
 * A case without what is sensitive: what leaves Joinder unless somebody who may asks for more. Rows of material that anybody
 * says are sensitive go, forms that list such material (MG6D), the files of either, and every reference to them. A row of
 * which nobody can read what it is goes too: default deny.
 */
import { LIST_NAMES, fieldsOf } from '../formats/index.ts';
import type { Row } from '../formats/index.ts';
import type { CaseSnapshot } from '../snapshot/schema.ts';
import { keptText } from '../snapshot/values.ts';

/** Material that nobody says is sensitive. Only `asNonSensitive` makes it. */
export type NonSensitive = Row<'material'> & { readonly sensitivity?: 'non-sensitive' };

/** Whether nobody says that a row of material is sensitive, in words that this version reads. */
export function asNonSensitive(row: Row<'material'>, { conflicts, unread }: CaseSnapshot): row is NonSensitive {
  const path = `material/${row.id}/sensitivity`;
  const said = conflicts.find((one) => one.path === path)?.values ?? [];
  return row.sensitivity !== 'sensitive' && !Object.hasOwn(unread, path) && said.every((one) => one !== 'sensitive');
}

type Plain = Readonly<Record<string, unknown>> & { readonly id: string };

/** `withheld`: items of files that belong to sensitive material kept elsewhere. */
export function withoutSensitive(snapshot: CaseSnapshot, withheld: ReadonlySet<string> = new Set()): CaseSnapshot {
  const rows = snapshot.material.filter((row) => !asNonSensitive(row, snapshot));
  const forms = snapshot.documents.filter(({ form }) => form === 'MG6D');
  const gone = new Set<string>([
    ...withheld,
    ...rows.flatMap(({ id, file }) => (file === undefined ? [id] : [id, file])),
    ...forms.map(({ id }) => id),
  ]);
  if (gone.size === 0) return snapshot;
  const versions = new Set(snapshot.files.filter(({ item }) => gone.has(item)).map(({ version }) => version));
  const lists = Object.fromEntries(
    LIST_NAMES.map((list) => [
      list,
      (snapshot[list] as readonly Plain[]).filter(({ id }) => !gone.has(id)).map((row) => unlinked(list, row, gone)),
    ]),
  );
  const isLeft = (path: string): boolean => !gone.has(path.split('/')[1] ?? '');
  return {
    ...snapshot,
    ...lists,
    files: snapshot.files.filter(({ item }) => !gone.has(item)),
    packages: snapshot.packages.map((pkg) => ({ ...pkg, files: pkg.files.filter((one) => !versions.has(one)) })),
    conflicts: snapshot.conflicts.filter(({ path }) => isLeft(path)),
    newer: snapshot.newer.filter(isLeft),
    unread: Object.fromEntries(Object.entries(snapshot.unread).filter(([path]) => isLeft(path))),
  };
}

/** A row with its references to what is gone taken out. */
function unlinked(list: (typeof LIST_NAMES)[number], row: Plain, gone: ReadonlySet<string>): Plain {
  const refs = fieldsOf(list).filter(({ key, to }) => to !== undefined && row[key] !== undefined);
  if (refs.length === 0) return row;
  const kept = Object.fromEntries(
    refs.flatMap(({ key, type }) => {
      const ids = (keptText(row[key]) ?? '').split(' ').filter((id) => id !== '' && !gone.has(id));
      return ids.length === 0 ? [] : [[key, type === 'refs' ? ids : ids[0]]];
    }),
  );
  const keys = new Set(refs.map(({ key }) => key));
  return { ...Object.fromEntries(Object.entries(row).filter(([key]) => !keys.has(key))), ...kept, id: row.id };
}
