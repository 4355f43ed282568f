/**
 * Owns the judgement of one condition. Promises an answer for every condition and every data, and the paths of what
 * decided it: the rows that fail an `every`, the field that is not there. Never throws, never asks a clock.
 */
import { wallTimeOf } from '../../primitives/britishTime.ts';
import { addSpan, dayNumber, dayOf } from '../../primitives/calendar.ts';
import type { Condition, Operand, Scalar } from './condition.ts';
import { isRefs } from './shape.ts';
import { hasForm, plainText } from './textForms.ts';
import { asRow, named, placeAt, rowsAt } from './world.ts';
import type { Place, Scope, World } from './world.ts';

export interface Verdict {
  readonly holds: boolean;
  /** What decided it, as paths of the case such as `suspects/ID/born`; each once. */
  readonly paths: readonly string[];
}

/** Judges a condition that `checkCondition` found good. Unknown names are absent; at the meter's end all is false. */
export function evaluate(condition: Condition, world: World, scope: Scope | null = null): Verdict {
  if (world.meter.left <= 0) return { holds: false, paths: [] };
  world.meter.left--;
  if ('and' in condition) return evaluateAll(condition.and, world, scope);
  if ('or' in condition) return evaluateAny(condition.or, world, scope);
  if ('not' in condition) {
    const { holds, paths } = evaluate(condition.not, world, scope);
    return { holds: !holds, paths };
  }
  if ('every' in condition) return evaluateEvery(condition, world, scope);
  if ('some' in condition) return evaluateSome(condition, world, scope);
  if ('count' in condition) return evaluateCount(condition, world, scope);
  if ('document' in condition) return evaluateDocument(condition, world, scope);
  if ('found' in condition) return evaluateFound(condition, world, scope);
  return evaluateLeaf(condition, world, scope);
}

type With<K extends string> = K extends string ? Extract<Condition, Readonly<Record<K, unknown>>> : never;
type Leaf = Exclude<Condition, With<'and' | 'or' | 'not' | 'every' | 'some' | 'count' | 'document' | 'found'>>;
type Compared = With<'equals' | 'same' | 'before' | 'after' | 'notBefore' | 'notAfter'>;

function evaluateAll(parts: readonly Condition[], world: World, scope: Scope | null): Verdict {
  const verdicts = parts.map((part) => evaluate(part, world, scope));
  const failing = verdicts.filter(({ holds }) => !holds);
  return { holds: failing.length === 0, paths: pathsOf(failing.length === 0 ? verdicts : failing) };
}

function evaluateAny(parts: readonly Condition[], world: World, scope: Scope | null): Verdict {
  const verdicts = parts.map((part) => evaluate(part, world, scope));
  const holding = verdicts.filter(({ holds }) => holds);
  return { holds: holding.length > 0, paths: pathsOf(holding.length === 0 ? verdicts : holding) };
}

const pathsOf = (verdicts: readonly Verdict[]): readonly string[] => [
  ...new Set(verdicts.flatMap(({ paths }) => paths)),
];

/** Each row of a list with the verdict of a condition on it. */
function judgeRows(path: string, as: string, that: Condition | undefined, world: World, scope: Scope | null) {
  const list = placeAt(path, world, scope);
  const judged = rowsAt(list, world).map((row) => ({
    path: row.path,
    verdict: that ? evaluate(that, world, named(as, row, scope)) : { holds: true, paths: [] },
  }));
  const pathsWhere = (holds: boolean) => judged.filter(({ verdict }) => verdict.holds === holds).map((row) => row.path);
  return { list, holding: pathsWhere(true), failing: pathsWhere(false) };
}

function evaluateEvery({ every, as, that }: With<'every'>, world: World, scope: Scope | null): Verdict {
  const { list, holding, failing } = judgeRows(every, as, that, world, scope);
  if (world.meter.left <= 0) return { holds: false, paths: [] };
  return { holds: failing.length === 0, paths: failing.length > 0 ? failing : orList(holding, list) };
}

function evaluateSome({ some, as, that }: With<'some'>, world: World, scope: Scope | null): Verdict {
  const { list, holding } = judgeRows(some, as, that, world, scope);
  return { holds: holding.length > 0, paths: orList(holding, list) };
}

function evaluateCount({ count, as, where, min, max }: With<'count'>, world: World, scope: Scope | null): Verdict {
  const { list, holding } = judgeRows(count, as ?? 'counted', where, world, scope);
  const few = holding.length < (min ?? 0);
  return { holds: !few && holding.length <= (max ?? Infinity), paths: few ? [list.path] : orList(holding, list) };
}

const orList = (rows: readonly string[], list: Place): readonly string[] => (rows.length > 0 ? rows : [list.path]);

function evaluateDocument({ document, about }: With<'document'>, world: World, scope: Scope | null): Verdict {
  const wanted = about === undefined ? null : placeAt(about, world, scope);
  const id = wanted === null ? null : (wanted.path.split('/').at(-1) ?? '');
  const list = placeAt('documents', world, null);
  const found = rowsAt(list, world).filter((row) => {
    const form = textOf(placeAt('row/form', world, named('row', row)).value);
    const subjects = placeAt('row/about', world, named('row', row)).value;
    return (
      form !== null && document.includes(form) && (id === null || (Array.isArray(subjects) && subjects.includes(id)))
    );
  });
  return {
    holds: found.length > 0,
    paths: orList(
      found.map(({ path }) => path),
      list,
    ),
  };
}

