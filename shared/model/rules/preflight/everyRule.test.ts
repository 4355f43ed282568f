import { describe, expect, it } from 'vitest';
import { evaluate } from '../../conditions/evaluate.ts';
import { makeWorld, named, placeAt, rowsAt } from '../../conditions/world.ts';
import { STAGES } from '../../formats/stages.ts';
import type { Stage } from '../../formats/stages.ts';
import { builtInRules } from '../builtIn.ts';
import type { Rule } from '../checks.ts';
import { rowsOf } from '../rows.ts';
import type { RuleSet } from '../ruleSet.ts';
import { CASES } from './cases.fixture.ts';
import { ON, answered, goodCase } from './goodCase.fixture.ts';
import type { Draft } from './goodCase.fixture.ts';
import { preflight, questionsOf } from './preflight.ts';

const { rules } = builtInRules();
const machine = rules.filter(({ require }) => require !== undefined);
const asked = rules.filter(({ ask }) => ask !== undefined);
const stagesOf = ({ stages }: Rule): readonly Stage[] => (stages === 'every' ? STAGES : stages);

/** What a question needs of the case to be asked. */
const ASKED: Readonly<Record<string, (draft: Draft) => void>> = {
  'exhibits-none': (draft) => draft['exhibits'].splice(0),
  'dv-not-overlooked': () => undefined,
  'custody-status-now': (draft) => (draft['suspects'][0].custodyStatus = 'in custody'),
  'special-measures-application': (draft) => (draft['victims'][0].specialMeasures = true),
};

/** A list that an organisation has put in whole, where a case asks for it: `tables` is no part of a case. */
function tablesFor(draft: Draft): RuleSet {
  const set = builtInRules();
  const whole: unknown = draft['tables'];
  if (typeof whole !== 'string') return set;
  const more = {
    courtOus: [{ code: 'B01LY' }],
    policeOus: [{ code: '01ZD' }],
    complete: [{ table: whole, complete: true }],
  };
  return { ...set, tables: { ...set.tables, ...more } };
}

/** A key of `unread` is a path, which `set` cannot say. */
function unfold(draft: Draft): Draft {
  const unread = Object.entries(draft['unread'] as Draft).map(
    ([key, value]) => [key.replaceAll('~', '/'), value] as const,
  );
  return { ...draft, unread: Object.fromEntries(unread) };
}

const changed = (stage: Stage, ...changes: readonly (((draft: Draft) => void) | undefined)[]): Draft => {
  const draft = goodCase(stage);
  for (const change of changes) change?.(draft);
  return unfold(draft);
};
const findingsOf = (code: string, draft: Draft, stage: Stage) =>
  preflight(draft, stage, tablesFor(draft), ON).filter((finding) => finding.code === code);

/** Whether the rule is asked of anything in the case at all, so that passing means something. */
function isAsked(rule: Rule, draft: Draft, stage: Stage): boolean {
  const world = makeWorld(draft, ON, stage, tablesFor(draft).tables);
  const list = rowsOf(rule);
  const scopes = list === null ? [null] : rowsAt(placeAt(list, world, null), world).map((row) => named('row', row));
  return scopes.some((scope) => rule.when === undefined || evaluate(rule.when, world, scope).holds);
}

describe('every rule that a machine judges', () => {
  it('has a case, and every case a rule', () => {
    expect(Object.keys(CASES).sort()).toEqual(machine.map(({ code }) => code).sort());
  });

  it.each(machine.flatMap((rule) => stagesOf(rule).map((stage) => [rule.code, stage, rule] as const)))(
    '%s, at %s, can fail and can pass',
    (code, stage, rule) => {
      const { bad, good, at } = CASES[code]!;
      const [passing, failing] = [changed(stage, good), changed(stage, bad)];
      expect(isAsked(rule, passing, stage)).toBe(true);
      expect(findingsOf(code, passing, stage)).toEqual([]);
      const [finding, ...more] = findingsOf(code, failing, stage);
      expect(finding).toMatchObject({
        reason: rule.reason,
        severity: rule.severity,
        verified: rule.verified,
        source: rule.source,
      });
      expect(at ?? finding?.path).toBe(finding?.path);
      expect([finding, ...more].every((each) => each !== undefined && isWhereItIs(each.path, rule, failing))).toBe(
        true,
      );
      expect(finding?.sentence).toMatch(/^[A-Z\u201c].+\.$/);
      expect(finding?.sentence).not.toContain('{');
    },
  );
});

