/**
 * Owns the answer to "what would this be sent back for?": every rule in force, judged on a case as plain data. Promises
 * the same findings in the same order for the same case, rules, stage and day; an empty list says that none was found,
 * and never that a file will be accepted.
 */
import { evaluate } from '../../conditions/evaluate.ts';
import { makeWorld, named, placeAt, rowsAt } from '../../conditions/world.ts';
import type { Place, Scope, World } from '../../conditions/world.ts';
import type { Role } from '../../roles.ts';
import { rowsOf } from '../rows.ts';
import type { Stage } from '../../formats/stages.ts';
import type { Rule } from '../checks.ts';
import { reasonText, rulesFor } from '../ruleSet.ts';
import type { RuleSet } from '../ruleSet.ts';
import { answerTo } from './answered.ts';
import { say, wordsOfRow } from './words.ts';

export interface Finding {
  /** The rule's code: stable. */
  readonly code: string;
  /** What is wrong and what to do; for a question, the question. */
  readonly sentence: string;
  /** Where in the case, such as `suspects/ID/born`. */
  readonly path: string;
  /** Where it is mended: there, or the list that something is added to. */
  readonly mend: string;
  /** The reason that would be recorded, as code and in its own words. */
  readonly reason: string;
  readonly reasonText: string;
  readonly source: string;
  /** False: shown as "not verified". */
  readonly verified: boolean;
  /** `question`: no machine can judge it, and nobody has answered. */
  readonly severity: 'fault' | 'question' | 'advice';
  /** What an answer is kept under, and who can give it; also where the answer was not the good one. */
  readonly question: Question | null;
}

export interface Question {
  /** Opaque: the key in `work.answers`. */
  readonly key: string;
  readonly text: string;
  readonly by: readonly Role[];
  readonly good: 'yes' | 'no';
}

/** Judges a case for a stage as of a day (`YYYY-MM-DD`). */
export function preflight(snapshot: unknown, stage: Stage, rules: RuleSet, on: string): readonly Finding[] {
  const inForce = rulesFor(rules, on);
  if (inForce.length === 0)
    return [ownFinding('no-rules', `No rules are in force on ${on}. Choose another day or other rules.`)];
  const { judged, world } = judgeAll(snapshot, stage, rules, on);
  const findings = fold(judged.flatMap(({ rule, scope, row }) => judge(rule, row, scope, world, rules)));
  return world.meter.left > 0
    ? findings
    : [ownFinding('too-large', 'This case is too large to be judged whole. Judge a part of it.'), ...findings];
}

/** Every question that applies, answered or not. */
export function questionsOf(snapshot: unknown, stage: Stage, rules: RuleSet, on: string): readonly Question[] {
  const { judged, world } = judgeAll(snapshot, stage, rules, on);
  return judged
    .filter(({ rule, scope }) => applies(rule, world, scope))
    .flatMap(({ rule, row }) => questionOf(rule, row, world) ?? []);
}

interface Row {
  readonly place: Place;
  /** "Suspect 2". */
  readonly words: string;
}
interface Judged {
  readonly rule: Rule;
  readonly row: Row | null;
  readonly scope: Scope | null;
}

/** Each rule of the stage with each row that it is to be judged for. */
function judgeAll(snapshot: unknown, stage: Stage, rules: RuleSet, on: string) {
  const world = makeWorld(snapshot, on, stage, rules.tables);
  const judged = rulesFor(rules, on)
    .filter(({ stages }) => stages === 'every' || stages.includes(stage))
    .flatMap((rule): readonly Judged[] => {
      const list = rowsOf(rule);
      if (list === null) return [{ rule, row: null, scope: null }];
      return rowsAt(placeAt(list, world, null), world).map((place, at) => ({
        rule,
        row: { place, words: wordsOfRow(list, place.value, at) },
        scope: named('row', place),
      }));
    });
  return { judged, world };
}

const applies = (rule: Rule, world: World, scope: Scope | null): boolean =>
  rule.when === undefined || evaluate(rule.when, world, scope).holds;

function judge(rule: Rule, row: Row | null, scope: Scope | null, world: World, rules: RuleSet): readonly Finding[] {
  if (!applies(rule, world, scope)) return [];
  const question = questionOf(rule, row, world);
  const path = row === null ? rule.path : row.place.path + rule.path.replace(/^.*\*/, '');
  const finding = (sentence: string, severity: Finding['severity']): readonly Finding[] => [
    {
      code: rule.code,
      sentence: say(sentence, row?.words ?? ''),
      path,
      mend: rule.mend ?? path,
      reason: rule.reason,
      reasonText: reasonText(rules, rule.reason),
      source: rule.source,
      verified: rule.verified,
      severity,
      question,
    },
  ];
  if (question === null)
    return rule.require === undefined || evaluate(rule.require, world, scope).holds
      ? []
      : finding(rule.sentence, rule.severity);
  const answer = answerOf(question, world);
  if (answer === question.good || answer === 'not applicable') return [];
  return answer === undefined ? finding(question.text, 'question') : finding(rule.sentence, rule.severity);
}

/** What was answered by one whom the rule asks; undefined: nothing. */
const answerOf = (question: Question, world: World): unknown =>
  answerTo(question, answersIn(placeAt('work/answers', world, null).value))?.answer;

/** As a snapshot has them: whatever comes of it is compared with words alone. */
const answersIn = (value: unknown): Parameters<typeof answerTo>[1] =>
  (typeof value === 'object' && value !== null ? value : {}) as Parameters<typeof answerTo>[1];

/** A question is asked anew at each stage, and for each row. */
function questionOf({ code, ask }: Rule, row: Row | null, world: World): Question | null {
  if (ask === undefined) return null;
  const key = [code, world.stage, ...(row === null ? [] : [row.place.path.split('/').at(-1) ?? ''])].join(' ');
  return { key, text: say(ask.question, row?.words ?? ''), by: ask.by, good: ask.good };
}

const WEIGHT = { fault: 0, question: 1, advice: 2 } as const;

/** Faults before questions before advice, otherwise in the order of the rules; the same thing said once. */
function fold(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings
    .filter(({ code, path, sentence }) => {
      const keys = [`${code} ${path}`, `${path} ${sentence}`];
      const isNew = keys.every((key) => !seen.has(key));
      for (const key of keys) seen.add(key);
      return isNew;
    })
    .sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
}

const ownFinding = (code: string, sentence: string): Finding => ({
  code,
  sentence,
  path: 'case',
  mend: 'case',
  reason: code,
  reasonText: sentence,
  source: 'Joinder',
  verified: true,
  severity: 'fault',
  question: null,
});
