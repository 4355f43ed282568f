/**
 * The case record in its document (`doc.getMap('record')`): reading it with every conflict, writing a new one, and copying
 * its current values to another audience by value. The table of fields.ts is the allow-list: what a later version wrote
 * stays in the document and is named in `newer`, but is neither shown as known nor copied.
 */
import * as Y from 'yjs';
import type { NewCase } from '../ipc/worker.ts';
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';
import type { Field, ListName } from './fields.ts';
import { CASE_FIELDS, LISTS, LIST_NAMES, checkField } from './fields.ts';
import type { ListItem } from './list.ts';
import { addItem, itemField, readList } from './list.ts';
import type { Author, Claim, Root } from './register.ts';
import { inOneStep, readFields, setField } from './register.ts';
import { displayUrn, parseUrn } from './urn.ts';

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
}
export interface CaseRecord {
  readonly fields: ReadonlyMap<string, FieldValue>;
  readonly lists: Readonly<Record<ListName, readonly RecordItem[]>>;
  readonly conflicts: readonly FieldValue[];
  /** Paths that a newer version of Joinder wrote. */
  readonly newer: readonly string[];
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

function nameOf(fields: ReadonlyMap<string, FieldValue>): string {
  const family = valueOf(fields, 'family');
  if (family !== '') return [family, valueOf(fields, 'given')].filter((part) => part !== '').join(', ');
  return valueOf(fields, 'name') || valueOf(fields, 'given') || valueOf(fields, 'wording') || valueOf(fields, 'code');
}

function itemOf(list: ListName, item: ListItem): RecordItem {
  const fields = known(LISTS[list].fields, item.fields, (key) => itemField(list, item.id, key));
  return { id: item.id, list, name: nameOf(fields), fields, removedMeanwhile: item.removedMeanwhile };
}

const OWN = new Set(['position', 'removed']);
function isKnown(path: string): boolean {
  const [list, id, key, ...rest] = path.split('/');
  if (id === undefined) return CASE_FIELDS.some((field) => field.key === list);
  const fields: readonly Field[] = LIST_NAMES.includes(list as ListName) ? LISTS[list as ListName].fields : [];
  return (
    rest.length === 0 &&
    key !== undefined &&
    (fields.some((field) => field.key === key) || (fields.length > 0 && OWN.has(key)))
  );
}

export function readRecord(doc: Y.Doc): CaseRecord {
  const root = recordRoot(doc);
  const claims = readFields(root);
  const fields = known(CASE_FIELDS, claims, (key) => key);
  const read = (list: ListName): RecordItem[] => readList(root, list).map((item) => itemOf(list, item));
  const lists = {
    suspects: read('suspects'),
    offences: read('offences'),
    victims: read('victims'),
    witnesses: read('witnesses'),
  };
  const all = [
    ...fields.values(),
    ...LIST_NAMES.flatMap((list) => lists[list].flatMap((item) => [...item.fields.values()])),
  ];
  return {
    fields,
    lists,
    conflicts: all.filter((value) => value.values.length > 1),
    newer: [...claims.keys()].filter((path) => !isKnown(path)).sort(),
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
    values: checkAll(LISTS[list].fields, values, `${list}/${i}/`, faults),
  }));
  if (faults.length > 0) return fail(faults);
  const root = recordRoot(doc);
  inOneStep(root, () => {
    for (const [key, value] of Object.entries(own)) if (value !== '') setField(root, key, value, author);
    for (const { list, values } of items) addItem(root, list, values, author);
  });
  return ok(null);
}

/**
 * Publishes a record by value into a fresh document: current values under fresh keys, as the publisher's own. Both values
 * of a conflict go along, so that nothing is chosen in silence; what was removed, replaced or never in the table does not.
 */
export function copyRecord(from: Y.Doc | Uint8Array, to: Y.Doc, author: Author): void {
  const record = readRecord(from instanceof Uint8Array ? documentOf(from) : from);
  const root = recordRoot(to);
  const copy = (fields: ReadonlyMap<string, FieldValue>): void => {
    for (const { path, values } of fields.values())
      for (const claim of values) setField(root, path, claim.value, author, []);
  };
  inOneStep(root, () => {
    copy(record.fields);
    for (const list of LIST_NAMES) {
      for (const item of record.lists[list]) {
        addItem(root, list, {}, author, item.id);
        copy(item.fields);
      }
    }
  });
}

function documentOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

export interface Line {
  readonly label: string;
  readonly value: string;
}
/** What a package takes (`packageContent` in events.ts). */
const LINES = 500;
const LINE = 4000;

function said({ field, values }: FieldValue): string {
  const texts = [...new Set(values.map(({ value }) => (field.type === 'urn' ? urnAsRead(value) : value)))];
  return texts.length > 1 ? `${texts.join(' / ')} (${texts.length} values, not yet chosen)` : (texts[0] ?? '');
}
function urnAsRead(kept: string): string {
  const urn = parseUrn(kept);
  return urn.ok ? displayUrn(urn.value) : kept;
}

function itemLine(item: RecordItem, number: number): Line {
  const label = `${LISTS[item.list].one} ${number}`;
  const parts = [...item.fields.values()]
    .filter(({ values }) => values.length > 0)
    .map((value) => `${value.field.label}: ${said(value)}`);
  const text = parts.join('; ');
  return { label, value: text.length <= LINE ? text : `${text.slice(0, LINE - 1)}\u2026` };
}

/** The record as lines, for the copy that travels in a package: a line for each field, each person and each offence. */
export function recordLines(record: CaseRecord): readonly Line[] {
  const own = [...record.fields.values()]
    .filter(({ values }) => values.length > 0)
    .map((value) => ({ label: value.field.label, value: said(value).slice(0, LINE) }));
  const lines = [...own, ...LIST_NAMES.flatMap((list) => record.lists[list].map((item, i) => itemLine(item, i + 1)))];
  if (lines.length <= LINES) return lines;
  return [
    ...lines.slice(0, LINES - 1),
    {
      label: 'Not in this copy',
      value: `${lines.length - LINES + 1} more people or offences; they are in the Case file.`,
    },
  ];
}