/** A path that names what is there: for a rule of rows, an id of the list. */
function isWhereItIs(path: string, rule: Rule, draft: Draft): boolean {
  const list = rowsOf(rule);
  if (list === null) return path === rule.path;
  const id = path.split('/')[1];
  return draft[list].some((row: Draft) => row['id'] === id || row['item'] === id) && path.startsWith(`${list}/`);
}

describe('a rule with several ways to pass', () => {
  const judge = (code: string, change: (draft: Draft) => void) =>
    findingsOf(code, changed('charging', change), 'charging').length;
  const offence = (values: Draft) => (draft: Draft) => Object.assign(draft['offences'][0], values);
  it.each([
    // Laid counts before charged, charged before today.
    [{ limitationDate: '2026-03-01', laidDate: '2026-03-01', chargeDate: '2026-03-02' }, 0],
    [{ limitationDate: '2026-03-01', laidDate: '2026-03-02', chargeDate: '2026-03-01' }, 1],
    [{ limitationDate: ON }, 0],
    [{ limitationDate: '2026-03-01' }, 1],
  ])('out of time: %j', (values, count) => expect(judge('offence-out-of-time', offence(values))).toBe(count));
  it.each([
    [{ category: 'summary', from: '2025-09-02' }, 0],
    [{ category: 'summary', from: '2025-09-01' }, 1],
    [{ category: 'summary', from: '2025-08-31', laidDate: '2026-02-28' }, 0],
    [{ category: 'summary', from: '2025-08-31', laidDate: '2026-03-01' }, 1],
    [{ category: 'either way', from: '2025-08-31' }, 0],
  ])('out of time after six months: %j', (values, count) =>
    expect(judge('offence-out-of-time-summary', offence(values))).toBe(count),
  );
  it.each([
    [{ family: 'Other', pnc: '2026/0000001W' }, 2],
    [{ family: 'Marsh', given: 'Lee', born: '1990-03-01' }, 2],
    [{ family: 'Marsh', given: 'Les', born: '1990-03-01' }, 0],
    [{ kind: 'organisation', name: 'Marsh & Co' }, 0],
  ])('a second suspect %j', (values, count) =>
    expect(judge('defendant-duplicate', (draft) => draft['suspects'].push({ id: 's2', ...values }))).toBe(count),
  );
  it('two organisations of one name', () => {
    const both = [1, 2].map((n) => ({ id: `o${n}`, kind: 'organisation', name: 'Marsh & Co' }));
    expect(judge('defendant-duplicate', (draft) => draft['suspects'].push(...both))).toBe(2);
  });
});

describe('every question', () => {
  it.each(asked.flatMap((rule) => stagesOf(rule).map((stage) => [rule.code, stage, rule] as const)))(
    '%s, at %s, is asked, and passes or fails by its answer',
    (code, stage, rule) => {
      const draft = answered(changed(stage, ASKED[code]), stage);
      const questions = questionsOf(draft, stage, builtInRules(), ON).filter(({ key }) => key.startsWith(`${code} `));
      expect(questions.length).toBeGreaterThan(0);
      const { key, good } = questions[0]!;
      const answer = (word: string | undefined) => {
        const answers = { ...draft['work'].answers, [key]: word === undefined ? undefined : { answer: word } };
        return findingsOf(code, { ...draft, work: { ...draft['work'], answers } }, stage);
      };
      expect(answer(good)).toEqual([]);
      expect(answer('not applicable')).toEqual([]);
      expect(answer(undefined)).toMatchObject([{ severity: 'question', question: { key } }]);
      expect(answer(good === 'yes' ? 'no' : 'yes')).toMatchObject([{ severity: rule.severity, question: { key } }]);
      expect(answer(undefined)[0]?.sentence).toMatch(/\?$/);
    },
  );
});

describe('the reasons', () => {
  it('are each used by a rule', () => {
    const { reasons } = builtInRules();
    expect(reasons.filter(({ code }) => !rules.some(({ reason }) => reason === code))).toEqual([]);
    expect(reasons.slice(0, 13).map(({ text }) => text)).toEqual([
      'Case material not correctly received',
      'No/missing disclosure schedule',
      'No MG3',
      "No/incomplete supervisor's comments",
      'No DV checklist',
      'No/missing MG11s',
      'No/missing exhibits',
      'No summary of interview',
      "Missing suspect's pre-cons",
      'Missing victim/witness pre-cons',
      'Hard media not provided',
      'Third-party material not provided',
      'Incomplete OIC contact details',
    ]);
  });
});
