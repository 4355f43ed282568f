/**
 * Bringing the JSON of another version to this one's form: an older one step by step, and what an older version that did
 * not understand it had kept apart (`unread`) back into its place. Loses nothing; a step is a pure function.
 */
import type { Field } from '../formats/field.ts';
import { CASE_FIELDS, fieldsOf, isListName } from '../formats/index.ts';
import { VERSION } from './schema.ts';
import { keptText, typedValue } from './values.ts';

type Json = Record<string, unknown>;

/** By version: how a case of it becomes one of the next. Version 1 is the first, so there is none yet. */
const STEPS: Readonly<Record<number, (value: Json) => Json>> = {};

const withoutPrototype = (key: string, part: unknown): unknown => (key === '__proto__' ? undefined : part);

export function migrate(value: Json, version: number): Json {
  let now: Json = JSON.parse(JSON.stringify(value), withoutPrototype) as Json; // what was given is never changed
  for (let from = version; from < VERSION; from++) now = STEPS[from]?.(now) ?? now;
  return putBack(now);
}

function putBack(value: Json): Json {
  const { unread } = value;
  if (typeof unread !== 'object' || unread === null) return value;
  const left: Json = {};
  for (const [path, kept] of Object.entries(unread)) {
    const place = placeFor(value, path);
    const text = keptText(kept);
    const typed = place === null || text === null ? undefined : typedValue(place.field, text);
    if (!place || typed === undefined || Object.hasOwn(place.row, place.field.key)) left[path] = kept;
    else place.row[place.field.key] = typed;
  }
  return { ...value, unread: left };
}

function placeFor(value: Json, path: string): { row: Json; field: Field } | null {
  const [list = '', id, key, ...rest] = path.split('/');
  if (rest.length > 0) return null;
  const fields = list === 'case' ? CASE_FIELDS : isListName(list) ? fieldsOf(list) : [];
  const field = fields.find((each) => each.key === (list === 'case' ? id : key));
  const rows = value[list];
  const row = list === 'case' ? rows : Array.isArray(rows) ? rows.find((each: Json) => each['id'] === id) : null;
  return field && typeof row === 'object' && row !== null ? { row: row as Json, field } : null;
}
