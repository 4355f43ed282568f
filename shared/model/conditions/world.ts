/**
 * Owns what conditions are judged in: the case as plain data, the date, the stage, the tables of the rules, and a meter of
 * steps. Finds what stands at a path, following references. Promises an answer for any data: what is not there, or is
 * not what the path supposes, is absent.
 */
import { CASE_ROW, LIST_ROWS, ROOT_VALUES, isRefs, valueAt } from './shape.ts';
import type { Kind } from './shape.ts';

type Json = Readonly<Record<string, unknown>>;
export type Tables = Readonly<Record<string, readonly Json[]>>;

/** A place in the case: its value, its path as the record has it, and what it is. */
export interface Place {
  readonly value: unknown;
  readonly path: string;
  /** The list that a row belongs to, `case`, or null where the shape says nothing about it. */
  readonly row: string | null;
  readonly kind: Kind | null;
}
/** The names that hold at a point of a condition, the innermost first. */
export interface Scope {
  readonly name: string;
  readonly place: Place;
  readonly around: Scope | null;
}
export const named = (name: string, place: Place, around: Scope | null = null): Scope => ({ name, place, around });

export interface World {
  readonly snapshot: Json;
  /** `YYYY-MM-DD`. */
  readonly on: string;
  readonly stage: string;
  readonly tables: Tables;
  /** Rows by list and id, filled as they are asked for. */
  readonly index: Map<string, ReadonlyMap<string, Json>>;
  /** The rows of lists that were gone through, and texts as `same` compares them: a list is gone through many times. */
  readonly rows: WeakMap<object, readonly Place[]>;
  readonly plain: Map<string, string>;
  /** Steps left: what a judgement may cost in all. At 0 every condition is false, and `spent` says so. */
  readonly meter: { left: number };
}

/** Enough for hundreds of rules over a case of a thousand rows, and well under a second. */
export const STEPS = 1_000_000;

export const makeWorld = (snapshot: unknown, on: string, stage: string, tables: Tables = {}): World => ({
  snapshot: asRow(snapshot) ?? {},
  on,
  stage,
  tables,
  index: new Map(),
  rows: new WeakMap(),
  plain: new Map(),
  meter: { left: STEPS },
});

export const asRow = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;

export const idOf = (list: string, row: Json): string => {
  const id = row[list === 'files' ? 'item' : 'id'];
  return typeof id === 'string' ? id : '';
};

const own = (row: Json, key: string): unknown => (Object.hasOwn(row, key) ? row[key] : undefined);

/** What stands at a path, and under which path the case knows it. An absent value is undefined. */
export function placeAt(path: string, world: World, scope: Scope | null): Place {
  const keys = path.split('/');
  const first = keys[0] ?? '';
  let at = scope;
  while (at !== null && at.name !== first) at = at.around;
  let place = at?.place ?? rootPlace(first, world);
  for (let i = 1; i < keys.length; i++) place = within(place, keys[i] ?? '', world);
  return place;
}

function rootPlace(name: string, world: World): Place {
  if (name === 'on') return { value: world.on, path: name, row: null, kind: 'date' };
  if (name === 'stage') return { value: world.stage, path: name, row: null, kind: 'text' };
  if (name === 'tables') return { value: world.tables, path: name, row: null, kind: 'open' };
  const value = own(world.snapshot, name);
  if (name === 'case') return { value, path: name, row: 'case', kind: null };
  return { value, path: name, row: Object.hasOwn(LIST_ROWS, name) ? name : null, kind: ROOT_VALUES[name] ?? null };
}

function within(place: Place, key: string, world: World): Place {
  const from =
    place.kind !== null && isRefs(place.kind) && !place.kind.many ? (referred(place, world)[0] ?? null) : place;
  const row = from === null ? null : asRow(from.value);
  const path = `${from?.path ?? place.path}/${key}`;
  if (from === null || row === null) return { value: undefined, path, row: null, kind: null };
  return { value: valueAt(from.row, row, key), path, row: null, kind: kindOf(from.row, key) };
}

/** The kind of a field of a list's rows (or of the case); null where there is none such. */
export const kindOf = (row: string | null, key: string): Kind | null => {
  const fields = row === 'case' ? CASE_ROW : row === null ? undefined : LIST_ROWS[row];
  return fields !== undefined && Object.hasOwn(fields, key) ? (fields[key] ?? null) : null;
};

/** The rows of a list, or those that a field refers to and that are there. */
export function rowsAt(place: Place, world: World): readonly Place[] {
  const { value } = place;
  if (!Array.isArray(value)) return referred(place, world);
  const known = world.rows.get(value);
  if (known) return known;
  const rows = place.kind !== null && isRefs(place.kind) ? referred(place, world) : ownRows(place, value);
  world.rows.set(value, rows);
  return rows;
}

const ownRows = (place: Place, values: readonly unknown[]): readonly Place[] =>
  values.map((value, at) => {
    const row = asRow(value);
    const id = (row && idOf(place.row ?? '', row)) || String(at);
    return { value, path: `${place.path}/${id}`, row: row ? place.row : null, kind: null };
  });

function referred(place: Place, world: World): readonly Place[] {
  if (place.kind === null || !isRefs(place.kind)) return [];
  const ids = Array.isArray(place.value) ? place.value : [place.value];
  const lists = place.kind.to;
  return ids.flatMap((id: unknown) => {
    if (typeof id !== 'string' || id === '') return [];
    const list = lists.find((name) => indexOf(name, world).has(id));
    const value = list === undefined ? undefined : indexOf(list, world).get(id);
    return list === undefined ? [] : [{ value, path: `${list}/${id}`, row: list, kind: null }];
  });
}

function indexOf(list: string, world: World): ReadonlyMap<string, Json> {
  const known = world.index.get(list);
  if (known) return known;
  const rows = own(world.snapshot, list);
  const index = new Map<string, Json>();
  for (const value of Array.isArray(rows) ? rows : []) {
    const row = asRow(value);
    if (row) index.set(idOf(list, row), row); // of a file's versions the last counts
  }
  world.index.set(list, index);
  return index;
}
