/**
 * Checking one value of a field as it is typed: what will be kept, advice where it departs from a usual form, or a
 * sentence why it cannot be kept. Never refuses on a form or a check letter; changes nothing.
 */
import type { Result } from '../../primitives/result.ts';
import { assertNever, fail, ok } from '../../primitives/result.ts';
import { URN_SENTENCE, normaliseUrn } from '../urn.ts';
import type { Field, Form } from './field.ts';
import { MARKINGS } from './field.ts';

/** A value as it will be kept, and advice where it departs from its usual form. */
export interface Checked {
  readonly value: string;
  readonly advice: string | null;
}

const plain = (value: string): Result<Checked, string> => ok({ value, advice: null });

/** Checks one value of a field; the cause is a sentence: what is wrong, and what to do. An empty text is always good. */
export function checkField(field: Field, typed: string): Result<Checked, string> {
  const value = field.type === 'long text' ? typed.trim() : typed.trim().replaceAll(/\s+/g, ' ');
  if (value === '') return plain(value);
  if (value.length > field.limit)
    return fail(`${field.label} is too long: ${value.length} characters. At most ${field.limit} are kept; shorten it.`);
  switch (field.type) {
    case 'urn': {
      const urn = normaliseUrn(value);
      return urn.ok ? plain(urn.value) : fail(URN_SENTENCE[urn.cause]);
    }
    case 'marking':
      return checkMarking(value);
    case 'date':
      return isDate(value)
        ? plain(value)
        : fail(`${field.label} is not a date. Give it as year, month and day, such as 1990-03-01.`);
    case 'time':
      return isTime(value)
        ? plain(value)
        : fail(`${field.label} is not a time. Give it as hours and minutes, such as 09:30.`);
    case 'number':
      return /^\d+$/.test(value)
        ? plain(String(Number(value)))
        : fail(`${field.label} is not a number. Give it in digits, such as 12.`);
    case 'choice':
      return oneOf(field, value);
    case 'yes-no':
      return oneOf(field, value.toLowerCase());
    case 'ref':
    case 'refs':
      return value.split(' ').every(isRowId) && (field.type === 'refs' || !value.includes(' '))
        ? plain(value)
        : fail(`${field.label} points at nothing. Choose it from the list.`);
    case 'text':
    case 'long text':
      return ok(inForm(field.form, value));
    default:
      return assertNever(field.type);
  }
}

const oneOf = (field: Field, value: string): Result<Checked, string> =>
  field.choices?.includes(value)
    ? plain(value)
    : fail(`${field.label} is not one of the choices. Choose one of: ${(field.choices ?? []).join(', ')}.`);

function inForm(form: Form | undefined, value: string): Checked {
  if (!form) return { value, advice: null };
  const doubt = form.verified ? '' : ' (This form is not verified.)';
  const upper = value.toUpperCase();
  if (!form.pattern.test(upper)) return { value, advice: form.sentence + doubt };
  const letter = form.checkLetter?.(upper) ?? null;
  if (letter === null || upper.endsWith(letter)) return { value: upper, advice: null };
  return {
    value: upper,
    advice: `Its last letter should be ${letter} by the check of such numbers. Check every digit.${doubt}`,
  };
}

/** OFFICIAL or OFFICIAL-SENSITIVE, however typed. Anything above is refused: it must not be in this system at all. */
export function checkMarking(typed: string): Result<Checked, string> {
  const words = typed
    .toUpperCase()
    .replaceAll(/[\s\-\u2010-\u2015_]+/g, ' ')
    .trim();
  if (/\bSECRET\b/.test(words))
    return fail(
      'Joinder must not hold anything marked SECRET or above. Leave it out, and use the system that is meant for it.',
    );
  const found = MARKINGS.find((marking) => marking.replace('-', ' ') === words);
  return found ? plain(found) : fail('That is not a marking in use. Choose OFFICIAL or OFFICIAL-SENSITIVE.');
}

/** The id of a row or a file, ours (32 hex digits) or one that another program made. */
export const ROW_ID = /^[0-9A-Za-z_-]{1,64}$/;
const isRowId = (text: string): boolean => ROW_ID.test(text);

/** A time of the day, as hours and minutes. */
export const isTime = (text: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(text);

/** A day of the calendar, as year-month-day. */
export function isDate(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return year >= 1 && days !== undefined && day >= 1 && day <= days;
}
