/**
 * The case record in its document (`doc.getMap('record')`): reading it with every conflict, and writing a new one. The
 * tables of formats/ say what is known: what a later version wrote stays in the document and is named in `newer`.
 */
import type * as Y from 'yjs';
import type { NewCase } from '../ipc/worker.ts';
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';
import { checkField } from './formats/check.ts';
import type { Field } from './formats/field.ts';
import type { ListName } from './formats/index.ts';
import { CASE_FIELDS, LISTS, LIST_NAMES, byList, fieldsOf, isListName } from './formats/index.ts';
import type { ListItem } from './list.ts';
import { addItem, itemField, readLists } from './list.ts';
import type { Author, Claim, Root } from './register.ts';
import { inOneStep, readFields, setField } from './register.ts';

export { SUMMARY_FIELD, copySummary, summaryText } from './summary.ts';

export const recordRoot = (doc: Y.Doc): Root => doc.getMap('record');

export interface FieldValue {
  /** The whole path, as `setField` takes it. */
  readonly path: string;
  readonly field: Field;
  /** Oldest first; none: never set; more than one: a conflict, until a person chooses. */
  readonly values: readonly Claim[];
}
export interface RecordItem {
  readonly id: string;
  readonly list: ListName;
  /** As people call it: name, or an offence's wording. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldValue>;
  readonly removedMeanwhile: Claim | null;
  readonly placed: boolean;
}
export interface CaseRecord {
  readonly fields: ReadonlyMap<string, FieldValue>;
  readonly lists: Readonly<Record<ListName, readonly RecordItem[]>>;
  /** The ids of rows that somebody took off their list. */
  readonly removed: Readonly<Record<ListName, readonly string[]>>;
  readonly conflicts: readonly FieldValue[];
  /** Paths that a newer version of Joinder wrote, and what stands there: kept, not understood. */
  readonly newer: ReadonlyMap<string, string>;
}

const known = (
  fields: readonly Field[],
  claims: ReadonlyMap<string, readonly Claim[]>,
  path: (key: string) => string,
): Map<string, FieldValue> =>
  new Map(fields.map((field) => [field.key, { path: path(field.key), field, values: claims.get(field.key) ?? [] }]));

/** The value to show, within its limit: the latest, where there are several; empty where there is none. */
export function valueOf(fields: ReadonlyMap<string, FieldValue>, key: string): string {
  const found = fields.get(key);
  return found?.values.at(-1)?.value.slice(0, found.field.limit) ?? '';
}

function nameOf(called: readonly string[], fields: ReadonlyMap<string, FieldValue>): string {
  const family = valueOf(fields, 'family');
  if (family !== '') return [family, valueOf(fields, 'given')].filter((part) => part !== '').join(', ');
  return called.map((key) => valueOf(fields, key)).find((value) => value !== '') ?? '';
}

function itemOf(list: ListName, item: ListItem): RecordItem {
  const fields = known(fieldsOf(list), item.fields, (key) => itemField(list, item.id, key));
  const name = nameOf(LISTS[list].called, fields);
  return { id: item.id, list, name, fields, removedMeanwhile: item.removedMeanwhile, placed: item.placed };
}

const CASE_KEYS: ReadonlySet<string> = new Set(CASE_FIELDS.map((field) => field.key));
const ROW_KEYS = byList(
  (list): ReadonlySet<string> => new Set(['position', 'removed', ...fieldsOf(list).map((field) => field.key)]),
);

function isKnown(path: string): boolean {
  const [list = '', id, key, ...rest] = path.split('/');
  if (id === undefined) return CASE_KEYS.has(list);
  return rest.length === 0 && key !== undefined && isListName(list) && ROW_KEYS[list].has(key);
}

export function readRecord(doc: Y.Doc): CaseRecord {
  const claims = readFields(recordRoot(doc));
  const read = readLists(claims);
  const fields = known(CASE_FIELDS, claims, (key) => key);
  const lists = byList((list) => (read.get(list)?.items ?? []).map((item) => itemOf(list, item)));
  const all = [
    ...fields.values(),
    ...LIST_NAMES.flatMap((list) => lists[list].flatMap((item) => [...item.fields.values()])),
  ];
  const newer = [...claims].filter(([path]) => !isKnown(path)).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    fields,
    lists,
    removed: byList((list) => read.get(list)?.removed ?? []),
    conflicts: all.filter((value) => value.values.length > 1),
    newer: new Map(newer.map(([path, values]) => [path, values.at(-1)?.value ?? ''])),
  };
}

/** What is wrong with one value of a new case: where, and a sentence. */
export interface Fault {
  readonly path: string;
  readonly sentence: string;
}
interface Draft {
  readonly own: Record<string, string>;
  readonly items: { readonly list: ListName; readonly values: Record<string, string> }[];
}

function draftOf(made: NewCase): Draft {
  return {
    own: { title: made.title, urn: made.urn ?? '', kind: made.kind, officer: made.officer, marking: 'OFFICIAL' },
    items: [
      ...made.suspects.map(({ name, born }) => ({ list: 'suspects' as const, values: { name, born: born ?? '' } })),
      ...made.offences.map(({ code, wording, date, place }) => ({
        list: 'offences' as const,
        values: { code, wording, from: date ?? '', place },
      })),
      ...made.people.map(({ role, name }) => ({
        list: role === 'victim' ? ('victims' as const) : ('witnesses' as const),
        values: { name },
      })),
    ],
  };
}

function checkAll(
  fields: readonly Field[],
  values: Record<string, string>,
  where: string,
  faults: Fault[],
): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const field of fields) {
    const checked = checkField(field, values[field.key] ?? '');
    if (checked.ok) kept[field.key] = checked.value.value;
    else faults.push({ path: where + field.key, sentence: checked.cause });
  }
  return kept;
}

/** Writes a new case's record as one update into a fresh document; with any fault it writes nothing and names each. */
export function writeNewCase(doc: Y.Doc, made: NewCase, author: Author): Result<null, readonly Fault[]> {
  const faults: Fault[] = [];
  const draft = draftOf(made);
  const own = checkAll(CASE_FIELDS, draft.own, '', faults);
  if (own['title'] === '')
    faults.push({ path: 'title', sentence: 'The case has no title. Give it one by which you will find it again.' });
  const items = draft.items.map(({ list, values }, i) => ({
    list,
    values: checkAll(fieldsOf(list), values, `${list}/${i}/`, faults),
  }));
  if (faults.length > 0) return fail(faults);
  const root = recordRoot(doc);
  inOneStep(root, () => {
    for (const [key, value] of Object.entries(own)) if (value !== '') setField(root, key, value, author);
    for (const { list, values } of items) addItem(root, list, values, author);
  });
  return ok(null);
}
