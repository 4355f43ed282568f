import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEEPEST, MOST_LISTS, OPERATORS } from '../../../shared/model/conditions/condition.ts';
import { TEXT_FORMS } from '../../../shared/model/conditions/textForms.ts';
import { builtInRules } from '../../../shared/model/rules/builtIn.ts';
import { root } from '../../setup/exec.mjs';

const page = readFileSync(path.join(root, 'docs', 'rule-data.md'), 'utf8');

describe('docs/rule-data.md', () => {
  it.each(OPERATORS)('names the operator %s', (operator) =>
    expect(page).toMatch(new RegExp(`"${operator}"|\`${operator}\``)),
  );
  it.each(TEXT_FORMS)('names the form %s', (form) => expect(page).toContain(`\`${form}\``));
  it.each([...builtInRules().files].filter(([name]) => name !== 'rules.json'))(
    'names the file %s and its format',
    (name, content) => {
      expect(page).toContain(`\`${name}\``);
      expect(page).toContain(`\`${(content as { format: string }).format}\``);
    },
  );
  it('gives examples that are in force', () => {
    const examples = [...page.matchAll(/```json\n([^`]+)```/g)].map(
      ([, text = '']) => JSON.parse(text) as { code: string },
    );
    const set = builtInRules();
    expect(examples).toHaveLength(2);
    for (const example of examples)
      expect([...set.rules, ...set.limits].find(({ code }) => code === example.code)).toMatchObject(example);
  });
  it('says how deep conditions go', () =>
    expect(page).toContain(`up to ${DEEPEST} deep, and lists are gone through inside lists up to ${MOST_LISTS} deep`));
});
