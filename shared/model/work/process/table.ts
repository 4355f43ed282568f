/**
 * The process as data: the stages of a file, and the steps of each with who may take them, what each needs, when it is
 * done, what comes next and by when. Owns the shape of that table; `check.ts` says whether one holds together.
 */
import { z } from 'zod';
import type { Condition } from '../../conditions/condition.ts';
import { STAGES } from '../../formats/stages.ts';
import { ROLES, SIDES } from '../../roles.ts';
import { code, line, sourced } from '../../rules/parts.ts';
import { ACTIONS } from '../permissions/actions.ts';

/** Read here as it is; `check.ts` holds it against the language of conditions. */
const condition = z.unknown().transform((value) => value as Condition);

/** From when a target runs: the newest such moment of the case. */
export const MOMENTS = [
  'stage began',
  'review asked',
  'package released',
  'package accepted',
  'decided',
  /** The earliest due date of the open actions is the target itself. */
  'action due',
] as const;
export type Moment = (typeof MOMENTS)[number];

const target = z
  .strictObject({
    days: z.int().min(0).max(3650).optional(),
    hours: z.int().min(1).max(8760).optional(),
    from: z.enum(MOMENTS),
  })
  .refine(
    ({ days, hours, from }) => (from === 'action due') === (days === undefined && hours === undefined),
    'a target is days or hours from a moment; "action due" has neither',
  );

const step = z.strictObject({
  id: code,
  stages: z.array(z.enum(STAGES)).min(1),
  title: line,
  side: z.enum(SIDES),
  roles: z.array(z.enum(ROLES)).min(1),
  /** The act that takes the step; null: it is done by writing in the case. */
  action: z.enum(ACTIONS).nullable(),
  /** Open whenever it applies, whatever was done before. */
  start: z.boolean().default(false),
  /** Only where this is so; else the step does not apply. */
  when: condition.optional(),
  needs: z.array(z.strictObject({ text: line, that: condition })).max(30),
  done: condition,
  /** Steps of the same stage, `stage:ID` for another stage, `end`. One that is not of the case's stage does not count. */
  next: z.array(z.string().max(60)).min(1).max(20),
  target: target.nullable(),
  ...sourced,
});
export type Step = z.infer<typeof step>;

const stage = z.strictObject({
  stage: z.enum(STAGES),
  /** Whether a case can begin here. */
  entry: z.boolean(),
  ...sourced,
});

export const processTable = z.strictObject({
  format: z.literal('joinder process'),
  version: z.literal(1),
  name: line,
  stages: z.array(stage).min(1).max(STAGES.length),
  steps: z.array(step).min(1).max(300),
});
export type ProcessTable = z.infer<typeof processTable>;
