/**
 * A snapshot from the record as it stands: Working papers and, once there is one, the Case file. Where both hold a field
 * or a row the Case file's counts, for it is what both organisations see. Pure; promises to drop nothing that a newer
 * version wrote, and to name it.
 */
import type { Field } from '../formats/field.ts';
import type { ListName } from '../formats/index.ts';
import { CASE_FIELDS, LIST_NAMES, byList, fieldsOf, isListName } from '../formats/index.ts';
import type { CaseRecord, FieldValue, RecordItem } from '../record.ts';
import type { FileFacts, PackageFacts, WorkFacts } from './facts.ts';
import type { CaseSnapshot } from './schema.ts';
import { FORMAT, SNAPSHOT_KEYS, VERSION } from './schema.ts';
import { BESIDE, isPathKey, typedValue } from './values.ts';
import { readJson } from '../../primitives/json.ts';

export interface SnapshotSource {
  /** The case's id. */
  readonly id: string;
  readonly working: CaseRecord | null;
  readonly caseFile: CaseRecord | null;
  /** The summary as plain text: the Case file's where there is one. */
  readonly summary: string;
  readonly files: readonly FileFacts[];
  readonly packages: readonly PackageFacts[];
  readonly work: WorkFacts;
}

type Fields = ReadonlyMap<string, FieldValue>;
type Values = Record<string, unknown>;

/** What is gathered while the fields are read. */
interface Gathered {
  readonly conflicts: { path: string; values: string[] }[];
  readonly unread: Record<string, unknown>;
  readonly newer: string[];
}

/** The Case file's field where anybody wrote one there, if only to empty it. */
function pick(key: string, first: Fields | undefined, second: Fields | undefined): FieldValue | undefined {
  const shared = first?.get(key);
  return shared && shared.values.length > 0 ? shared : second?.get(key);
}

function readValues(
  fields: readonly Field[],
  place: string,
  first: Fields | undefined,
  second: Fields | undefined,
  gathered: Gathered,
): Values {
  const values: Values = {};
  for (const field of fields) {
    const standing = pick(field.key, first, second)?.values ?? [];
    const path = `${place}/${field.key}`;
    if (standing.length > 1) gathered.conflicts.push({ path, values: standing.map((claim) => claim.value) });
    const text = standing.at(-1)?.value ?? '';
    if (text === '') continue;
    const typed = typedValue(field, text);
    if (typed === undefined) gathered.unread[path] = text;
    else values[field.key] = typed;
  }
  return values;
}

/** The rows of a list: the Case file's in their order, then those of Working papers alone that nobody took off there. */
function rowsOf(list: ListName, { working, caseFile }: SnapshotSource): (readonly [RecordItem, RecordItem?])[] {
  const own = new Map((working?.lists[list] ?? []).map((item) => [item.id, item]));
  const shared = caseFile?.lists[list] ?? [];
  const settled = new Set([...shared.map(({ id }) => id), ...(caseFile?.removed[list] ?? [])]);
  const both = shared.map((item): readonly [RecordItem, RecordItem?] => {
    const other = own.get(item.id);
    return other ? [item, other] : [item];
  });
  return [...both, ...[...own.values()].filter(({ id }) => !settled.has(id)).map((item) => [item] as const)];
}

export function readSnapshot(source: SnapshotSource): CaseSnapshot {
  const gathered: Gathered = { conflicts: [], unread: {}, newer: [] };
  const { working, caseFile } = source;
  const { stage } = source.work;
  const agreed = source.work.agreements.find((one) => one['inForce'] && !one['supersededBy']);
  const own = {
    id: source.id,
    ...readValues(CASE_FIELDS, 'case', caseFile?.fields, working?.fields, gathered),
    // Where the case stands is a fact of the work, whatever the record says.
    ...(stage && { stage: stage['stage'] }),
    // And the agreement that it refers to is the one that binds.
    ...(agreed && { agreement: agreed['id'] }),
  };
  const lists = byList((list) =>
    rowsOf(list, source).map(([item, other]): Values => {
      const place = `${list}/${item.id}`;
      return { id: item.id, ...readValues(fieldsOf(list), place, item.fields, other?.fields, gathered) };
    }),
  );
  const extra = keepNewer(new Map([...(working?.newer ?? []), ...(caseFile?.newer ?? [])]), own, lists, gathered);
  const snapshot = {
    ...extra,
    format: FORMAT,
    version: VERSION,
    case: own,
    ...lists,
    summary: source.summary,
    files: source.files,
    packages: source.packages,
    work: source.work,
    conflicts: gathered.conflicts,
    newer: [...new Set([...gathered.newer, ...Object.keys(gathered.unread)])].sort(),
    unread: gathered.unread,
  };
  return snapshot as unknown as CaseSnapshot; // every value was read by the type its table gives
}

/** Puts what a newer version wrote where it would stand, or by its path where there is no such place. Answers lists, and what else stands beside them, that this version does not know. */
function keepNewer(
  newer: ReadonlyMap<string, string>,
  own: Values,
  lists: Record<ListName, Values[]>,
  gathered: Gathered,
): Record<string, unknown> {
  const unknown = new Map<string, Map<string, Values>>();
  const beside: Record<string, unknown> = {};
  for (const [path, text] of newer) {
    const [list = '', id, key] = path.split('/');
    const value = list === BESIDE.list && id === BESIDE.row && key && !SNAPSHOT_KEYS.has(key) ? readJson(text) : null;
    if (value?.ok && key && isPathKey(key) && !isListName(key)) {
      beside[key] = value.value;
      gathered.newer.push(key);
      continue;
    }
    const row = rowFor(list, id, own, lists, unknown);
    const name = id === undefined ? list : (key ?? '');
    if (name === 'position' || name === 'removed') continue;
    if (row && isPathKey(name) && !Object.hasOwn(row, name)) {
      row[name] = text;
      gathered.newer.push(id === undefined ? `case/${list}` : path);
    } else gathered.unread[id === undefined ? `case/${path}` : path] = text;
  }
  return { ...beside, ...Object.fromEntries([...unknown].map(([list, rows]) => [list, [...rows.values()]])) };
}

function rowFor(
  list: string,
  id: string | undefined,
  own: Values,
  lists: Record<ListName, Values[]>,
  unknown: Map<string, Map<string, Values>>,
): Values | undefined {
  if (id === undefined) return own;
  if (isListName(list)) return lists[list].find((row) => row['id'] === id);
  if (SNAPSHOT_KEYS.has(list) || !isPathKey(list)) return undefined;
  const rows = unknown.get(list) ?? new Map<string, Values>();
  unknown.set(list, rows);
  const row = rows.get(id) ?? { id };
  rows.set(id, row);
  return row;
}

/** The paths of a snapshot that this version does not know. */
export function newerPaths(snapshot: Readonly<Record<string, unknown>>): string[] {
  const paths: string[] = [];
  const look = (place: string, fields: readonly Field[], row: unknown): void => {
    if (typeof row !== 'object' || row === null) return;
    for (const key of Object.keys(row))
      if (key !== 'id' && !fields.some((field) => field.key === key)) paths.push(`${place}/${key}`);
  };
  look('case', CASE_FIELDS, snapshot['case']);
  for (const list of LIST_NAMES)
    for (const row of (snapshot[list] ?? []) as { id: string }[]) look(`${list}/${row.id}`, fieldsOf(list), row);
  for (const key of Object.keys(snapshot)) if (!SNAPSHOT_KEYS.has(key)) paths.push(key);
  return paths;
}
