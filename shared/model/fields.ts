/**
 * The case record as a table: every field with its label, type, limit, form and the source it rests on. What is not in
 * the table is not read, not shown and never crosses to another organisation. A form whose source is not verified never
 * refuses a value: it advises (`verified: false`, shown as "not verified").
 */
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';
import { CASE_KINDS } from './events.ts';
import { URN_SENTENCE, normaliseUrn } from './urn.ts';

export type FieldType = 'text' | 'long text' | 'date' | 'choice' | 'urn' | 'marking';

export interface Field {
  readonly key: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters at most. */
  readonly limit: number;
  readonly choices?: readonly string[];
  /** The usual form, and a sentence for what departs from it. */
  readonly form?: { readonly pattern: RegExp; readonly sentence: string };
  /** Where type, limit and form come from. */
  readonly source: string;
  /** Whether that source is good enough to refuse a value. */
  readonly verified: boolean;
}

export const MARKINGS = ['OFFICIAL', 'OFFICIAL-SENSITIVE'] as const;

const OURS = 'our own choice';
const SPI = 'HMCTS standard prosecutor interface, complex types';
const SPI_SIMPLE = 'HMCTS standard prosecutor interface, simple types';

export const CASE_FIELDS: readonly Field[] = [
  { key: 'title', label: 'Title', type: 'text', limit: 300, source: OURS, verified: true },
  {
    key: 'urn',
    label: 'URN',
    type: 'urn',
    limit: 20,
    source: 'CPS validation of URNs: two digits, two letters or digits, seven digits; M or S; a part number',
    verified: true,
  },
  { key: 'kind', label: 'Kind', type: 'choice', limit: 40, choices: CASE_KINDS, source: OURS, verified: true },
  { key: 'officer', label: 'Officer in the case', type: 'text', limit: 200, source: SPI, verified: true },
  {
    key: 'marking',
    label: 'Marking',
    type: 'marking',
    limit: 40,
    choices: MARKINGS,
    source: 'Government Security Classifications Policy, July 2023',
    verified: true,
  },
];

const NAMES: readonly Field[] = [
  {
    key: 'kind',
    label: 'Person or organisation',
    type: 'choice',
    limit: 20,
    choices: ['person', 'organisation'],
    source: SPI,
    verified: true,
  },
  { key: 'name', label: 'Name', type: 'text', limit: 300, source: SPI, verified: true },
  { key: 'family', label: 'Family name', type: 'text', limit: 150, source: SPI, verified: true },
  { key: 'given', label: 'Given names', type: 'text', limit: 150, source: SPI, verified: true },
];

const SUSPECT_FIELDS: readonly Field[] = [
  ...NAMES,
  { key: 'born', label: 'Date of birth', type: 'date', limit: 10, source: SPI, verified: true },
  {
    key: 'pnc',
    label: 'PNC ID',
    type: 'text',
    limit: 13,
    source: `${SPI_SIMPLE}: up to 13 characters`,
    verified: true,
  },
  {
    key: 'cro',
    label: 'CRO number',
    type: 'text',
    limit: 12,
    source: `${SPI_SIMPLE}: up to 12 characters`,
    verified: true,
  },
  {
    key: 'asn',
    label: 'Arrest/summons number',
    type: 'text',
    limit: 30,
    source: 'general knowledge of its form',
    verified: false,
    form: {
      pattern: /^\d{2}\/[0-9A-Z]{4}\/[0-9A-Z]{2}\/\d{1,11}[A-Z]$/,
      sentence:
        'An arrest/summons number usually looks like 26/01AB/01/12345678901C. Check it against the custody record.',
    },
  },
];

const OFFENCE_FIELDS: readonly Field[] = [
  {
    key: 'code',
    label: 'CJS code',
    type: 'text',
    limit: 8,
    source: `${SPI_SIMPLE}: up to 8 characters; its form is general knowledge`,
    verified: false,
    form: {
      pattern: /^[A-Z]{2}\d{5}[A-Z]?$/,
      sentence: 'A CJS code is usually two letters and five digits, such as TH68001. Check it against the charge.',
    },
  },
  { key: 'wording', label: 'Offence', type: 'long text', limit: 2500, source: SPI, verified: true },
  { key: 'from', label: 'On, or from', type: 'date', limit: 10, source: SPI, verified: true },
  { key: 'to', label: 'To', type: 'date', limit: 10, source: SPI, verified: true },
  { key: 'place', label: 'Place', type: 'text', limit: 500, source: SPI, verified: true },
];

/** The lists of a case record, in the order in which they are read out. */
export const LISTS = {
  suspects: { one: 'Suspect', fields: SUSPECT_FIELDS },
  offences: { one: 'Offence', fields: OFFENCE_FIELDS },
  victims: { one: 'Victim', fields: NAMES },
  witnesses: { one: 'Witness', fields: NAMES },
} as const satisfies Record<string, { one: string; fields: readonly Field[] }>;
export type ListName = keyof typeof LISTS;
export const LIST_NAMES = Object.keys(LISTS) as ListName[];

/** A value as it will be kept, and advice where it departs from a form that is not verified. */
export interface Checked {
  readonly value: string;
  readonly advice: string | null;
}

/** Checks one value of a field; the cause is a sentence: what is wrong, and what to do. An empty text is always good. */
export function checkField(field: Field, typed: string): Result<Checked, string> {
  const value = field.type === 'long text' ? typed.trim() : typed.trim().replaceAll(/\s+/g, ' ');
  if (value === '') return ok({ value, advice: null });
  if (value.length > field.limit)
    return fail(`${field.label} is too long: ${value.length} characters. At most ${field.limit} are kept; shorten it.`);
  switch (field.type) {
    case 'urn': {
      const urn = normaliseUrn(value);
      return urn.ok ? ok({ value: urn.value, advice: null }) : fail(URN_SENTENCE[urn.cause]);
    }
    case 'marking':
      return checkMarking(value);
    case 'date':
      return isDate(value)
        ? ok({ value, advice: null })
        : fail(`${field.label} is not a date. Give it as year, month and day, such as 1990-03-01.`);
    case 'choice':
      return field.choices?.includes(value)
        ? ok({ value, advice: null })
        : fail(`${field.label} is not one of the choices. Choose one of: ${(field.choices ?? []).join(', ')}.`);
    case 'text':
    case 'long text':
      return ok(inForm(field, value));
  }
}

function inForm(field: Field, value: string): Checked {
  if (!field.form) return { value, advice: null };
  const upper = value.toUpperCase();
  return field.form.pattern.test(upper)
    ? { value: upper, advice: null }
    : { value, advice: `${field.form.sentence} (This form is not verified.)` };
}

/** OFFICIAL or OFFICIAL-SENSITIVE, however typed. Anything above is refused: it must not be in this system at all. */
export function checkMarking(typed: string): Result<Checked, string> {
  const plain = typed
    .toUpperCase()
    .replaceAll(/[\s\-\u2010-\u2015_]+/g, ' ')
    .trim();
  if (/\bSECRET\b/.test(plain))
    return fail(
      'Joinder must not hold anything marked SECRET or above. Leave it out, and use the system that is meant for it.',
    );
  const found = MARKINGS.find((marking) => marking.replace('-', ' ') === plain);
  return found
    ? ok({ value: found, advice: null })
    : fail('That is not a marking in use. Choose OFFICIAL or OFFICIAL-SENSITIVE.');
}

/** A day of the calendar, as year-month-day. */
export function isDate(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return year >= 1 && days !== undefined && day >= 1 && day <= days;
}
