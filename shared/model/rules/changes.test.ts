import { describe, expect, it } from 'vitest';
import { changesBetween } from './changes.ts';
import { smallRule, smallRules } from './fixture.ts';
import { loadRules } from './load.ts';
import { sentenceOf } from './parts.ts';
import type { RuleSet } from './ruleSet.ts';

function load(checks: object = {}, manifest: object = {}): RuleSet {
  const set = loadRules(smallRules(checks, manifest));
  if (!set.ok) throw new Error(set.cause.map(sentenceOf).join('\n'));
  return set.value;
}
const said = (before: RuleSet, after: RuleSet) => {
  const { rules, files } = changesBetween(before, after);
  return [...rules.map(({ is, rule }) => `${is} ${rule.code}: ${rule.sentence}`), ...files];
};

describe('what an edition changes', () => {
  it('is nothing where only its name and dates differ', () => {
    expect(said(load(), load({}, { edition: '2', from: '2021-01-01' }))).toEqual([]);
  });

  it('is named by each rule that is new, changed or gone', () => {
    const before = load({ rules: [smallRule(), smallRule({ code: 'second', sentence: 'As it was.' })] });
    const after = load({ rules: [smallRule({ code: 'third' }), smallRule({ sentence: 'As it is.' })] });
    expect(said(before, after)).toEqual([
      'new third: There is no URN.',
      'changed urn-missing: As it is.',
      'gone second: As it was.',
    ]);
    expect(said(before, before)).toEqual([]);
  });

  it('is named by the file where something else in it differs', () => {
    expect(said(load(), load({ tables: { codes: [{ code: 'TH68002' }] } }))).toEqual(['checks.json']);
  });
});
