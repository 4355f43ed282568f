/**
 * Whether a process table holds together: no state without a way on, no step that nobody may take, every stage and step
 * reachable, every `next` there, every condition one that can be judged. Promises every fault at once, with its place.
 */
import { checkCondition } from '../../conditions/check.ts';
import type { Fault } from '../../conditions/check.ts';
import { NOTHING_AROUND } from '../../conditions/names.ts';
import type { Stage } from '../../formats/stages.ts';
import { isStage } from '../../formats/stages.ts';
import { sideOf } from '../sides.ts';
import type { PermissionTable } from '../permissions/table.ts';
import { RELATIONS, denies } from '../permissions/table.ts';
import type { ProcessTable, Step } from './table.ts';

const STAGE = 'stage:';
export const END = 'end';
/** The stage that a `next` leads to; null: it names a step, or the end. */
export const stageIn = (next: string): Stage | null => {
  const word = next.startsWith(STAGE) ? next.slice(STAGE.length) : undefined;
  return isStage(word) ? word : null;
};

/** The steps of a stage. */
export const stepsOf = ({ steps }: Pick<ProcessTable, 'steps'>, stage: Stage): readonly Step[] =>
  steps.filter(({ stages }) => stages.includes(stage));

/** Steps that a stage's work can begin with: those said to, and those that no other leads to. */
export const isStart = (steps: readonly Step[], step: Step): boolean =>
  step.start || !steps.some(({ id, next }) => id !== step.id && next.includes(step.id));

export function checkProcess(table: ProcessTable, permissions: PermissionTable): readonly Fault[] {
  return [
    ...table.steps.flatMap((step, i) => checkStep(table, step, `steps/${i} (${step.id})`, permissions)),
    ...table.stages.flatMap(({ stage }, i) => checkStage(table, stage, `stages/${i} (${stage})`)),
    ...checkReach(table),
  ];
}

function checkStep(table: ProcessTable, step: Step, at: string, permissions: PermissionTable): Fault[] {
  const twice = table.steps.filter(({ id }) => id === step.id).length > 1;
  const strange = step.next.filter((next) => !isKnown(table, next));
  const others = step.roles.filter((role) => (sideOf(role) ?? step.side) !== step.side);
  const nowhere = step.stages.filter((stage) => !table.stages.some((one) => one.stage === stage));
  return [
    ...(twice ? [{ at, what: `there is another step "${step.id}"` }] : []),
    ...strange.map((next) => ({ at: `${at}/next`, what: `no step or stage is called "${next}"` })),
    ...others.map((role) => ({ at: `${at}/roles`, what: `"${role}" is not on the side of ${step.side}` })),
    ...nowhere.map((stage) => ({ at: `${at}/stages`, what: `the stage "${stage}" is not in the table` })),
    ...step.stages
      .filter((stage) => !mayTake(step, stage, permissions))
      .map((stage) => ({
        at: `${at}/roles`,
        what: `none of them may do "${step.action ?? ''}" at the stage "${stage}"`,
      })),
    ...checkCondition(step.done, `${at}/done`, NOTHING_AROUND),
    ...(step.when === undefined ? [] : checkCondition(step.when, `${at}/when`, NOTHING_AROUND)),
    ...step.needs.flatMap(({ that }, i) => checkCondition(that, `${at}/needs/${i}/that`, NOTHING_AROUND)),
  ];
}

const isKnown = ({ steps, stages }: ProcessTable, next: string): boolean =>
  next === END || steps.some(({ id }) => id === next) || stages.some(({ stage }) => stage === stageIn(next));

/** Whether one of the step's roles may do its act, whatever they are to the thing. */
function mayTake({ action, roles }: Step, stage: Stage, permissions: PermissionTable): boolean {
  if (action === null) return true;
  return roles.some((role) =>
    [[], ...RELATIONS.map((one) => [one])].some((is) =>
      [false, true].some((closed) => denies(permissions, action, { roles: [role], is }, { stage, closed }) === null),
    ),
  );
}

/** Within a stage: it can be begun, every step can be come to, and from every step there is a way out of the stage. */
function checkStage(table: ProcessTable, stage: Stage, at: string): Fault[] {
  const steps = stepsOf(table, stage);
  const leads = new Map(steps.map(({ id, next }) => [id, next]));
  const reached = closure(
    steps.filter((step) => isStart(steps, step)).map(({ id }) => id),
    leads,
  );
  const stuck = steps.filter(
    ({ id }) => ![...closure([id], leads)].some((one) => one === END || stageIn(one) !== null),
  );
  return [
    ...(steps.length === 0 ? [{ at, what: 'the stage has no steps' }] : []),
    ...steps.filter(({ id }) => !reached.has(id)).map(({ id }) => ({ at, what: `nothing leads to the step "${id}"` })),
    ...stuck.map(({ id }) => ({ at, what: `from the step "${id}" there is no way out of the stage` })),
  ];
}

/** Between stages: each is reached from one where a case can begin, and from each there is a way to the end. */
function checkReach(table: ProcessTable): Fault[] {
  const leads = new Map(
    table.stages.map(({ stage }) => [
      STAGE + stage,
      stepsOf(table, stage).flatMap(({ next }) => next.filter((one) => one === END || stageIn(one) !== null)),
    ]),
  );
  const reached = closure(
    table.stages.filter(({ entry }) => entry).map(({ stage }) => STAGE + stage),
    leads,
  );
  const at = 'stages';
  return table.stages.flatMap(({ stage }) => [
    ...(reached.has(STAGE + stage) ? [] : [{ at, what: `no case ever comes to the stage "${stage}"` }]),
    ...(closure([STAGE + stage], leads).has(END) ? [] : [{ at, what: `from the stage "${stage}" no case ever ends` }]),
  ]);
}

/** Everything that can be come to from some places, themselves included. */
function closure(from: readonly string[], leads: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const seen = new Set(from);
  for (const one of seen) for (const next of leads.get(one) ?? []) seen.add(next);
  return seen;
}