function evaluateFound({ found, of }: With<'found'>, world: World, scope: Scope | null): Verdict {
  const place = placeAt(of, world, scope);
  const files =
    place.kind !== null && isRefs(place.kind)
      ? rowsAt(place, world)
      : Array.isArray(place.value)
        ? rowsAt(place, world)
        : [place];
  const holding = files.filter((file) => {
    const codes = placeAt('file/found', world, named('file', file)).value;
    return Array.isArray(codes) && codes.some((code: unknown) => typeof code === 'string' && found.includes(code));
  });
  return {
    holds: holding.length > 0,
    paths: orList(
      holding.map(({ path }) => path),
      place,
    ),
  };
}

function evaluateLeaf(condition: Leaf, world: World, scope: Scope | null): Verdict {
  if ('exists' in condition) {
    const place = placeAt(condition.exists, world, scope);
    return { holds: isThere(place, world), paths: [place.path] };
  }
  if ('in' in condition) {
    const { value, path } = placeAt(condition.in, world, scope);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return { holds: values.some((one) => condition.of.includes(one as Scalar)), paths: [path] };
  }
  if ('shares' in condition) {
    const [one, two] = condition.shares.map((side) => placeAt(side, world, scope));
    const ids = new Set(one ? namesIn(one, world) : []);
    return { holds: two !== undefined && namesIn(two, world).some((id) => ids.has(id)), paths: one ? [one.path] : [] };
  }
  if ('unread' in condition) {
    const { path } = placeAt(condition.unread, world, scope);
    const unread = asRow(world.snapshot['unread']);
    return { holds: unread !== null && Object.hasOwn(unread, path), paths: [path] };
  }
  if ('matches' in condition) {
    const { value, path } = placeAt(condition.matches, world, scope);
    return { holds: typeof value === 'string' && hasForm(value, condition.form), paths: [path] };
  }
  if ('length' in condition) {
    const { value, path } = placeAt(condition.length, world, scope);
    const length = typeof value === 'string' ? value.trim().length : 0;
    return { holds: length >= (condition.min ?? 0) && length <= (condition.max ?? Infinity), paths: [path] };
  }
  return evaluatePair(condition, world, scope);
}

/** What the elements of a list are known by: rows by their ids, texts by themselves. */
const namesIn = (place: Place, world: World): readonly string[] =>
  place.kind === 'texts' && Array.isArray(place.value)
    ? place.value.filter((value) => typeof value === 'string')
    : rowsAt(place, world).map(({ path }) => path);

function isThere({ value, kind, path, row }: Place, world: World): boolean {
  if (kind !== null && isRefs(kind)) return rowsAt({ value, kind, path, row }, world).length > 0;
  if (typeof value === 'string') return value.trim() !== '';
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null;
}

/** A comparison of two days; false where either is none. */
const days = (of: (a: number, b: number) => boolean) => (a: Scalar, b: Scalar) => {
  const [one, two] = [dayIn(a), dayIn(b)];
  return one !== null && two !== null && of(one, two);
};

function evaluatePair(condition: Compared, world: World, scope: Scope | null): Verdict {
  const judge = (pair: readonly [Operand, Operand], of: (a: Scalar, b: Scalar) => boolean): Verdict => {
    const [one, two] = pair.map((side) => valueOf(side, world, scope));
    const paths = [one?.path, two?.path].filter((path) => path !== undefined).slice(0, 1);
    if (one?.value === undefined || two?.value === undefined) return { holds: false, paths };
    return { holds: of(one.value, two.value), paths };
  };
  if ('equals' in condition) return judge(condition.equals, (a, b) => a === b);
  if ('same' in condition)
    return judge(
      condition.same,
      (a, b) => plainText(String(a)) === plainText(String(b)) && plainText(String(a)) !== '',
    );
  if ('before' in condition)
    return judge(
      condition.before,
      days((a, b) => a < b),
    );
  if ('after' in condition)
    return judge(
      condition.after,
      days((a, b) => a > b),
    );
  if ('notBefore' in condition)
    return judge(
      condition.notBefore,
      days((a, b) => a >= b),
    );
  return judge(
    condition.notAfter,
    days((a, b) => a <= b),
  );
}

/** The value of an operand; undefined where there is none. A row stands for its id, so that rows can be compared. */
export function valueOf(
  operand: Operand,
  world: World,
  scope: Scope | null,
): { value: Scalar | undefined; path?: string } {
  if (typeof operand === 'object' && 'value' in operand) return { value: operand.value };
  const place = placeAt(typeof operand === 'string' ? operand : operand.path, world, scope);
  const value = scalarOf(place);
  if (typeof operand === 'string') return { value, path: place.path };
  const number = value === undefined ? null : dayIn(value);
  const day = number === null ? null : dayOf(number);
  return { value: (day === null ? null : addSpan(day, operand.plus)) ?? undefined, path: place.path };
}

function scalarOf({ value, path, row }: Place): Scalar | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return row !== null && value !== undefined ? path.split('/').at(-1) : undefined;
}

/** A day, or the day on which a moment falls: ISO text or milliseconds. */
const dayIn = (value: Scalar): number | null =>
  dayNumber(typeof value === 'string' && value.length === 10 ? value : (wallTimeOf(value)?.day ?? ''));
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
