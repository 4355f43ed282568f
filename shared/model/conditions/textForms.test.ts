import { expect, it } from 'vitest';
import { hasForm, plainText } from './textForms.ts';

it.each([
  ['postcode', ['LS1 4AP', 'sw1a 1aa', ' M1  1AE '], ['LS14AP1', 'LS1', '12 345', '']],
  ['PNC ID', ['2026/0000001W', '26/1w'], ['2026/W', '2026/0000001X', '20260000001W']],
  ['CJS code', ['TH68001', 'th68001a'], ['TH6801', 'T168001']],
  ['words', ['x', '7', 'ŵ'], ['-', ' . ', '']],
  ['telephone number', ['01632 960 001', '+44 1632 960001'], ['none', '999', '0163x 960001']],
  ['email address', ['a@b.police.uk'], ['a@', 'a b@c', '@c']],
] as const)('%s: %j, and not %j', (form, good, bad) => {
  expect(good.filter((text) => !hasForm(text, form))).toEqual([]);
  expect(bad.filter((text) => hasForm(text, form))).toEqual([]);
});

it('a text beyond any form is not tried', () => expect(hasForm('x'.repeat(201), 'words')).toBe(false));
it('plain text', () => expect(plainText('  Zo\u00eb O\u2019Brien-Smith ')).toBe('ZOEOBRIENSMITH'));
