/**
 * What a later release brings into a record that its audience has already: rows that are not there yet, and fields that
 * were changed here since an earlier release brought them. Frozen by value when it is released, under keys chosen then, so
 * that it is one and the same whoever writes it there. What somebody wrote there is never replaced: a value that differs is
 * put beside it, as a conflict. What somebody took off there stays off.
 */
import type * as Y from 'yjs';
import { LISTS, LIST_NAMES, fieldsOf, isListName } from './formats/index.ts';
import { itemField, positionBetween } from './list.ts';
import type { CaseRecord, FieldValue, RecordItem } from './record.ts';
import { readRecord, recordRoot } from './record.ts';
import type { Author, Claim, Root } from './register.ts';
import { chosenKey, inOneStep, placeClaims, readFields, wasThere } from './register.ts';

/** One field as it was frozen: its path, and each value with the key under which it is written. */
export interface Brought {
  readonly path: string;
  readonly values: readonly { readonly key: string; readonly value: string }[];
}

/** What stands in a record from earlier releases. */
export interface Base {
  /** How far our own record had come when each of them froze it, together: clocks by client. */
  readonly seen: ReadonlyMap<number, number>;
  /** The packages whose keys a claim there may have. */
  readonly packages: ReadonlySet<string>;
}

/** Of a value that is brought, as the fact that freezes it takes it: more than any field may have. */
const LONGEST = 20_000;
const ID_DIGITS = 32;
/** An author whose keys say by which package a claim came. */
export function keyedBy(author: Author, pkg: string): Author {
  let made = 0;
  return { ...author, newKey: () => `${pkg}-${(made++).toString(36)}` };
}
/** The package that a claim's key names; null: some person wrote it. */
function broughtBy(claim: Claim, packages: ReadonlySet<string>): string | null {
  const key = chosenKey(claim);
  const pkg = key.slice(0, ID_DIGITS);
  return key.charAt(ID_DIGITS) === '-' && packages.has(pkg) ? pkg : null;
}

const POSITION = 'position';
const texts = (claims: readonly { readonly value: string }[]): string =>
  [...new Set(claims.map(({ value }) => value).filter((value) => value !== ''))].sort().join('\n');

/**
 * What is to be brought from our record to the one that they have: of it, what they may see. `base` null: it is not known what came there before,
 * so that only rows which are not there are brought.
 */
export function bringing(own: Y.Doc, record: CaseRecord, to: Y.Doc, base: Base | null, author: Author): Brought[] {
  const there = readRecord(to);
  const root = recordRoot(own);
  const frozen = ({ path, values }: Pick<FieldValue, 'path' | 'values'>): Brought => ({
    path,
    values: values.map(({ value }) => ({ key: author.newKey(), value: value.slice(0, LONGEST) })),
  });
  const changed = (fields: ReadonlyMap<string, FieldValue>, theirs: ReadonlyMap<string, FieldValue>): Brought[] =>
    [...fields].flatMap(([key, value]) =>
      base && isChanged(root, value.values, theirs.get(key)?.values ?? [], base) ? [frozen(value)] : [],
    );
  const ofRow = (item: RecordItem): Brought[] => {
    if (there.removed[item.list].includes(item.id)) return [];
    const other = there.lists[item.list].find(({ id }) => id === item.id);
    if (other) return changed(item.fields, other.fields);
    const position = { path: itemField(item.list, item.id, POSITION), values: [{ key: author.newKey(), value: '' }] };
    return [position, ...[...item.fields.values()].filter(({ values }) => values.length > 0).map(frozen)];
  };
  return [...changed(record.fields, there.fields), ...LIST_NAMES.flatMap((list) => record.lists[list].flatMap(ofRow))];
}

/** Whether a field says something else here, and either changed since or was touched there by nobody. */
function isChanged(root: Root, own: readonly Claim[], theirs: readonly Claim[], { seen, packages }: Base): boolean {
  if (own.length === 0 || texts(own) === texts(theirs)) return false;
  return (
    own.some((claim) => !wasThere(root, claim, seen)) || theirs.every((claim) => broughtBy(claim, packages) !== null)
  );
}

/** What a release brought before it may replace; what a later one brought it leaves. */
export interface Order {
  readonly earlier: ReadonlySet<string>;
  readonly later: ReadonlySet<string>;
}

