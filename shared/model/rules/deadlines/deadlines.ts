/**
 * Owns the deadlines of a case: each with the rule and the data that it was computed from. A person may set another date,
 * which counts and stands beside the computed one with its reason; nothing here is stored, so that nothing is overwritten.
 */
import { wallTimeOf } from '../../../primitives/britishTime.ts';
import { dayNumber } from '../../../primitives/calendar.ts';
import { evaluate } from '../../conditions/evaluate.ts';
import { asRow, makeWorld, named, placeAt, rowsAt } from '../../conditions/world.ts';
import type { Place, Scope, World } from '../../conditions/world.ts';
import type { Stage } from '../../formats/stages.ts';
import { say, wordsOfRow } from '../preflight/words.ts';
import { rowsOf } from '../rows.ts';
import type { RuleSet } from '../ruleSet.ts';
import { limitsFor } from '../ruleSet.ts';
import type { TimeLimit } from '../timeLimits.ts';
import type { Due } from './reckon.ts';
import { reckon } from './reckon.ts';

export interface Deadline {
  /** Opaque: what another date is set under (`deadline set`). */
  readonly key: string;
  /** The time limit's code. */
  readonly code: string;
  readonly what: string;
  /** Where in the case it belongs, such as `custody/ID/from`. */
  readonly path: string;
  /** As computed: a day, and a time of it where it runs by the clock; without one, to the end of the day. */
  readonly computed: Due;
  /** How it was reckoned, in a sentence, and from which data, as paths and values. */
  readonly sentence: string;
  readonly data: readonly { readonly path: string; readonly value: string }[];
  readonly source: string;
  /** False: shown as "not verified". */
  readonly verified: boolean;
  /** The date that a person set in its place; the latest. */
  readonly set: (Due & { readonly reason: string; readonly by: unknown; readonly at: unknown }) | null;
  /** What counts: the date that was set, otherwise the computed one. */
  readonly due: Due;
  /** Days from the day of judging to it; less than 0: past. */
  readonly left: number;
}

/** Every deadline that runs, the next first. `on` is the day as of which it is looked at. */
export function deadlines(snapshot: unknown, stage: Stage, rules: RuleSet, on: string): readonly Deadline[] {
  const world = makeWorld(snapshot, on, stage, rules.tables);
  return limitsFor(rules, on)
    .flatMap((limit) => rowsFor(limit, world).flatMap((row) => deadlineOf(limit, row, world, rules) ?? []))
    .sort((a, b) => order(a).localeCompare(order(b), 'en'));
}

const order = ({ due, code, path }: Deadline): string => `${due.day}T${due.time ?? '24:00'} ${code} ${path}`;

interface Row {
  readonly scope: Scope | null;
  readonly path: string;
  readonly words: string;
}

function rowsFor(limit: TimeLimit, world: World): readonly Row[] {
  const list = rowsOf(limit);
  if (list === null) return [{ scope: null, path: limit.path, words: '' }];
  return rowsAt(placeAt(list, world, null), world).map((place, at) => ({
    scope: named('row', place),
    path: place.path + limit.path.replace(/^.*\*/, ''),
    words: wordsOfRow(list, place.value, at),
  }));
}

function deadlineOf(limit: TimeLimit, { scope, path, words }: Row, world: World, rules: RuleSet): Deadline | null {
  if (limit.when !== undefined && !evaluate(limit.when, world, scope).holds) return null;
  const start = startOf(limit, world, scope);
  if (start === null) return null;
  const less = lessOf(limit, world, scope);
  const computed = reckon(limit, start, less.days, rules.holidays);
  if (computed === null) return null;
  const { day, time, holidaysKnown } = computed;
  const key = `${limit.code} ${path}`;
  const set = setInstead(key, world);
  const due = set === null ? { day, time } : { day: set.day, time: set.time };
  const unknown = ` Public holidays of ${day.slice(0, 4)} are not in these rules: check the date.`;
  return {
    key,
    code: limit.code,
    what: say(limit.what, words),
    path,
    computed: { day, time },
    sentence: holidaysKnown ? limit.sentence : limit.sentence + unknown,
    data: [...start.data, ...less.data],
    source: limit.source,
    verified: limit.verified,
    set,
    due,
    left: (dayNumber(due.day) ?? 0) - (dayNumber(world.on) ?? 0),
  };
}

type Data = Deadline['data'];

/** The first start that is there, with what it was read from. */
function startOf(limit: TimeLimit, world: World, scope: Scope | null): (Due & { readonly data: Data }) | null {
  for (const path of limit.start) {
    const found = placeAt(path, world, scope);
    const day = dueIn(found);
    if (day === null) continue;
    const clock = limit.time === undefined ? null : placeAt(limit.time, world, scope);
    const time = typeof clock?.value === 'string' && clock.value !== '' ? clock.value : null;
    const data = [dataOf(found), ...(clock === null || time === null ? [] : [dataOf(clock)])];
    return { day: day.day, time: time ?? day.time, data };
  }
  return null;
}

/** A date, or a moment as it stands on the wall. */
function dueIn({ value }: Place): Due | null {
  return typeof value === 'string' && dayNumber(value) !== null ? { day: value, time: null } : wallTimeOf(value);
}

const dataOf = ({ path, value }: Place): Data[number] => {
  const wall = typeof value === 'string' && dayNumber(value) !== null ? null : wallTimeOf(value);
  return { path, value: wall === null ? String(value) : `${wall.day} ${wall.time}` };
};

/** The days of other rows that are taken off, each from the day after it began to the day on which it ended. */
function lessOf(
  { less }: TimeLimit,
  world: World,
  scope: Scope | null,
): { readonly days: number; readonly data: Data } {
  if (less === undefined) return { days: 0, data: [] };
  const rows = rowsAt(placeAt(less.list, world, scope), world).map((row) => named(less.as, row, scope));
  const parts = rows
    .filter((inner) => evaluate(less.where, world, inner).holds)
    .map((inner) => [placeAt(less.from, world, inner), placeAt(less.to, world, inner)] as const)
    .map(([from, to]) => ({ days: daysBetween(from.value, to.value), data: [dataOf(from), dataOf(to)] }));
  return { days: parts.reduce((sum, { days }) => sum + days, 0), data: parts.flatMap(({ data }) => data) };
}

function daysBetween(from: unknown, to: unknown): number {
  const [one, two] = [from, to].map((value) => (typeof value === 'string' ? dayNumber(value) : null));
  return one === null || two === null || one === undefined || two === undefined ? 0 : Math.max(0, two - one);
}

/** The date that somebody set for this deadline; of several the latest. */
function setInstead(key: string, world: World): Deadline['set'] {
  const { value } = placeAt('work/deadlines', world, null);
  const found = (Array.isArray(value) ? value : []).map(asRow).findLast((row) => row?.['key'] === key);
  const { due, time, reason, by, at } = found ?? {};
  if (typeof due !== 'string' || dayNumber(due) === null) return null;
  return {
    day: due,
    time: typeof time === 'string' ? time : null,
    reason: typeof reason === 'string' ? reason : '',
    by,
    at,
  };
}
