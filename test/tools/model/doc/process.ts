/** The part of the documentation about the process and the sharing agreement, from their own data. */
import { STAGES, STAGE_WORDS } from '../../../../shared/model/formats/stages.ts';
import { builtInRules } from '../../../../shared/model/rules/builtIn.ts';
import { fellshireAgreement } from '../../../../shared/model/work/agreement/fellshire.fixture.ts';
import { processIn } from '../../../../shared/model/work/process/load.ts';
import type { ProcessTable, Step } from '../../../../shared/model/work/process/table.ts';
import { listed, sourceText, table } from './markdown.ts';

function targetText({ target }: Step): string {
  if (target === null) return '';
  if (target.from === 'action due') return 'the earliest due date of the open actions';
  const span = target.days === undefined ? counted(target.hours ?? 0, 'hour') : counted(target.days, 'day');
  return `${span} from: ${target.from}`;
}
const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const nextText = ({ next }: Step): string =>
  next.map((step) => (step === 'end' ? 'the end' : `\`${step.replace(/^.*:/, '')}\``)).join(', ');

const stepRow = (step: Step): readonly string[] => [
  `\`${step.id}\``,
  step.title,
  `${step.side}: ${listed(step.roles, 'or')}`,
  step.needs.map(({ text }) => text).join('; '),
  targetText(step),
  nextText(step),
  sourceText(step),
];

function stageSection(stage: (typeof STAGES)[number], { steps, stages }: ProcessTable): string {
  const begins = stages.some((one) => one.stage === stage && one.entry) ? ' A case can begin here.' : '';
  return [
    `### ${STAGE_WORDS[stage].name}`,
    '',
    `${STAGE_WORDS[stage].says}${begins}`,
    '',
    table(
      ['step', 'what is done', 'whose it is', 'what it needs', 'by when', 'what comes next', 'source'],
      steps.filter(({ stages: at }) => at.includes(stage)).map(stepRow),
    ),
  ].join('\n');
}

export function process(): string {
  const steps = processIn(builtInRules().files);
  return [
    '## Process',
    '',
    `${steps.name}: the steps of each stage, who may take each, what it needs, by when, and what comes next. It is rule data`,
    '(`shared/model/rules/data/process.json`) that the application interprets; an organisation can sign another.',
    '',
    STAGES.map((stage) => stageSection(stage, steps)).join('\n\n'),
  ].join('\n');
}

export function agreements(): string {
  const { basis, purposes, markings, retention } = fellshireAgreement();
  return [
    '## Sharing agreements',
    '',
    'A case refers to an agreement between the organisations that work on it. It has versions; one binds once every party has',
    'accepted it, and the change log says what a new one changes. It names the parties and what each is controller of, the lawful',
    'basis and purposes of sharing, who is responsible for which step, how material is marked, how long it is kept, and by which',
    'permissions and rules the case is judged. What follows is in the template that comes with Joinder',
    '(`shared/model/rules/data/agreement.json`), from which a real one can begin.',
    '',
    table(
      ['lawful basis', 'source'],
      basis.map((one) => [one.text, sourceText(one)]),
    ),
    '',
    `Purposes: ${purposes.join('; ')}.`,
    '',
    table(
      ['marking', 'rule', 'source'],
      markings.map((one) => [one.marking, one.rule, sourceText(one)]),
    ),
    '',
    table(
      ['retention class', 'what it is', 'kept', 'reviewed after', 'source'],
      retention.map((one) => [
        `\`${one.code}\``,
        one.title,
        one.keep,
        one.reviewAfter === null ? 'when a person decides' : counted(one.reviewAfter, 'month'),
        sourceText(one),
      ]),
    ),
  ].join('\n');
}
