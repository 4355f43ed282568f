/**
 * Owns what a path names before there is a case: a row, a list or a value, and of which kind. Every misspelt path is told
 * here, with the part at which it goes astray.
 */
import { CASE_ROW, LIST_ROWS, ROOT_VALUES, isRefs } from './shape.ts';
import type { Kind } from './shape.ts';

/** A row or a list of these lists; of none, where rows may hold anything (tables, the work). */
export type Named =
  | { readonly is: 'row'; readonly lists: readonly string[] }
  | { readonly is: 'list'; readonly lists: readonly string[] }
  | { readonly is: 'value'; readonly kind: Kind };

/** The names a condition may use besides those of the case: each with the lists that its rows may be of. */
export type Names = ReadonlyMap<string, readonly string[]>;
export interface Surroundings {
  readonly names: Names;
  readonly tables: readonly string[];
}
export const NOTHING_AROUND: Surroundings = { names: new Map(), tables: [] };
const ANY: readonly string[] = [];

/** A name that every case has, and that no condition may give away. */
export const isKnownRoot = (name: string): boolean =>
  ['case', 'work', 'tables'].includes(name) || Object.hasOwn(ROOT_VALUES, name) || Object.hasOwn(LIST_ROWS, name);

/** What a path names, or a sentence saying at which part it goes astray. */
export function nameAt(path: string, { names, tables }: Surroundings): Named | string {
  const [first = '', ...rest] = path.split('/');
  const known = names.get(first);
  if (known !== undefined) return follow({ is: 'row', lists: known }, rest, path);
  if (first === 'case') return follow({ is: 'row', lists: ['case'] }, rest, path);
  if (first === 'work') return rest.length === 0 ? `${path} is not a list; name one in it` : openAt(rest);
  if (first === 'tables') {
    if (rest.length === 1 && tables.includes(rest[0] ?? '')) return { is: 'list', lists: ANY };
    return `there is no table ${rest.join('/')}; there are: ${tables.join(', ') || 'none'}`;
  }
  if (Object.hasOwn(LIST_ROWS, first)) return follow({ is: 'list', lists: [first] }, rest, path);
  const kind = Object.hasOwn(ROOT_VALUES, first) ? ROOT_VALUES[first] : undefined;
  if (kind !== undefined) return follow({ is: 'value', kind }, rest, path);
  return `unknown path ${path}: a case has no "${first}"`;
}

/** Lists of the work may hold anything: one word is the list, more are a value in it. */
const openAt = (rest: readonly string[]): Named =>
  rest.length === 1 ? { is: 'list', lists: ANY } : { is: 'value', kind: 'open' };

function follow(from: Named, rest: readonly string[], path: string): Named | string {
  let at: Named = from;
  for (const key of rest) {
    const lists: readonly string[] | null =
      at.is === 'row' ? at.lists : at.is === 'value' && isRefs(at.kind) && !at.kind.many ? at.kind.to : null;
    if (at.is === 'value' && at.kind === 'open') continue;
    if (lists === null) return `unknown path ${path}: "${key}" stands after what has no fields of its own`;
    if (lists.length === 0) {
      at = { is: 'value', kind: 'open' };
      continue;
    }
    const kind: Kind | undefined = lists.map((list) => fieldsOf(list)[key]).find((found) => found !== undefined);
    if (kind === undefined)
      return `unknown path ${path}: ${lists.join(' and ')} ${lists.length > 1 ? 'have' : 'has'} no field "${key}"`;
    at = isRefs(kind) && kind.many ? { is: 'list', lists: kind.to } : { is: 'value', kind };
  }
  return at;
}

const fieldsOf = (list: string): Readonly<Record<string, Kind | undefined>> =>
  list === 'case' ? CASE_ROW : Object.hasOwn(LIST_ROWS, list) ? (LIST_ROWS[list] ?? {}) : {};
