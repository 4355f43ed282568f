/**
 * Numbers and codes that police, prosecution and courts share: how each usually looks, and the check letter where its
 * rule was read in a source. A value that departs is kept and advised on, never refused: it may come from elsewhere, or be
 * older than the rule.
 */
import type { Form } from './field.ts';
import { CJS_CATALOGUE, CJS_HUB, KNOWN } from './sources.ts';

/** 1 is A, 2 is B, 0 is Z; I, O and S are not used. Source: criminaljusticehub.org.uk; checked against published examples. */
const LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';

/** The modulus-23 check letter of up to 15 digits. */
export const checkLetter = (digits: string): string => LETTERS.charAt(Number(digits) % LETTERS.length);

const PNC = /^(?:\d\d)?(\d\d)\/(\d{1,7})([A-Z])$/;
const CRO = /^(\d{1,6})\/(\d\d)([A-Z])$/;
const COURT = /^(\d\d)\/(\d{4})\/(\d{6})([A-Z])$/;

function pncLetter(value: string): string | null {
  const [, year, serial] = PNC.exec(value) ?? [];
  return year === undefined || serial === undefined ? null : checkLetter(year + serial.padStart(7, '0'));
}

/** Of the usual form alone: how the letter of an SF number is made was not found. */
function croLetter(value: string): string | null {
  const [, serial, year] = CRO.exec(value) ?? [];
  return serial === undefined || year === undefined ? null : checkLetter(year + serial.padStart(6, '0'));
}

function courtLetter(value: string): string | null {
  const [, year, court, serial] = COURT.exec(value) ?? [];
  return year === undefined || court === undefined || serial === undefined ? null : checkLetter(year + court + serial);
}

export const PNC_FORM: Form = {
  pattern: PNC,
  checkLetter: pncLetter,
  sentence: 'A PNC ID looks like 2026/0000001W: year, serial number, letter. Check it against the PNC print.',
  ...CJS_HUB,
};

export const CRO_FORM: Form = {
  pattern: /^(?:\d{1,6}\/\d\d|SF\d\d\/\d{1,6})[A-Z]$/,
  checkLetter: croLetter,
  sentence: 'A CRO number looks like 123456/26A or SF39/12345A. Check it against the PNC print.',
  ...CJS_CATALOGUE,
};

/** The rule is the source's; its example (05/9876/123456R) does not follow it, so it counts as not verified. */
export const COURT_FORM: Form = {
  pattern: COURT,
  checkLetter: courtLetter,
  sentence: 'A court case reference looks like 26/1234/123456Q. Check it against the court\u2019s notice.',
  ...CJS_HUB,
  verified: false,
};

export const ASN_FORM: Form = {
  pattern: /^\d{2}\/[0-9A-Z]{4}\/[0-9A-Z]{2}\/\d{1,11}[A-Z]$/,
  sentence: 'An arrest/summons number usually looks like 26/01AB/01/12345678901C. Check it against the custody record.',
  ...KNOWN,
};

/** Act and year and reason, a common-law offence, or an indictment; a last letter for attempt, abetting, conspiracy, incitement. */
export const CJS_FORM: Form = {
  pattern: /^(?:[A-Z]{2}\d{5}|COML\d{3}|XX00\d{3})[ABCI]?$/,
  sentence: 'A CJS code is usually two letters and five digits, such as TH68001. Check it against the charge.',
  ...CJS_HUB,
};

export const POSTCODE_FORM: Form = {
  pattern: /^(?:GIR ?0AA|[A-Z]{1,2}\d[0-9A-Z]? ?\d[A-Z]{2})$/,
  sentence: 'A postcode of the United Kingdom looks like LS1 4AP. Check it, or leave it out for an address abroad.',
  ...KNOWN,
};
