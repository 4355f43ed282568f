/** The part of the documentation that comes from rule data: who may do what, and what a file is judged by. */
import type { PersonalDataCategory } from '../../../../shared/model/rules/personalData.ts';
import type { RetentionClass } from '../../../../shared/model/rules/retention.ts';
import type { TimeLimit } from '../../../../shared/model/rules/timeLimits.ts';
import type { Rule } from '../../../../shared/model/rules/checks.ts';
import { builtInRules } from '../../../../shared/model/rules/builtIn.ts';
import type { RuleSet } from '../../../../shared/model/rules/ruleSet.ts';
import { reasonText } from '../../../../shared/model/rules/ruleSet.ts';
import type { PermissionRule } from '../../../../shared/model/work/permissions/table.ts';
import { DEFAULT_PERMISSIONS } from '../../../../shared/model/work/permissions/table.ts';
import { listed, sourceText, table } from './markdown.ts';

const stagesText = (stages: 'every' | readonly string[]): string => (stages === 'every' ? 'every' : stages.join(', '));

function allowed({ allow }: PermissionRule): string {
  return allow
    .map(({ roles, stages, only }) => {
      const who = listed(roles, 'or');
      const at = stages === 'every' ? '' : ` at ${stagesText(stages)}`;
      return `${who}${at}${only === undefined ? '' : `, only who ${RELATION[only]}`}`;
    })
    .join('; ');
}

const RELATION = {
  'asked for it': 'asked for it',
  'holds the case': 'holds the case',
  'same organisation': 'is of the same organisation',
  'named by it': 'is named by it',
} as const;

const WHILE = { open: 'the case is open', closed: 'the case is closed', any: 'at any time' } as const;

export function permissions(): string {
  const rows = Object.entries(DEFAULT_PERMISSIONS.actions).map(([action, rule]) => [
    `\`${action}\``,
    rule.title,
    allowed(rule),
    rule.not.length === 0
      ? ''
      : `who ${listed(
          rule.not.map((relation) => RELATION[relation]),
          'or',
        )}`,
    WHILE[rule.while],
    sourceText(rule),
  ]);
  return [
    '## Permissions',
    '',
    'Who may do what, by the roles that the directory of their organisation gives them. The table is rule data',
    '(`shared/model/rules/data/permissions.json`); what it does not allow is refused by every computer that reads it, and shown.',
    '',
    table(['act', 'what it is', 'who may', 'never', 'while', 'source'], rows),
  ].join('\n');
}

const ruleRow = (rule: Rule, set: RuleSet): readonly string[] => [
  `\`${rule.code}\``,
  rule.ask === undefined ? rule.sentence : `Asked: ${rule.ask.question}`,
  `\`${rule.path}\``,
  stagesText(rule.stages),
  reasonText(set, rule.reason),
  sourceText(rule),
];

export function checks(): string {
  const set = builtInRules();
  const { name, edition, from, to } = set.manifest;
  return [
    '## What a file is judged by',
    '',
    `The rules that Joinder comes with: ${name}, edition ${edition}, in force from ${from}${to === null || to === undefined ? '' : ` to ${to}`}. An organisation`,
    'can sign others, which take their place without a new release of the application. None found never says that a file will',
    'be accepted.',
    '',
    table(
      ['code', 'what is said', 'where', 'stages', 'recorded reason', 'source'],
      set.rules.map((rule) => ruleRow(rule, set)),
    ),
  ].join('\n');
}

const limitRow = (limit: TimeLimit): readonly string[] => [
  `\`${limit.code}\``,
  limit.what,
  limit.sentence,
  `\`${limit.path}\``,
  sourceText(limit),
];
const classRow = (one: RetentionClass): readonly string[] => [`\`${one.code}\``, one.name, one.says, sourceText(one)];
const categoryRow = (one: PersonalDataCategory): readonly string[] => [
  `\`${one.code}\``,
  one.name,
  one.says,
  one.look === null ? 'by a person' : 'by the application too',
  sourceText(one),
];

/** What else the rule data holds: time limits, retention classes, categories of personal data. */
export function otherRules(): string {
  const { limits, retention, personalData } = builtInRules();
  return [
    '## Deadlines',
    '',
    'Computed from the case, each time it is looked at, and shown with the dates that they were computed from. A person may set',
    'another date, on a reason; the computed one stays beside it.',
    '',
    table(['code', 'what is due', 'how it is reckoned', 'where', 'source'], limits.map(limitRow)),
    '',
    '## How long a case is kept',
    '',
    table(['code', 'class', 'what it says', 'source'], retention.map(classRow)),
    '',
    '## Personal data that is looked for before something is shared',
    '',
    table(['code', 'category', 'what it is', 'looked for', 'source'], personalData.map(categoryRow)),
  ].join('\n');
}
