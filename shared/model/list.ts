/**
 * Lists of records (suspects, offences, people) in a record's root map: `list/id/field|random`. Adding needs nothing that
 * stands already; two who add at once add two. Removing says what its writer saw of the record: a change that the remover
 * had not seen keeps it on the list, marked, so that nobody's work disappears unread.
 */
import type { Author, Claim, Root } from './register.ts';
import { inOneStep, readField, readFields, setField } from './register.ts';

export interface ListItem {
  readonly id: string;
  readonly fields: ReadonlyMap<string, readonly Claim[]>;
  /** Somebody removed it while somebody else changed it. */
  readonly removedMeanwhile: Claim | null;
  /** Somebody gave it its place; else it comes after those that have one. */
  readonly placed: boolean;
}

const POSITION = 'position';
const REMOVED = 'removed';
export const itemField = (list: string, id: string, field: string): string => `${list}/${id}/${field}`;

interface Gathered {
  readonly fields: Map<string, readonly Claim[]>;
  position: string;
  removals: readonly Claim[];
}

/** What is written of each list, by list and id. */
function gatherAll(claimed: ReadonlyMap<string, readonly Claim[]>): Map<string, Map<string, Gathered>> {
  const lists = new Map<string, Map<string, Gathered>>();
  for (const [path, claims] of claimed) {
    const [list, id, field, ...rest] = path.split('/');
    if (list === undefined || id === undefined || field === undefined || rest.length > 0) continue;
    const items = lists.get(list) ?? new Map<string, Gathered>();
    lists.set(list, items);
    const item = items.get(id) ?? { fields: new Map<string, readonly Claim[]>(), position: '', removals: [] };
    items.set(id, item);
    if (field === POSITION) item.position = claims.at(-1)?.value ?? '';
    else if (field === REMOVED) item.removals = claims;
    else item.fields.set(field, claims);
  }
  return lists;
}

const gather = (root: Root, list: string): Map<string, Gathered> =>
  gatherAll(readFields(root)).get(list) ?? new Map<string, Gathered>();

/** What a removal saw: the random parts of the keys of the claims then standing, joined. */
const seenBy = (fields: ReadonlyMap<string, readonly Claim[]>): string[] =>
  [...fields.values()]
    .flat()
    .map((claim) => claim.key.slice(claim.key.lastIndexOf('|') + 1))
    .sort();

function standing(item: Gathered): boolean {
  if (item.removals.length === 0) return true;
  const seen = new Set(item.removals.flatMap((removal) => removal.value.split(' ')));
  return seenBy(item.fields).some((key) => !seen.has(key));
}

export interface ReadList {
  /** By position; those removed are left out. */
  readonly items: readonly ListItem[];
  /** The ids of those that somebody took off the list. */
  readonly removed: readonly string[];
}

/** One without a position (a file of which something was said before anybody put it anywhere) comes after those with one. */
function byPosition(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '' || b === '') return a === '' ? 1 : -1;
  return a < b ? -1 : 1;
}

function inOrder(items: ReadonlyMap<string, Gathered>): ReadList {
  const all = [...items].sort(([a, x], [b, y]) => byPosition(x.position, y.position) || (a < b ? -1 : 1));
  return {
    items: all
      .filter(([, item]) => standing(item))
      .map(([id, item]) => ({
        id,
        fields: item.fields,
        removedMeanwhile: item.removals.at(-1) ?? null,
        placed: item.position !== '',
      })),
    removed: all.filter(([, item]) => !standing(item)).map(([id]) => id),
  };
}

/** All lists at once, by name, from what `readFields` answered. */
export const readLists = (claimed: ReadonlyMap<string, readonly Claim[]>): ReadonlyMap<string, ReadList> =>
  new Map([...gatherAll(claimed)].map(([list, items]) => [list, inOrder(items)]));

/** The records of a list, by position; those removed are left out. */
export const readList = (root: Root, list: string): readonly ListItem[] => inOrder(gather(root, list)).items;

export type NewValues = Readonly<Record<string, string | null | undefined>>;
export interface NewItem {
  readonly id: string;
  readonly values: NewValues;
}

