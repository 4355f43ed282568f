/**
 * Owns the reading of a condition from data: whether it is one, whether every path in it names something, and whether
 * judging it stays quick. Promises every fault at once, each with its place in the data and what to do.
 */
import { DEEPEST, MOST_LISTS, OPERATORS, SHALLOW } from './condition.ts';
import type { Operator } from './condition.ts';
import { issueWords } from './issue.ts';
import { isKnownRoot, nameAt } from './names.ts';
import type { Named, Surroundings } from './names.ts';
import { isRefs } from './shape.ts';

/** What is wrong with rule data, and where: `at` is a path in the file such as `rules/3/require/and/0`. */
export interface Fault {
  readonly at: string;
  readonly what: string;
}

/** Every fault of `value` as a condition; none means that it is a `Condition`. */
export function checkCondition(value: unknown, at: string, around: Surroundings): readonly Fault[] {
  return check(value, at, around, 1, 0);
}

function check(value: unknown, at: string, around: Surroundings, depth: number, lists: number): readonly Fault[] {
  if (depth > DEEPEST) return [{ at, what: `conditions stand inside one another more than ${DEEPEST} deep` }];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ at, what: `a condition is an object with one of: ${OPERATORS.join(', ')}` }];
  const keys = Object.keys(value);
  const named = OPERATORS.filter((operator) => keys.includes(operator));
  const [operator] = named;
  if (operator === undefined)
    return [{ at, what: `no condition is called "${keys[0] ?? ''}"; it is one of: ${OPERATORS.join(', ')}` }];
  // No operator is called as a part of another, so that two names are two conditions in one.
  if (named.length > 1) return [{ at, what: `one condition says both ${named.join(' and ')}; use "and" with a list` }];
  const parsed = SHALLOW[operator].safeParse(value);
  if (!parsed.success)
    return parsed.error.issues.map((issue) => ({
      at: [at, ...issue.path.map(String)].join('/'),
      what: issueWords(issue),
    }));
  return checkParts(operator, value as Readonly<Record<string, unknown>>, at, around, depth, lists);
}

function checkParts(
  operator: Operator,
  value: Readonly<Record<string, unknown>>,
  at: string,
  around: Surroundings,
  depth: number,
  lists: number,
): readonly Fault[] {
  const { [operator]: inner, about } = value;
  const place = `${at}/${operator}`;
  const path = (wanted: Wanted) => checkPath(String(inner), place, around, wanted);
  switch (operator) {
    case 'and':
    case 'or':
      return (inner as readonly unknown[]).flatMap((one, i) => check(one, `${place}/${i}`, around, depth + 1, lists));
    case 'not':
      return check(inner, place, around, depth + 1, lists);
    case 'exists':
    case 'unread':
    case 'in':
      return path('anything');
    case 'matches':
    case 'length':
      return path('text');
    case 'equals':
    case 'same':
      return checkPair(inner, place, around, 'anything');
    case 'before':
    case 'after':
    case 'notBefore':
    case 'notAfter':
      return checkPair(inner, place, around, 'date');
    case 'shares':
      return checkPair(inner, place, around, 'list');
    case 'every':
    case 'some':
    case 'count':
      return checkRows(value, String(inner), at, place, around, depth, lists);
    case 'document':
      return typeof about === 'string' ? checkPath(about, `${at}/about`, around, 'row') : [];
    case 'found':
      return checkPath(String(value['of']), `${at}/of`, around, 'row or list');
  }
}

function checkRows(
  value: Readonly<Record<string, unknown>>,
  path: string,
  at: string,
  place: string,
  around: Surroundings,
  depth: number,
  lists: number,
): readonly Fault[] {
  const found = nameAt(path, around);
  if (typeof found === 'string') return [{ at: place, what: found }];
  const rows = found.is === 'list' ? found.lists : null;
  if (rows === null) return [{ at: place, what: `${path} is not a list` }];
  const part = 'that' in value ? 'that' : 'where';
  if (value[part] === undefined) return [];
  const as = typeof value['as'] === 'string' ? value['as'] : 'counted';
  if (around.names.has(as) || isKnownRoot(as))
    return [{ at: `${at}/as`, what: `the name "${as}" is taken; choose another` }];
  if (lists >= MOST_LISTS)
    return [{ at: place, what: `lists are gone through inside lists more than ${MOST_LISTS} deep` }];
  const names = new Map([...around.names, [as, rows]]);
  return check(value[part], `${at}/${part}`, { ...around, names }, depth + 1, lists + 1);
}

function checkPair(pair: unknown, at: string, around: Surroundings, wanted: Wanted): readonly Fault[] {
  return (pair as readonly unknown[]).flatMap((side, i) => checkOperand(side, `${at}/${i}`, around, wanted));
}

/** Faults of an operand whose form is known to be good. */
export function checkOperand(side: unknown, at: string, around: Surroundings, wanted: Wanted): readonly Fault[] {
  if (typeof side === 'string') return checkPath(side, at, around, wanted);
  const { path } = side as { readonly path?: string };
  return path === undefined ? [] : checkPath(path, `${at}/path`, around, 'date');
}

export type Wanted = 'anything' | 'text' | 'date' | 'row' | 'list' | 'row or list';

/** Faults of a path: that it names nothing, or something of another kind than the operator needs. */
export function checkPath(path: string, at: string, around: Surroundings, wanted: Wanted): readonly Fault[] {
  const found = nameAt(path, around);
  if (typeof found === 'string') return [{ at, what: found }];
  return isWanted(found, wanted) ? [] : [{ at, what: `${path} is not ${SAID[wanted]}` }];
}

const SAID: Record<Wanted, string> = {
  anything: 'anything',
  text: 'a text',
  date: 'a date',
  row: 'a row of a list',
  list: 'a list',
  'row or list': 'a row or a list',
};

function isWanted(found: Named, wanted: Wanted): boolean {
  if (wanted === 'anything') return true;
  if (found.is === 'value' && found.kind === 'open') return true;
  switch (wanted) {
    case 'text':
      return found.is === 'value' && (found.kind === 'text' || found.kind === 'time');
    case 'date':
      return found.is === 'value' && found.kind === 'date';
    case 'row':
      return found.is === 'row' || (found.is === 'value' && isRefs(found.kind));
    case 'list':
      return found.is === 'list' || (found.is === 'value' && found.kind === 'texts');
    case 'row or list':
      return found.is !== 'value' || isRefs(found.kind);
  }
}
