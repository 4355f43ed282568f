/**
 * An exported case whose files come along: its documents, and every field that points at a file, are pointed at new items,
 * because an item of one case is never an item of another. Which file becomes which item is then told by its SHA-256. Pure.
 */
import { LIST_NAMES, fieldsOf } from '../formats/index.ts';
import type { ListName } from '../formats/index.ts';
import type { CaseSnapshot } from '../snapshot/schema.ts';

type Plain = Readonly<Record<string, unknown>> & { readonly id: string };

/** The same case with other ids for its files; `idOf` gives each old id one new one. */
export function withItems(snapshot: CaseSnapshot, idOf: (old: string) => string): CaseSnapshot {
  const isFile = new Set([...snapshot.files.map(({ item }) => item), ...snapshot.documents.map(({ id }) => id)]);
  const renewed = (value: unknown): unknown => {
    if (typeof value === 'string') return isFile.has(value) ? idOf(value) : value;
    return Array.isArray(value) ? value.map(renewed) : value;
  };
  const rowOf = (list: ListName, row: Plain): Plain => {
    const points = fieldsOf(list).filter(({ key, to }) => to?.includes('files') === true && key in row);
    const changed = Object.fromEntries(points.map(({ key }) => [key, renewed(row[key])]));
    return { ...row, ...changed, ...(list === 'documents' && { id: idOf(row.id) }) };
  };
  const lists = Object.fromEntries(
    LIST_NAMES.map((list) => [list, (snapshot[list] as readonly Plain[]).map((row) => rowOf(list, row))]),
  );
  const files = snapshot.files.map((file) => ({ ...file, item: idOf(file.item) }));
  return { ...snapshot, ...lists, files };
}
