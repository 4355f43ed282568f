import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { checkField } from './check.ts';
import type { Field } from './field.ts';
import { text } from './field.ts';
import { BASIC_CASE, BASIC_LIST_NAMES, BASIC_LISTS } from './basic.ts';
import { FORMS, GROUPS, formOf } from './forms.ts';
import { CASE_FIELDS, LISTS, LIST_NAMES, fieldsOf } from './index.ts';
import { ASN_FORM, CJS_FORM, COURT_FORM, CRO_FORM, PNC_FORM, POSTCODE_FORM, checkLetter } from './numbers.ts';
import { KNOWN, OURS } from './sources.ts';

const keysOf = (fields: readonly Field[]): string[] => fields.map(({ key }) => key);
const tables = [['case', CASE_FIELDS] as const, ...LIST_NAMES.map((list) => [list, fieldsOf(list)] as const)];

describe.each(tables)('the table of %s', (_, fields) => {
  it('gives each field once, under a key that can stand in a path', () => {
    expect(new Set(keysOf(fields)).size).toBe(fields.length);
    for (const key of keysOf(fields)) expect(key).toMatch(/^[a-z][A-Za-z]*$/);
    expect(keysOf(fields).filter((key) => ['id', 'position', 'removed'].includes(key))).toEqual([]);
  });
  it('refers only to lists that there are', () => {
    const targets = new Set(fields.flatMap(({ to }) => to ?? []));
    for (const list of [...LIST_NAMES, 'files', 'agreements']) targets.delete(list);
    expect([...targets]).toEqual([]);
  });
  it('lets nothing confidential out of police and prosecution', () => {
    expect(fields.filter(({ confidential, reach }) => confidential && reach === 'partner')).toEqual([]);
  });
});

test('rows are called by fields that they have', () => {
  for (const list of LIST_NAMES) for (const key of LISTS[list].called) expect(keysOf(fieldsOf(list))).toContain(key);
});

test('what the first screen shows is in the tables', () => {
  expect(keysOf(CASE_FIELDS)).toEqual(expect.arrayContaining([...BASIC_CASE]));
  for (const list of BASIC_LIST_NAMES)
    expect(keysOf(fieldsOf(list))).toEqual(expect.arrayContaining([...BASIC_LISTS[list]]));
});

describe('numbers', () => {
  const ofForm = (form: Field['form']) => text('x', 'Number', OURS, form && { form });
  const advice = (form: Field['form'], typed: string) => {
    const checked = checkField(ofForm(form), typed);
    return checked.ok ? checked.value.advice : checked.cause;
  };

  test.each(['2001/0171310W', '2011/0275516Q', '2008/0056560Z', '1981/0154257c', '81/154257C'])(
    'PNC ID %s is good',
    (id) => {
      expect(advice(PNC_FORM, id)).toBeNull();
    },
  );
  test.each([
    ['2001/0171310X', 'last letter should be W'],
    ['2001/0171311W', 'last letter should be'],
    ['20010171310W', 'looks like'],
  ])('PNC ID %s is kept, with advice', (id, words) => expect(advice(PNC_FORM, id)).toContain(words));

  test.each([
    [CRO_FORM, '265416/21G'],
    [CRO_FORM, 'sf39/83408j'],
    [CJS_FORM, 'TH68001'],
    [CJS_FORM, 'md71101a'],
    [CJS_FORM, 'COML001'],
    [ASN_FORM, '26/01AB/01/12345678901C'],
    [POSTCODE_FORM, 'ls1 4ap'],
    [COURT_FORM, `26/1234/123456${checkLetter('261234123456')}`],
  ])('%# %s is good', (form, typed) => expect(advice(form, typed)).toBeNull());
  test.each([
    [CRO_FORM, '265416/21H', 'should be G'],
    [CJS_FORM, 'TH6800', 'usually'],
    [ASN_FORM, 'x', '(This form is not verified.)'],
    [POSTCODE_FORM, '12345', '(This form is not verified.)'],
    [
      COURT_FORM,
      '05/9876/123456R',
      'should be L by the check of such numbers. Check every digit. (This form is not verified.)',
    ],
  ])('%# %s is kept, with advice', (form, typed, words) => expect(advice(form, typed)).toContain(words));

  it('never has I, O or S as check letter, and always tells one wrong digit', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{9}$/), fc.nat(8), fc.integer({ min: 1, max: 9 }), (digits, at, add) => {
        const wrong = digits.slice(0, at) + ((Number(digits[at]) + add) % 10) + digits.slice(at + 1);
        expect(checkLetter(digits)).toMatch(/^[A-HJ-NP-RT-Z]$/);
        expect(checkLetter(wrong)).not.toBe(checkLetter(digits));
      }),
    );
  });
});

describe('forms', () => {
  it('have a code each, and a group of the nine', () => {
    expect(new Set(FORMS.map(({ code }) => code)).size).toBe(FORMS.length);
    for (const { code, group } of FORMS) {
      expect(GROUPS).toContain(group);
      expect(formOf(code)?.code).toBe(code);
    }
    expect(formOf('MG99')).toBeNull();
  });
  test.each(['MG3', 'MG6', 'MG6D', 'MG9', 'MG11R'] as const)('%s never goes to the defence', (code) =>
    expect(formOf(code)?.served).toBe('confidential'),
  );
});

test.each([
  ['yes-no', 'Yes', 'yes'],
  ['time', '09:30', '09:30'],
  ['number', '007', '7'],
  ['refs', 'a b', 'a b'],
] as const)('a value of %s is kept in one form', (type, typed, value) => {
  const field: Field = { ...text('x', 'X', KNOWN), type, ...(type === 'yes-no' && { choices: ['yes', 'no'] }) };
  expect(checkField(field, typed)).toEqual({ ok: true, value: { value, advice: null } });
});
test.each([
  ['yes-no', 'perhaps'],
  ['time', '24:00'],
  ['number', '-1'],
  ['ref', 'a b'],
  ['refs', 'a/b'],
] as const)('%s does not take %s, and says what to do', (type, typed) => {
  const field: Field = { ...text('x', 'X', KNOWN), type, ...(type === 'yes-no' && { choices: ['yes', 'no'] }) };
  expect(checkField(field, typed)).toMatchObject({ ok: false, cause: expect.stringMatching(/\. .*\.$/) as string });
});
