/**
 * A field that loses nothing: a multi-value register on one Y.Map. Each setting is an entry of its own, under a key that
 * nobody else can have chosen (`field|random`), and removes those that its writer saw. Two people who set a field at once
 * leave two entries: a conflict that is shown, until a person chooses.
 * Keys are flat on purpose: were a field a Y.Map of its own, two who first set it at once would each make that map, and
 * Yjs would keep one of them and drop the other with what is in it.
 */
import type * as Y from 'yjs';
import type { Millis } from '../primitives/units.ts';

export type Root = Y.Map<unknown>;

/** Who writes, when, and where fresh random keys come from (32 hex digits). */
export interface Author {
  /** The person's name, as shown beside a conflict. What is signed is the entry; `client` leads to it. */
  readonly by: string;
  readonly at: Millis;
  newKey(): string;
}

/** One value that somebody set and nobody who saw it has replaced. */
export interface Claim {
  readonly key: string;
  readonly value: string;
  readonly by: string;
  readonly at: Millis;
  /** The Yjs client that wrote it; bound to its device by a signed entry. */
  readonly client: number;
}

const entryKey = (field: string, random: string): string => `${field}|${random}`;
const fieldOf = (key: string): string => key.slice(0, key.lastIndexOf('|'));

export const isStored = (value: unknown): value is { v: string; by: string; at: number } => {
  if (typeof value !== 'object' || value === null) return false;
  const { v, by, at } = value as Record<string, unknown>;
  return typeof v === 'string' && typeof by === 'string' && typeof at === 'number';
};

/** The claim under a key; null where it is not one that this version can read (it is kept as it is). */
function claimAt(root: Root, key: string): Claim | null {
  const stored = root.get(key);
  if (!isStored(stored) || !key.includes('|')) return null;
  // oxlint-disable-next-line no-underscore-dangle -- `_map` is how Yjs itself finds an entry's writer; there is no public way
  return { key, value: stored.v, by: stored.by, at: stored.at, client: root._map.get(key)?.id.client ?? 0 };
}

/** Oldest first; of two at one time the key decides, so that every replica lists alike. */
const inOrder = (a: Claim, b: Claim): number => a.at - b.at || (a.key < b.key ? -1 : 1);

/** All fields that hold a claim. */
export function readFields(root: Root): ReadonlyMap<string, readonly Claim[]> {
  const fields = new Map<string, Claim[]>();
  for (const key of root.keys()) {
    const claim = claimAt(root, key);
    if (!claim) continue;
    const field = fieldOf(key);
    const claims = fields.get(field);
    if (claims) claims.push(claim);
    else fields.set(field, [claim]);
  }
  for (const claims of fields.values()) claims.sort(inOrder);
  return fields;
}

/** One field's claims: none, one, or (a conflict) more. */
export function readField(root: Root, field: string): readonly Claim[] {
  const claims: Claim[] = [];
  for (const key of root.keys()) {
    const claim = key.startsWith(`${field}|`) && fieldOf(key) === field ? claimAt(root, key) : null;
    if (claim) claims.push(claim);
  }
  return claims.sort(inOrder);
}

/** Runs changes as one update where the map is in a document. */
export function inOneStep(root: Root, change: () => void): void {
  if (root.doc) root.doc.transact(change);
  else change();
}

/**
 * Sets a field, removing what its writer saw: the claims under the keys in `saw` (those that were on the screen), or all
 * that are here. What the writer had not seen stays, as a conflict. Setting what already stands alone writes nothing.
 */
export function setField(root: Root, field: string, value: string, author: Author, saw?: readonly string[]): void {
  const here = saw?.length === 0 ? [] : readField(root, field);
  const seen = saw === undefined ? here : here.filter((claim) => saw.includes(claim.key));
  if (here.length === 1 && seen.length === 1 && here[0]?.value === value) return;
  inOneStep(root, () => {
    for (const claim of seen) root.delete(claim.key);
    root.set(entryKey(field, author.newKey()), { v: value, by: author.by, at: author.at });
  });
}

/** Values under keys that were chosen before, removing the claims under `saw`: whoever writes the same again changes nothing. */
export function placeClaims(
  root: Root,
  field: string,
  values: readonly { readonly key: string; readonly value: string }[],
  author: Author,
  saw: readonly string[],
): void {
  inOneStep(root, () => {
    for (const key of saw) root.delete(key);
    for (const { key, value } of values) root.set(entryKey(field, key), { v: value, by: author.by, at: author.at });
  });
}

/** The key of a claim without its field, as its writer chose it. */
export const chosenKey = ({ key }: Claim): string => key.slice(key.lastIndexOf('|') + 1);

/** Whether a claim was there when the document had come as far as `seen` (clocks by client). */
export const wasThere = (root: Root, { key, client }: Claim, seen: ReadonlyMap<number, number>): boolean =>
  // oxlint-disable-next-line no-underscore-dangle -- Yjs tells an entry's place in no public way
  (root._map.get(key)?.id.clock ?? Infinity) < (seen.get(client) ?? 0);

/**
 * A person chooses among the claims of a conflict that they saw: those go, and the choice is a claim of who chose. One that
 * came since stays beside it.
 */
export function chooseValue(root: Root, field: string, chosen: Claim, saw: readonly Claim[], author: Author): void {
  setField(
    root,
    field,
    chosen.value,
    author,
    saw.map(({ key }) => key),
  );
}