/** Adds records at the end, in their order. Their ids are new: there is nothing of them that one could have seen. Fields without a value are not written. */
export function addItems(root: Root, list: string, items: readonly NewItem[], author: Author): void {
  let last = [...gather(root, list).values()].reduce((most, item) => (item.position > most ? item.position : most), '');
  inOneStep(root, () => {
    for (const { id, values } of items) {
      last = positionBetween(last === '' ? null : last, null);
      setField(root, itemField(list, id, POSITION), last, author, []);
      for (const [field, value] of Object.entries(values))
        if (value !== null && value !== undefined && value !== '')
          setField(root, itemField(list, id, field), value, author, []);
    }
  });
}

/** Adds one record at the end and answers its id. */
export function addItem(
  root: Root,
  list: string,
  values: NewValues,
  author: Author,
  id: string = author.newKey(),
): string {
  addItems(root, list, [{ id, values }], author);
  return id;
}

/** Takes a record off the list. Its fields stay in the document, and with them what others wrote meanwhile. */
export function removeItem(root: Root, list: string, id: string, author: Author): void {
  const item = gather(root, list).get(id);
  if (item) setField(root, itemField(list, id, REMOVED), seenBy(item.fields).join(' '), author);
}

/** Takes a record off the list and its values with it, for it stands elsewhere now. What somebody writes there meanwhile is kept, marked. */
export function clearItem(root: Root, list: string, id: string, author: Author): void {
  const item = gather(root, list).get(id);
  if (!item) return;
  inOneStep(root, () => {
    for (const claims of item.fields.values()) for (const { key } of claims) root.delete(key);
    setField(root, itemField(list, id, REMOVED), '-', author);
  });
}

/** Keeps a record that somebody removed. */
export function keepItem(root: Root, list: string, id: string): void {
  inOneStep(root, () => {
    for (const claim of readField(root, itemField(list, id, REMOVED))) root.delete(claim.key);
  });
}

/**
 * Gives records their places in an order, as somebody arranged it: `order` is every id as it shall be, `moved` those that
 * were put elsewhere. Only they get a new position, and what before them has none yet, so that two who move different rows
 * at once both keep what they did.
 */
export function arrangeItems(
  root: Root,
  list: string,
  order: readonly string[],
  moved: ReadonlySet<string>,
  author: Author,
): void {
  const items = gather(root, list);
  const stays = (id: string): string => (moved.has(id) ? '' : (items.get(id)?.position ?? ''));
  const last = order.findLastIndex((id) => moved.has(id));
  let before = '';
  inOneStep(root, () => {
    for (const [i, id] of order.slice(0, last + 1).entries()) {
      const own = stays(id);
      if (own !== '' && own > before) before = own;
      else {
        const next = order.slice(i + 1).map(stays);
        const after = next.find((position) => position !== '' && position > before);
        before = positionBetween(before === '' ? null : before, after ?? null);
        setField(root, itemField(list, id, POSITION), before, author);
      }
    }
  });
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

const MOST = 256;
/** Only digits of ours count: a position that somebody else's program wrote must not send this one astray. */
const clean = (position: string | null): string => (position ?? '').replaceAll(/[^0-9a-z]/g, '').slice(0, MOST);

/** A text that sorts between two others (null: an end); where they leave no room, one that sorts right after the first. */
export function positionBetween(after: string | null, before: string | null): string {
  const low = clean(after);
  const high = before === null || clean(before) <= low ? null : clean(before);
  let made = '';
  for (let i = 0; made !== high; i++) {
    const from = low.startsWith(made) && i < low.length ? DIGITS.indexOf(low.charAt(i)) : 0;
    const to = high?.startsWith(made) ? DIGITS.indexOf(high.charAt(i)) : DIGITS.length;
    // At the end the next digit is enough, so that a long list does not get long positions.
    if (to - from > 1)
      return made + DIGITS.charAt(high === null && low !== '' ? from + 1 : Math.floor((from + to) / 2));
    made += DIGITS.charAt(from);
  }
  return `${low}i`;
}
