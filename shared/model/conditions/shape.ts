/**
 * Owns what a path in a condition may name: the fields of the tables of formats, the facts of a snapshot, and which field
 * refers to rows of which list. A path that is not here is a fault of the rule, found when rules are loaded and not when a
 * case is judged.
 */
import { assertNever } from '../../primitives/result.ts';
import type { Field } from '../formats/field.ts';
import { endingOf } from '../formats/fileName.ts';
import { CASE_FIELDS, LIST_NAMES, fieldsOf } from '../formats/index.ts';

/** What stands at a field. `open`: a list of the work, whose rows may hold anything. */
export type Kind = 'text' | 'date' | 'time' | 'yes-no' | 'number' | 'texts' | 'open' | Refs;
export interface Refs {
  readonly to: readonly string[];
  readonly many: boolean;
}
type Row = Readonly<Record<string, Kind>>;

function kindOfField({ type, to = [] }: Field): Kind {
  switch (type) {
    case 'text':
    case 'long text':
    case 'choice':
    case 'urn':
    case 'marking':
      return 'text';
    case 'date':
    case 'time':
    case 'yes-no':
    case 'number':
      return type;
    case 'ref':
    case 'refs':
      return { to, many: type === 'refs' };
    default:
      return assertNever(type);
  }
}

const rowOf = (fields: readonly Field[]): Row => ({
  id: 'text',
  ...Object.fromEntries(fields.map((field) => [field.key, kindOfField(field)])),
});
const fields = (kind: Kind, ...keys: string[]): Row => Object.fromEntries(keys.map((key) => [key, kind]));

/** The case itself: one row. */
export const CASE_ROW: Row = rowOf(CASE_FIELDS);

/** Every list of a case by name. Rows of `files` are named by `item`, all others by `id`. */
export const LIST_ROWS: Readonly<Record<string, Row>> = {
  ...Object.fromEntries(LIST_NAMES.map((list) => [list, rowOf(fieldsOf(list))])),
  // A document is what a file is, and bears its id.
  documents: { ...rowOf(fieldsOf('documents')), id: { to: ['files'], many: false } },
  files: {
    ...fields('text', 'item', 'version', 'name', 'type', 'sha256', 'addedBy'),
    ...fields('number', 'number', 'bytes'),
    ...fields('texts', 'found', 'releasedTo'),
    added: 'date',
    // What the file is, as its row of `documents` says.
    document: { to: ['documents'], many: false },
    // What its name ends in.
    ending: 'text',
  },
  packages: {
    ...fields('text', 'id', 'to', 'purpose', 'urgency', 'state'),
    ...fields('date', 'released', 'delivered', 'opened', 'decided', 'respondBy'),
    ...fields('texts', 'files', 'reasons'),
  },
  conflicts: { path: 'text', values: 'texts' },
};

/** A field that no row has, and that follows from another: a file's document bears the file's id. */
const DERIVED: Readonly<Record<string, Readonly<Record<string, (row: Readonly<Record<string, unknown>>) => unknown>>>> =
  {
    files: {
      document: ({ item }) => item,
      ending: ({ name }) => (typeof name === 'string' ? endingOf(name) : undefined),
    },
  };

/** What stands at a key of a list's row; undefined where nothing does. */
export function valueAt(list: string | null, row: Readonly<Record<string, unknown>>, key: string): unknown {
  const derived = list !== null && Object.hasOwn(DERIVED, list) ? DERIVED[list] : undefined;
  if (derived && Object.hasOwn(derived, key)) return derived[key]?.(row);
  return Object.hasOwn(row, key) ? row[key] : undefined;
}

/** What a path may begin with besides a list and a name that the condition itself gives: single values. */
export const ROOT_VALUES: Row = { on: 'date', stage: 'text', summary: 'text', newer: 'texts' };

export const isRefs = (kind: Kind): kind is Refs => typeof kind === 'object';
