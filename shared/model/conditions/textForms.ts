/**
 * Owns the forms that a text may be asked to have. A rule names one; it brings no pattern of its own, since a pattern
 * from outside can be made to run for hours. Each here reads its text once, and none is tried on more than 200 characters.
 */
import type { Form } from '../formats/field.ts';
import { ASN_FORM, CJS_FORM, COURT_FORM, CRO_FORM, PNC_FORM, POSTCODE_FORM } from '../formats/numbers.ts';

/** Forms of the tables of formats: with their check letter, where its rule is known. */
const NUMBERS = {
  postcode: POSTCODE_FORM,
  'PNC ID': PNC_FORM,
  'CRO number': CRO_FORM,
  'arrest/summons number': ASN_FORM,
  'CJS code': CJS_FORM,
  'court case reference': COURT_FORM,
} as const satisfies Record<string, Form>;

const PATTERNS = {
  // Five or seven characters, beginning with a letter: general knowledge.
  'court OU code': /^[A-Z][0-9]{2}[0-9A-Z]{2}([0-9A-Z]{2})?$/,
  // Two digits of the force, then letters and digits: general knowledge.
  'police OU code': /^[0-9]{2}[0-9A-Z]{2,5}$/,
  // At least one letter or digit: not only dashes and full stops.
  words: /[\p{L}\p{N}]/u,
  'telephone number': /^\+?[0-9][0-9 ]{8,16}[0-9]$/,
  'email address': /^[^\s@]{1,100}@[^\s@]{1,100}$/,
  // A marking that must not be in this system at all, however it is written.
  'SECRET or above': /(^|[^A-Z])(TOP )?SECRET([^A-Z]|$)/,
} as const;

export type TextForm = keyof typeof NUMBERS | keyof typeof PATTERNS;
export const TEXT_FORMS = [...Object.keys(NUMBERS), ...Object.keys(PATTERNS)] as readonly TextForm[];
const LONGEST = 200;

/** Whether a text, however spaced and in whatever case, has the form. */
export function hasForm(text: string, form: TextForm): boolean {
  const plain = text.trim().replaceAll(/\s+/g, ' ').toUpperCase();
  if (plain.length === 0 || plain.length > LONGEST) return false;
  if (!isNumber(form)) return PATTERNS[form].test(plain);
  const { pattern, checkLetter }: Form = NUMBERS[form];
  const letter = pattern.test(plain) ? (checkLetter?.(plain) ?? '') : null;
  return letter !== null && plain.endsWith(letter);
}

const isNumber = (form: TextForm): form is keyof typeof NUMBERS => Object.hasOwn(NUMBERS, form);

/** What `same` compares: no difference of case, accents, spaces or punctuation. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
