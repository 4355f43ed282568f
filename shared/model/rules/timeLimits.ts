/**
 * Owns the shape of time limits: from which day or hour each runs, for how long, what is taken off it, and what happens
 * where it would end on a day without courts. Reckoning with them is deadlines/.
 */
import { z } from 'zod';
import { checkCondition, checkPath } from '../conditions/check.ts';
import type { Fault } from '../conditions/check.ts';
import type { Surroundings } from '../conditions/names.ts';
import { nameAt } from '../conditions/names.ts';
import { unread } from './checks.ts';
import { code, day, inForce, line, orderFault, sourced } from './parts.ts';
import { aroundRule, rulePath } from './rows.ts';

const name = z.string().regex(/^[a-z][A-Za-z]{0,29}$/, 'a name begins with a small letter and has only letters');
const path = z.string().min(1).max(120);
const amount = z.int().min(-10_000).max(10_000).optional();

const limit = z
  .strictObject({
    code,
    /** What is due, for people: "Custody time limit, Crown Court". `{row}` as in rules. */
    what: line,
    /** How it is reckoned, in a sentence. */
    sentence: line,
    path: rulePath,
    when: unread.optional(),
    /** Paths of a date or a moment; the first that has one counts. `time`: of the time of that day. */
    start: z.array(path).min(1).max(5),
    time: path.optional(),
    /** How long. Hours run on the clock; days, months and years are of the calendar. All 0: the date itself. */
    period: z.strictObject({ hours: amount, days: amount, months: amount, years: amount }),
    /** Whether the first day counts as one. */
    counting: z.enum(['from the day after', 'with the first day']).default('from the day after'),
    /** Days taken off: those of other rows, from one date to another. */
    less: z.strictObject({ list: path, as: name, where: unread, from: path, to: path }).optional(),
    /** Where it would end at a weekend or on a holiday: on the working day before or after. */
    otherwise: z.enum(['the working day before', 'the working day after']).optional(),
    ...sourced,
    ...inForce,
  })
  .refine(({ period }) => Object.keys(period).length > 0, 'a period has hours, days, months or years');
export type TimeLimit = z.infer<typeof limit>;

export const timeLimitsFile = z.strictObject({
  format: z.literal('joinder time limits'),
  version: z.literal(1),
  name: line,
  /** Public holidays of England and Wales, besides weekends. A year of which none is listed is not known. */
  holidays: z.strictObject({ days: z.array(z.strictObject({ day, name: line })).max(1000), ...sourced }),
  limits: z.array(limit).max(200),
});
export type TimeLimitsFile = z.infer<typeof timeLimitsFile>;

/** Faults that the schema does not show: unknown paths, dates out of order. */
export function checkTimeLimits(file: TimeLimitsFile, tables: readonly string[]): readonly Fault[] {
  return file.limits.flatMap((each, i) => {
    const at = `limits/${i} (${each.code})`;
    const { around, faults } = aroundRule(each.path, at, tables);
    return [...orderFault(each, at), ...faults, ...(around === null ? [] : checkParts(each, at, around))];
  });
}

function checkParts({ when, start, time, less }: TimeLimit, at: string, around: Surroundings): readonly Fault[] {
  return [
    ...(when === undefined ? [] : checkCondition(when, `${at}/when`, around)),
    ...start.flatMap((one, i) => checkPath(one, `${at}/start/${i}`, around, 'date')),
    ...(time === undefined ? [] : checkPath(time, `${at}/time`, around, 'text')),
    ...(less === undefined ? [] : checkLess(less, `${at}/less`, around)),
  ];
}

function checkLess(less: NonNullable<TimeLimit['less']>, at: string, around: Surroundings): readonly Fault[] {
  const list = nameAt(less.list, around);
  if (typeof list === 'string' || list.is !== 'list')
    return [{ at: `${at}/list`, what: typeof list === 'string' ? list : `${less.list} is not a list` }];
  const inside: Surroundings = { ...around, names: new Map([...around.names, [less.as, list.lists]]) };
  return [
    ...checkCondition(less.where, `${at}/where`, inside),
    ...checkPath(less.from, `${at}/from`, inside, 'date'),
    ...checkPath(less.to, `${at}/to`, inside, 'date'),
  ];
}
