import { describe, expect, it } from 'vitest';
import { builtInRules } from './builtIn.ts';
import { smallRule, smallRules } from './fixture.ts';
import { LONGEST_FILE, loadRules } from './load.ts';
import { sentenceOf } from './parts.ts';
import { rulesFor } from './ruleSet.ts';

const faults = (texts: Record<string, string>): readonly string[] => {
  const set = loadRules(texts);
  return set.ok ? [] : set.cause.map(sentenceOf);
};
const ruleFaults = (changes: object) => faults(smallRules({ rules: [smallRule(changes)] }));

describe('a rule set', () => {
  it('loads', () => expect(faults(smallRules())).toEqual([]));
  it('comes with this version', () => expect(builtInRules().rules.length).toBeGreaterThan(0));

  it.each([
    [{ 'rules.json': '' }, 'rules.json, line 1, column 1: It is not JSON from here on.'],
    [{ 'rules.json': '[]' }, 'rules.json: This should be an object in curly brackets.'],
    [{ 'checks.json': '{\n"format": nothing' }, 'checks.json, line 2, column 11: It is not JSON from here on.'],
    [{ 'checks.json': `"${' '.repeat(LONGEST_FILE)}"` }, 'checks.json: This file is too long: over 524288 characters.'],
    [{ 'checks.json': '7' }, 'checks.json, format: This version of Joinder knows no "".'],
  ])('with %j is refused', (texts, start) =>
    expect(faults({ ...smallRules(), ...texts })[0]?.startsWith(start)).toBe(true),
  );

  it('without its manifest, or without a file that it names, is refused', () => {
    const { 'rules.json': _, ...rest } = smallRules();
    expect(faults(rest)).toEqual(['rules.json: This file is missing.']);
    expect(faults(smallRules({}, { files: ['checks.json', 'more.json'] }))).toEqual([
      'more.json: This file is missing.',
    ]);
  });

  it.each([
    [{ files: ['../checks.json'] }, 'rules.json, files/0: A file name is small letters'],
    [{ from: '2026-02-30' }, 'rules.json, from: A date is year-month-day'],
    [{ from: '2026-02-02', to: '2026-02-01' }, 'rules.json, to: It ends (2026-02-01) before it begins (2026-02-02)'],
    [{ version: 2 }, 'rules.json, version: This should be 1.'],
    [{ extra: 1 }, 'rules.json: Nothing here is called "extra".'],
  ])('whose manifest has %j is refused', (changes, start) =>
    expect(faults(smallRules({}, changes))[0]?.startsWith(start)).toBe(true),
  );

  it.each([
    [{ code: 'URN Missing' }, 'checks.json, rules/0/code: A code is small letters'],
    [{ require: undefined }, 'checks.json, rules/0: A rule says either "require" or "ask"'],
    [{ ask: { question: 'Is there?', by: ['officer'] } }, 'checks.json, rules/0: A rule says either'],
    [{ require: undefined, ask: { question: 'Is there?', by: ['nobody'] } }, 'checks.json, rules/0/ask/by/0:'],
    [{ stages: ['charging', 'court'] }, 'checks.json, rules/0/stages:'],
    [{ stages: [] }, 'checks.json, rules/0/stages:'],
    [{ reason: 'other' }, 'checks.json, rules/0 (urn-missing)/reason: No reason "other" is listed'],
    [{ path: 'case/nothing' }, 'checks.json, rules/0 (urn-missing)/path: Unknown path case/nothing'],
    [{ path: 'suspects/*/nothing' }, 'checks.json, rules/0 (urn-missing)/path: Unknown path row/nothing'],
    [{ path: 'nobody/*/born' }, 'checks.json, rules/0 (urn-missing)/path: Unknown path nobody'],
    [{ require: { exists: 'row/born' } }, 'checks.json, rules/0 (urn-missing)/require/exists: Unknown path row/born'],
    [{ when: { exist: 'case/urn' } }, 'checks.json, rules/0 (urn-missing)/when: No condition is called "exist"'],
    [{ from: '2026-02-02', to: '2026-02-01' }, 'checks.json, rules/0 (urn-missing): It ends'],
    [{ severity: 'grave' }, 'checks.json, rules/0/severity: This should be "fault" or "advice".'],
    [{ remark: 'x' }, 'checks.json, rules/0: Nothing here is called "remark".'],
    [{ source: undefined }, 'checks.json, rules/0/source: This is missing.'],
  ])('with a rule that has %j is refused', (changes, start) =>
    expect(ruleFaults(changes)[0]?.startsWith(start)).toBe(true),
  );

  it('takes a rule for each row, and one that looks something up', () => {
    const looked = { some: 'tables/codes', as: 'known', that: { equals: ['known/code', 'row/code'] } };
    expect(ruleFaults({ path: 'offences/*/code', require: looked })).toEqual([]);
  });

  it('says what stands twice, and what kind of file is not there', () => {
    expect(faults(smallRules({ rules: [smallRule(), smallRule()] }))).toEqual([
      'checks.json, rules/1: The rule "urn-missing" is there twice.',
    ]);
    expect(faults({ ...smallRules({ format: 'joinder checks 2' }) })).toHaveLength(1);
    expect(faults(smallRules({}, { files: ['checks.json'] })).length).toBe(3);
  });

  it('tells every fault at once', () => {
    expect(
      faults(smallRules({ rules: [smallRule({ reason: 'a' }), smallRule({ code: 'b', path: 'case/b' })] })),
    ).toHaveLength(2);
  });

  it('judges with what is in force on the day, first and last day included', () => {
    const texts = smallRules(
      { rules: [smallRule({ from: '2026-02-01', to: '2026-02-28' })] },
      { from: '2026-01-01', to: '2026-12-31' },
    );
    const set = loadRules(texts);
    const count = (on: string) => (set.ok ? rulesFor(set.value, on).length : null);
    expect(['2025-12-31', '2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01', '2027-01-01'].map(count)).toEqual([
      0, 0, 1, 1, 0, 0,
    ]);
  });
});
