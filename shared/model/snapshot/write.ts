/**
 * Writing a snapshot's record into a fresh document, by value: the inverse of read.ts for fields and rows, as the act of
 * whoever imports it. What this version does not understand is written as well, as text, so that it is kept and passed on.
 */
import type * as Y from 'yjs';
import { ROW_ID } from '../formats/check.ts';
import { LIST_NAMES, fieldsOf } from '../formats/index.ts';
import { addItems, itemField } from '../list.ts';
import { recordRoot } from '../record.ts';
import type { Author, Root } from '../register.ts';
import { inOneStep, setField } from '../register.ts';
import type { CaseSnapshot } from './schema.ts';
import { SNAPSHOT_KEYS } from './schema.ts';
import { BESIDE, isPathKey, keptText } from './values.ts';

/** From the item ids of the snapshot to those that its files have here. */
export type NewItems = ReadonlyMap<string, string>;

type Row = Readonly<Record<string, unknown>>;

const toItems = new Map<string, ReadonlySet<string>>(
  LIST_NAMES.map((list) => [
    list,
    new Set(fieldsOf(list).flatMap((field) => (field.to?.includes('files') ? [field.key] : []))),
  ]),
);

/** The texts of a row, with its files under the ids they have here. */
function textsOf(row: Row, files: ReadonlySet<string>, items: NewItems): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(row)) {
    const text = !isPathKey(key) ? null : keptText(value);
    if (text === null || text === '') continue;
    texts[key] = files.has(key) ? (items.get(text) ?? text) : text;
  }
  return texts;
}

/** Writes case, rows and what is not understood of them. The document should be a fresh one. */
export function writeSnapshot(doc: Y.Doc, snapshot: CaseSnapshot, author: Author, items: NewItems = new Map()): void {
  const root = recordRoot(doc);
  inOneStep(root, () => {
    for (const [key, text] of Object.entries(textsOf(snapshot.case, new Set(), items)))
      setField(root, key, text, author, []);
    for (const [list, rows] of Object.entries(snapshot)) {
      const isList = toItems.has(list) || (!SNAPSHOT_KEYS.has(list) && isPathKey(list) && isRows(rows));
      if (isList) writeRows(root, list, rows as readonly Row[], items, author);
      else if (!SNAPSHOT_KEYS.has(list) && isPathKey(list) && rows !== undefined)
        setField(root, itemField(BESIDE.list, BESIDE.row, list), JSON.stringify(rows), author, []);
    }
    for (const [path, value] of Object.entries(snapshot.unread)) writeUnread(root, path, value, items, author);
  });
}

const isRows = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((row: unknown) => {
    const { id } = (typeof row === 'object' && row !== null ? row : {}) as { readonly id?: unknown };
    return typeof id === 'string' && ROW_ID.test(id);
  });

function writeRows(root: Root, list: string, rows: readonly Row[], items: NewItems, author: Author): void {
  const files = toItems.get(list) ?? new Set<string>();
  const made = rows.map((row) => {
    const id = String(row['id']);
    return { id: list === 'documents' ? (items.get(id) ?? id) : id, values: textsOf(row, files, items) };
  });
  addItems(root, list, made, author);
}

function writeUnread(root: Root, path: string, value: unknown, items: NewItems, author: Author): void {
  const text = keptText(value);
  const [list = '', id, key, ...rest] = path.split('/');
  if (text === null || text === '' || rest.length > 0 || id === undefined || !ROW_ID.test(id)) return;
  if (list === 'case') {
    if (isPathKey(id) && key === undefined) setField(root, id, text, author, []);
  } else if (key !== undefined && isPathKey(key) && isPathKey(list)) {
    const row = list === 'documents' ? (items.get(id) ?? id) : id;
    setField(root, itemField(list, row, key), text, author, []);
  }
}
