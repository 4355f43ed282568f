/**
 * Owns the forms that a text may be asked to have. A rule names one; it brings no pattern of its own, since a pattern
 * from outside can be made to run for hours. Each here reads its text once, and none is tried on more than 200 characters.
 */
const PATTERNS = {
  // Royal Mail's published form, with the space where it belongs; British forces' and overseas codes are not in it.
  postcode: /^(GIR 0AA|[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2})$/,
  // Up to 13 characters (HMCTS standard prosecutor interface); year, slash, number and check letter are general knowledge.
  'PNC ID': /^([0-9]{2}|[0-9]{4})\/[0-9]{1,7}[A-HJ-NP-RT-Z]$/,
  // Up to 12 characters (same source); number, year and check letter, or a file number, are general knowledge.
  'CRO number': /^([0-9]{1,6}\/[0-9]{2}[A-Z]|SF[0-9]{2}\/[0-9]{1,6}[A-Z])$/,
  // Two letters and five digits are general knowledge.
  'CJS code': /^[A-Z]{2}[0-9]{5}[A-Z]?$/,
  // Seven characters, beginning with a letter: general knowledge.
  'court OU code': /^[A-Z][0-9]{2}[A-Z]{2}[0-9]{2}$/,
  // Two digits of the force, then letters and digits: general knowledge.
  'police OU code': /^[0-9]{2}[0-9A-Z]{2,5}$/,
  // Court reference of the Common Platform: YY/CCCC/NNNNNND.
  'court reference': /^[0-9]{2}\/[0-9A-Z]{4}\/[0-9]{6}[A-HJ-NP-RT-Z]$/,
  // At least one letter or digit: not only dashes and full stops.
  words: /[\p{L}\p{N}]/u,
  'telephone number': /^\+?[0-9][0-9 ]{8,16}[0-9]$/,
  'email address': /^[^\s@]{1,100}@[^\s@]{1,100}$/,
} as const;

export type TextForm = keyof typeof PATTERNS;
export const TEXT_FORMS = Object.keys(PATTERNS) as readonly TextForm[];
const LONGEST = 200;

/** Whether a text, however spaced and in whatever case, has the form. */
export function hasForm(text: string, form: TextForm): boolean {
  const plain = text.trim().replaceAll(/\s+/g, ' ').toUpperCase();
  return plain.length > 0 && plain.length <= LONGEST && PATTERNS[form].test(plain);
}

/** What `same` compares: no difference of case, accents, spaces or punctuation. */
export const plainText = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