/** Writes what was frozen into the record that they have. Once is enough; twice is as once. */
export function bring(to: Y.Doc, brought: readonly Brought[], order: Order, author: Author): void {
  const root = recordRoot(to);
  const there = readRecord(to);
  const fresh = new Set<string>();
  inOneStep(root, () => {
    const claims = readFields(root);
    const last = lastPositions(claims);
    for (const one of brought) {
      const [list = '', id, key] = one.path.split('/');
      if (id === undefined) write(root, one, claims.get(one.path) ?? [], order, author);
      else if (!isListName(list) || there.removed[list].includes(id)) continue;
      else if (key === POSITION) {
        if (there.lists[list].some((item) => item.id === id)) continue;
        fresh.add(`${list}/${id}`);
        const value = positionBetween(last.get(list) ?? null, null);
        last.set(list, value);
        placeClaims(root, one.path, [{ key: one.values[0]?.key ?? '', value }], author, []);
      } else if (fresh.has(`${list}/${id}`) || there.lists[list].some((item) => item.id === id))
        write(root, one, claims.get(one.path) ?? [], order, author);
    }
  });
}

function lastPositions(claims: ReadonlyMap<string, readonly Claim[]>): Map<string, string> {
  const last = new Map<string, string>();
  for (const [path, of] of claims) {
    const [list = '', id, key] = path.split('/');
    const at = of.at(-1)?.value ?? '';
    if (id !== undefined && key === POSITION && at > (last.get(list) ?? '')) last.set(list, at);
  }
  return last;
}

function write(root: Root, { path, values }: Brought, there: readonly Claim[], order: Order, author: Author): void {
  if (texts(values) === texts(there) || there.some((claim) => broughtBy(claim, order.later) !== null)) return;
  const replaced = there.filter((claim) => broughtBy(claim, order.earlier) !== null);
  const left = new Set(there.filter((claim) => !replaced.includes(claim)).map(({ value }) => value));
  const added = values.filter(({ value }) => !left.has(value));
  placeClaims(
    root,
    path,
    added,
    author,
    replaced.map(({ key }) => key),
  );
}

/** What was frozen, without the rows of files that were left out of the package, and without what refers to them. */
export function withoutFiles(brought: readonly Brought[], items: ReadonlySet<string>): Brought[] {
  if (items.size === 0) return [...brought];
  const gone = new Set<string>(items);
  for (const { path, values } of brought) {
    const [, id, key] = path.split('/');
    if (id !== undefined && key === 'file' && values.some(({ value }) => items.has(value))) gone.add(id);
  }
  return brought.flatMap((one) => {
    const [list = '', id, key] = one.path.split('/');
    if (id !== undefined && gone.has(id)) return [];
    const field = isListName(list) ? fieldsOf(list).find((known) => known.key === key) : undefined;
    if (!field?.to) return [one];
    const values = one.values.flatMap((claim) => {
      const kept = claim.value.split(' ').filter((target) => !gone.has(target));
      return kept.length === 0 ? [] : [{ ...claim, value: kept.join(' ') }];
    });
    return values.length === 0 ? [] : [{ ...one, values }];
  });
}

/** What is brought, in words: each new row by its name, and of each row that is there which fields change. */
export function broughtLines(brought: readonly Brought[], record: CaseRecord): string[] {
  const labels = new Map<string, string[]>();
  const fresh = new Set<string>();
  for (const { path } of brought) {
    const [list = '', id, key] = path.split('/');
    const row = id === undefined ? 'case' : `${list}/${id}`;
    if (key === POSITION) fresh.add(row);
    const field = id === undefined ? record.fields.get(list)?.field : labelOf(list, key);
    labels.set(row, [...(labels.get(row) ?? []), ...(field ? [field.label] : [])]);
  }
  return [...labels].map(([row, changed]) => {
    const [list = '', id] = row.split('/');
    if (!isListName(list)) return `The case: ${changed.join(', ')} changed`;
    const name = record.lists[list].find((item) => item.id === id)?.name ?? '';
    const called = name === '' ? `${LISTS[list].one} without a name` : `${LISTS[list].one}: ${name}`;
    return fresh.has(row) ? called : `${called} (${changed.join(', ')} changed)`;
  });
}

/** The rows that were taken off in our record and still stand in theirs, as people call them: a release takes none off there. */
export const stillThere = (own: CaseRecord, there: CaseRecord): string[] =>
  LIST_NAMES.flatMap((list) =>
    there.lists[list]
      .filter(({ id }) => own.removed[list].includes(id))
      .map(({ name }) => (name === '' ? `${LISTS[list].one} without a name` : `${LISTS[list].one}: ${name}`)),
  );

const labelOf = (list: string, key: string | undefined): { readonly label: string } | undefined =>
  isListName(list) ? fieldsOf(list).find((field) => field.key === key) : undefined;
