/**
 * Owns the judgement of one condition. Promises an answer for every condition and every data, and the paths of what
 * decided it: the rows that fail an `every`, the field that is not there. Never throws, never asks a clock.
 */
import type { Condition } from './condition.ts';
import { evaluateLeaf } from './leaf.ts';
import type { Verdict, With } from './leaf.ts';
import { isRefs } from './shape.ts';
import { named, placeAt, rowsAt } from './world.ts';
import type { Place, Scope, World } from './world.ts';

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

/** Stops at the first part that fails: that one decided it. */
function evaluateAll(parts: readonly Condition[], world: World, scope: Scope | null): Verdict {
  const holding: Verdict[] = [];
  for (const part of parts) {
    const verdict = evaluate(part, world, scope);
    if (!verdict.holds) return verdict;
    holding.push(verdict);
  }
  return { holds: true, paths: pathsOf(holding) };
}

/** Stops at the first part that holds. */
function evaluateAny(parts: readonly Condition[], world: World, scope: Scope | null): Verdict {
  const failing: Verdict[] = [];
  for (const part of parts) {
    const verdict = evaluate(part, world, scope);
    if (verdict.holds) return verdict;
    failing.push(verdict);
  }
  return { holds: false, paths: pathsOf(failing) };
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
    const form = placeAt('row/form', world, named('row', row)).value;
    const subjects = placeAt('row/about', world, named('row', row)).value;
    return (
      typeof form === 'string' &&
      document.includes(form) &&
      (id === null || (Array.isArray(subjects) && subjects.includes(id)))
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
