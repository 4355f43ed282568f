/**
 * Owns the path of a rule: where in the case it is mended. With a star for the id of a row, the rule is judged for each
 * row of that list, which its conditions know as `row`.
 */
import { z } from 'zod';
import type { Fault } from '../conditions/check.ts';
import { isKnownRoot, nameAt } from '../conditions/names.ts';
import type { Surroundings } from '../conditions/names.ts';

export const rulePath = z
  .string()
  .regex(/^[A-Za-z]+(\/([A-Za-z]+|\*)){0,3}$/, 'a path is names with slashes, and * for each row');

/** The list whose rows a rule is judged for; null: once for the case. */
export const rowsOf = ({ path }: { readonly path: string }): string | null =>
  /\/\*(\/|$)/.test(path) ? path.slice(0, path.indexOf('/*')) : null;

/** What the conditions of a rule may name, and the faults of its path; null where it has no rows to speak of. */
export function aroundRule(
  path: string,
  at: string,
  tables: readonly string[],
): { readonly around: Surroundings | null; readonly faults: readonly Fault[] } {
  const list = rowsOf({ path });
  const plain: Surroundings = { names: new Map(), tables };
  const rows = list === null ? null : nameAt(list, plain);
  if (typeof rows === 'string') return { around: null, faults: [{ at: `${at}/path`, what: rows }] };
  if (rows !== null && rows.is !== 'list')
    return { around: null, faults: [{ at: `${at}/path`, what: `${list} is not a list` }] };
  const around: Surroundings = rows === null ? plain : { names: new Map([['row', rows.lists]]), tables };
  const mend = path.replace(/^.*\*/, 'row');
  const target = nameAt(mend, around);
  const isAstray = typeof target === 'string' && !isKnownRoot(mend);
  return { around, faults: isAstray ? [{ at: `${at}/path`, what: target }] : [] };
}
