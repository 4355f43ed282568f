/**
 * What of a case record another organisation may see, and writing that by value into a document of theirs. Default deny:
 * only what the tables know, only as far as each field may reach, only rows whose file that organisation is given, and of
 * references only those to what they see as well. Sensitive material never goes this way. Nothing replaced, removed or
 * unknown comes along, and no client of the source.
 */
import * as Y from 'yjs';
import type { ListName } from './formats/index.ts';
import { LIST_NAMES, byList, isListName } from './formats/index.ts';
import { addItems } from './list.ts';
import type { CaseRecord, FieldValue, RecordItem } from './record.ts';
import { readRecord, recordRoot } from './record.ts';
import type { Author, Claim, Root } from './register.ts';
import { inOneStep, setField } from './register.ts';

export interface Audience {
  /** The item ids of the files that it is given, by this release or an earlier one. */
  readonly items: ReadonlySet<string>;
  /** Police and prosecution work on a case together; any other organisation sees less of it. */
  readonly team: boolean;
}

/** Every value that stands, of a conflict each: what one of them forbids stays here. */
const standing = (item: RecordItem, key: string): string[] =>
  (item.fields.get(key)?.values ?? []).map((claim) => claim.value).filter((value) => value !== '');

/** Whether the files that a row stands for are given, and there is one. */
function filesGiven(item: RecordItem, { items }: Audience): 'none' | 'given' | 'kept' {
  const files = item.list === 'documents' ? [item.id] : standing(item, 'file');
  if (files.length === 0) return 'none';
  return files.every((file) => items.has(file)) ? 'given' : 'kept';
}

function mayCross(item: RecordItem, audience: Audience): boolean {
  const files = filesGiven(item, audience);
  switch (item.list) {
    case 'documents':
    case 'statements':
      return files === 'given';
    case 'exhibits':
      // A thing has no file; anything else is listed when its file is given.
      return files === 'given' || (files === 'none' && all(standing(item, 'media'), 'object'));
    case 'material':
      return files !== 'kept' && all(standing(item, 'sensitivity'), 'non-sensitive');
    default:
      return files !== 'kept';
  }
}

const all = (values: readonly string[], wanted: string): boolean =>
  values.length > 0 && values.every((value) => value === wanted);

const reaches = ({ field }: FieldValue, audience: Audience): boolean =>
  field.reach === 'partner' || (field.reach === 'team' && audience.team);

/** A field with its references to what the audience does not see taken out. */
function withoutUnseen(value: FieldValue, isSeen: (target: string, id: string) => boolean): FieldValue {
  const { to } = value.field;
  if (!to) return value;
  const values = value.values.flatMap((claim): Claim[] => {
    if (claim.value === '') return [claim]; // taken out by a person
    const ids = claim.value.split(' ').filter((id) => to.some((target) => isSeen(target, id)));
    return ids.length === 0 ? [] : [{ ...claim, value: ids.join(' ') }];
  });
  return { ...value, values };
}

/** The part of a record that an audience may see; what it may not is absent, not empty. */
export function visibleTo(record: CaseRecord, audience: Audience): CaseRecord {
  const rows = byList((list) => record.lists[list].filter((item) => mayCross(item, audience)));
  const ids = byList((list) => new Set(rows[list].map((item) => item.id)));
  const isSeen = (target: string, id: string): boolean =>
    target === 'files' ? audience.items.has(id) : isListName(target) ? ids[target].has(id) : true;
  const visible = (fields: ReadonlyMap<string, FieldValue>): Map<string, FieldValue> =>
    new Map(
      [...fields]
        .filter(([, value]) => reaches(value, audience))
        .map(([key, value]) => [key, withoutUnseen(value, isSeen)]),
    );
  const lists = byList((list) =>
    rows[list].map((item) => ({ ...item, fields: visible(item.fields) })).filter((item) => item.fields.size > 0),
  );
  const fields = visible(record.fields);
  const left = [
    ...fields.values(),
    ...LIST_NAMES.flatMap((list) => lists[list].flatMap((item) => [...item.fields.values()])),
  ];
  return {
    fields,
    lists,
    removed: byList(() => []),
    conflicts: left.filter((value) => value.values.length > 1),
    newer: new Map(),
  };
}

function writeFields(root: Root, fields: ReadonlyMap<string, FieldValue>, author: Author): void {
  for (const { path, values } of fields.values())
    for (const claim of values) setField(root, path, claim.value, author, []);
}

/** Writes rows at the end of a list, each under its own id, with every value that stands. */
export function writeRows(root: Root, list: ListName, items: readonly RecordItem[], author: Author): void {
  addItems(
    root,
    list,
    items.map(({ id }) => ({ id, values: {} })),
    author,
  );
  for (const item of items) writeFields(root, item.fields, author);
}

/**
 * Publishes a record by value into a fresh document: current values under fresh keys, as the publisher's own. Both values
 * of a conflict go along, so that nothing is chosen in silence.
 */
export function copyRecord(from: Y.Doc | Uint8Array, to: Y.Doc, audience: Audience, author: Author): void {
  const record = visibleTo(readRecord(from instanceof Uint8Array ? documentOf(from) : from), audience);
  const root = recordRoot(to);
  inOneStep(root, () => {
    writeFields(root, record.fields, author);
    for (const list of LIST_NAMES) writeRows(root, list, record.lists[list], author);
  });
}

function documentOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}
