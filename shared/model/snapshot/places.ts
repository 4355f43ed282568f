/** Places in a case as people and screens name them: `suspects/ID/born`, `case/officerPhone`. Changes nothing. */
import type { Field } from '../formats/field.ts';
import { CASE_FIELDS, fieldsOf, isListName } from '../formats/index.ts';

type Holder = Record<string, unknown>;

export interface Place {
  /** With the ids of rows in place of their numbers. */
  readonly path: string;
  /** The field of the tables that stands here; null: another part of the case. */
  readonly field: Field | null;
  /** What holds the field: the case or a row; null where there is no field. */
  readonly row: Holder | null;
  /** What stands here. */
  readonly value: unknown;
}

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;

/** The place of a path into a JSON value, as zod gives it: `['suspects', 0, 'born']`. */
export function placeOf(value: unknown, path: readonly PropertyKey[]): Place {
  const [list, index, name] = path.map(String);
  const inRow = list !== undefined && isListName(list) && index !== undefined && name !== undefined;
  const row = list === 'case' ? at(value, ['case']) : inRow ? at(value, [list, index]) : null;
  const key = list === 'case' ? index : name;
  const fields = list === 'case' ? CASE_FIELDS : inRow && isListName(list) ? fieldsOf(list) : [];
  const field = fields.find((each) => each.key === key) ?? null;
  const words = path.map((part, i) =>
    typeof part === 'number' ? idOf(at(value, path.slice(0, i + 1)), part) : String(part),
  );
  if (!field || !isHolder(row)) return { path: words.join('/'), field: null, row: null, value: at(value, path) };
  const depth = list === 'case' ? 2 : 3;
  return { path: words.slice(0, depth).join('/'), field, row, value: row[field.key] };
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, part) => (isHolder(inner) ? inner[String(part)] : undefined), value);

const idOf = (row: unknown, index: number): string =>
  isHolder(row) && typeof row['id'] === 'string' ? row['id'] : String(index);
