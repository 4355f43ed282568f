/**
 * Owns the judgement of a condition that holds no other: what stands at a path, and how two values compare. Promises an
 * answer for any data, and the path that it was read from.
 */
import { wallTimeOf } from '../../primitives/britishTime.ts';
import { addSpan, dayNumber, dayOf } from '../../primitives/calendar.ts';
import type { Condition, Operand, Scalar } from './condition.ts';
import { isRefs } from './shape.ts';
import { hasForm, plainText } from './textForms.ts';
import { asRow, placeAt, rowsAt } from './world.ts';
import type { Place, Scope, World } from './world.ts';

export interface Verdict {
  readonly holds: boolean;
  /** What decided it, as paths of the case such as `suspects/ID/born`; each once. */
  readonly paths: readonly string[];
}

/** The conditions with an operator of these. */
export type With<K extends string> = K extends string ? Extract<Condition, Readonly<Record<K, unknown>>> : never;
type Leaf = Exclude<Condition, With<'and' | 'or' | 'not' | 'every' | 'some' | 'count' | 'document' | 'found'>>;
type Compared = With<'equals' | 'same' | 'before' | 'after' | 'notBefore' | 'notAfter'>;

export function evaluateLeaf(condition: Leaf, world: World, scope: Scope | null): Verdict {
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

function plainIn(value: Scalar, world: World): string {
  const text = String(value);
  const plain = world.plain.get(text) ?? plainText(text);
  world.plain.set(text, plain);
  return plain;
}

function evaluatePair(condition: Compared, world: World, scope: Scope | null): Verdict {
  const judge = (pair: readonly [Operand, Operand], of: (a: Scalar, b: Scalar) => boolean): Verdict => {
    const [one, two] = pair.map((side) => valueOf(side, world, scope));
    const paths = [one?.path, two?.path].filter((path) => path !== undefined).slice(0, 1);
    if (one?.value === undefined || two?.value === undefined) return { holds: false, paths };
    return { holds: of(one.value, two.value), paths };
  };
  if ('equals' in condition) return judge(condition.equals, (a, b) => a === b);
  if ('same' in condition)
    return judge(condition.same, (a, b) => plainIn(a, world) === plainIn(b, world) && plainIn(a, world) !== '');
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
