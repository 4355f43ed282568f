/**
 * Where a case stands in the process: its stage, the steps that are open with whose they are and by when, what each still
 * needs, and what comes next. The table is interpreted; nothing of the process is known here.
 */
import type { Millis } from '../../../primitives/units.ts';
import type { Condition } from '../../conditions/condition.ts';
import { evaluate } from '../../conditions/evaluate.ts';
import type { World } from '../../conditions/world.ts';
import { makeWorld } from '../../conditions/world.ts';
import type { Stage } from '../../formats/stages.ts';
import { STAGE_WORDS } from '../../formats/stages.ts';
import type { CaseSnapshot } from '../../snapshot/schema.ts';
import type { WorkState } from '../state.ts';
import { END, isStart, stageIn, stepsOf } from './check.ts';
import type { Due, Times } from './moments.ts';
import { dueOf } from './moments.ts';
import type { ProcessTable, Step } from './table.ts';
import type { Whose } from './whose.ts';
import { whoseIs } from './whose.ts';

export interface Now extends Times {
  /** Today, where the case is worked on. */
  readonly on: string;
  readonly now: Millis;
}

export interface OpenStep {
  readonly id: string;
  readonly title: string;
  /** The act that takes it; null: it is done by writing in the case. */
  readonly action: Step['action'];
  readonly whose: Whose;
  readonly due: Due | null;
  readonly overdue: boolean;
  /** What is not there yet, with where to mend it. */
  readonly needs: readonly { readonly text: string; readonly paths: readonly string[] }[];
  /** Titles of what comes after. */
  readonly next: readonly string[];
  readonly source: string;
  readonly verified: boolean;
}

export interface Where {
  readonly stage: Stage;
  readonly title: string;
  /** Ends when the case is closed. */
  readonly over: boolean;
  readonly open: readonly OpenStep[];
  readonly done: readonly { readonly id: string; readonly title: string }[];
}

type Judged = 'done' | 'not done' | 'does not apply';

export function whereIs(
  process: ProcessTable,
  snapshot: Pick<CaseSnapshot, 'case' | 'packages'>,
  work: WorkState,
  now: Now,
): Where {
  const { stage } = work.stage;
  const world = makeWorld({ ...snapshot, work }, now.on, stage);
  const steps = stepsOf(process, stage);
  const judged = new Map(steps.map((step) => [step.id, judge(step, world)]));
  const over = work.closed !== null;
  const isOpen = (step: Step): boolean =>
    judged.get(step.id) === 'not done' &&
    (isStart(steps, step) || steps.some(({ id, next }) => judged.get(id) === 'done' && next.includes(step.id)));
  return {
    stage,
    title: STAGE_WORDS[stage].name,
    over,
    open: over ? [] : steps.filter(isOpen).map((step) => openStep(step, process, snapshot, work, world, now)),
    done: steps.filter(({ id }) => judged.get(id) === 'done').map(({ id, title }) => ({ id, title })),
  };
}

const holds = (condition: Condition, world: World): boolean => evaluate(condition, world).holds;

function judge({ when, done }: Step, world: World): Judged {
  if (when !== undefined && !holds(when, world)) return 'does not apply';
  return holds(done, world) ? 'done' : 'not done';
}

function openStep(
  step: Step,
  process: ProcessTable,
  snapshot: Pick<CaseSnapshot, 'case' | 'packages'>,
  work: WorkState,
  world: World,
  now: Now,
): OpenStep {
  const { id, title, action, source, verified } = step;
  const due = dueOf(step, snapshot.packages, work, now);
  const needs = step.needs.flatMap(({ text, that }) => {
    const verdict = evaluate(that, world);
    return verdict.holds ? [] : [{ text, paths: verdict.paths }];
  });
  return {
    id,
    title,
    action,
    source,
    verified,
    due,
    needs,
    whose: whoseIs(step, snapshot.case, work),
    overdue: due !== null && (due.at === null ? now.on > due.day : now.now > due.at),
    next: step.next.flatMap((next) => titleOf(next, process, world.stage)),
  };
}

function titleOf(next: string, { steps }: ProcessTable, stage: string): readonly string[] {
  if (next === END) return ['The case ends'];
  const other = stageIn(next);
  if (other !== null) return [STAGE_WORDS[other].name];
  return steps.flatMap((step) => (step.id === next && step.stages.some((one) => one === stage) ? [step.title] : []));
}
