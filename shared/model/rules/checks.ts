/**
 * Owns the shape of rules that judge a case: what is asked of it, at which stages, for which recorded reason a prosecutor
 * would send it back. A rule is judged by machine (`require`), or is a question to a person (`ask`), never both.
 */
import { z } from 'zod';
import { checkCondition } from '../conditions/check.ts';
import type { Fault } from '../conditions/check.ts';
import type { Condition } from '../conditions/condition.ts';
import { code, inForce, line, orderFault, sourced } from './parts.ts';
import { aroundRule, rulePath } from './rows.ts';
import { STAGES } from '../formats/stages.ts';
import { LIST_NAMES } from '../formats/index.ts';
import { ROLES } from '../roles.ts';

/** A reason that the other side or a court's system records. */
const reason = z.strictObject({ code, text: line, ...sourced });
export type Reason = z.infer<typeof reason>;

const ask = z.strictObject({
  question: line,
  /** Who can answer it. */
  by: z.array(z.enum(ROLES)).min(1),
  /** The answer that passes; "not applicable" passes as well. */
  good: z.enum(['yes', 'no']).default('yes'),
});

/** A condition as it stands in a file; `checkCondition` says whether it is one. */
export const unread = z.unknown().transform((value) => value as Condition);

const rule = z
  .strictObject({
    code,
    /** What is wrong and what to do. `{row}` stands for the row, such as "Suspect 2". */
    sentence: line,
    /** Where it is mended, such as `case/officerPhone`. With a star for the id of a row, it is judged for each row, as `row`. */
    path: rulePath,
    /** The list in which it is mended, where that is another than the row it is judged for. */
    mend: z.enum(LIST_NAMES).optional(),
    stages: z.union([z.array(z.enum(STAGES)).min(1), z.literal('every')]),
    when: unread.optional(),
    require: unread.optional(),
    ask: ask.optional(),
    reason: code,
    /** `advice`: worth a look, and no reason by itself to send a file back. */
    severity: z.enum(['fault', 'advice']).default('fault'),
    ...sourced,
    ...inForce,
  })
  .refine((one) => (one.require === undefined) !== (one.ask === undefined), 'a rule says either "require" or "ask"');
export type Rule = z.infer<typeof rule>;

const cell = z.union([z.string().max(300), z.number(), z.boolean()]);

export const checksFile = z.strictObject({
  format: z.literal('joinder checks'),
  version: z.literal(1),
  name: line,
  reasons: z.array(reason).max(200),
  /** Why nobody is charged, as it is recorded with the decision. */
  declines: z.array(reason).max(50).default([]),
  /** Lists that conditions look things up in, as `tables/NAME`. */
  tables: z.record(z.string().regex(/^[a-z][A-Za-z]*$/), z.array(z.record(z.string(), cell)).max(20_000)).default({}),
  rules: z.array(rule).max(1000),
});
export type ChecksFile = z.infer<typeof checksFile>;

/** Faults of the rules of a file that its schema does not show: unknown paths, dates out of order. */
export function checkRules(
  file: ChecksFile,
  tables: readonly string[],
  reasons: ReadonlySet<string>,
): readonly Fault[] {
  return file.rules.flatMap((each, i) => {
    const at = `rules/${i} (${each.code})`;
    const known = reasons.has(each.reason)
      ? []
      : [{ at: `${at}/reason`, what: `no reason "${each.reason}" is listed` }];
    return [...known, ...orderFault(each, at), ...checkParts(each, at, tables)];
  });
}

function checkParts(each: Rule, at: string, tables: readonly string[]): readonly Fault[] {
  const { around, faults } = aroundRule(each.path, at, tables);
  if (around === null) return faults;
  return [
    ...faults,
    ...(each.when === undefined ? [] : checkCondition(each.when, `${at}/when`, around)),
    ...(each.require === undefined ? [] : checkCondition(each.require, `${at}/require`, around)),
  ];
}
