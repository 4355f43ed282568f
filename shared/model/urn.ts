/**
 * The unique reference number of a case: how it is typed, the one form in which it is kept, and the form in which people
 * read it. Two digits of the force, two letters or digits of its unit, seven digits (five of a serial number, two of the
 * year: that reading is not verified); a merged or split case has M or S after it, a part of one a slash and a number.
 * It is a key for people only: it changes when cases are split or merged, and a case exists before it.
 */
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';

export type UrnCause = 'empty' | 'too short' | 'too long' | 'force' | 'unit' | 'serial' | 'ending';

/** What is wrong, where, and what is meant instead. */
export const URN_SENTENCE: Readonly<Record<UrnCause, string>> = {
  empty: 'No URN is given. It can be given later; one looks like 01AB/12345/26.',
  'too short':
    'The URN is too short. It is two digits for the force, two for its unit, then seven digits, as in 01AB/12345/26.',
  'too long':
    'The URN is too long. After force and unit come seven digits, then at most M or S and a part number such as /2.',
  force: 'The URN begins with the two digits of the force, such as 01. Check its first two places.',
  unit: 'The third and fourth place of the URN are the unit: letters or digits. Check them.',
  serial:
    'After force and unit come seven digits: five of a serial number, two of the year. Check for a letter among them.',
  ending: 'After the year only M or S and a part number such as /2 may follow. Check the end of the URN.',
};

export interface Urn {
  readonly force: string;
  readonly unit: string;
  readonly serial: string;
  readonly year: string;
  /** Merged or split. */
  readonly mark: 'M' | 'S' | null;
  /** The part of the case, as its digits were given. */
  readonly part: string | null;
}

const FORM = /^(\d\d)\/?([0-9A-Z]{2})\/?(\d{5})\/?(\d\d)(.*)$/;
const ENDING = /^(?:([MS])|\(([MS])\))?(?:\/(\d{1,2}))?$/;

/** Reads a URN as people type it: any case, with spaces, dashes, dots or slashes between its parts. */
export function parseUrn(typed: string): Result<Urn, UrnCause> {
  const text = typed.toUpperCase().replaceAll(/[\s.\-\u2010-\u2015]/g, '');
  if (text === '') return fail('empty');
  const [, force, unit, serial, year, rest] = FORM.exec(text) ?? [];
  if (force === undefined || unit === undefined || serial === undefined || year === undefined || rest === undefined)
    return fail(faultOf(text));
  const ending = ENDING.exec(rest);
  if (!ending) return fail(/^\d/.test(rest) ? 'too long' : 'ending');
  const mark = (ending[1] ?? ending[2] ?? null) as Urn['mark'];
  return ok({ force, unit, serial, year, mark, part: ending[3] ?? null });
}

/** Where a text first departs from the form. */
function faultOf(text: string): UrnCause {
  const bare = text.replaceAll('/', '');
  if (!/^\d{1,2}$|^\d\d/.test(bare)) return 'force';
  if (!/^.{0,2}$|^..[0-9A-Z]$|^..[0-9A-Z]{2}/.test(bare)) return 'unit';
  if (!/^.{0,4}$|^.{4}\d{0,7}$|^.{4}\d{7}/.test(bare)) return 'serial';
  return bare.length < 11 ? 'too short' : 'serial';
}

/** The one form in which it is kept and compared: `01AB1234526S/2`. */
export const keptUrn = (urn: Urn): string =>
  `${urn.force}${urn.unit}${urn.serial}${urn.year}${urn.mark ?? ''}${urn.part === null ? '' : `/${urn.part}`}`;

/** As people read it: `01AB/12345/26(S)/2`. */
export const displayUrn = (urn: Urn): string =>
  `${urn.force}${urn.unit}/${urn.serial}/${urn.year}${urn.mark === null ? '' : `(${urn.mark})`}${urn.part === null ? '' : `/${urn.part}`}`;

/** Takes `01ab/12345/26`, `01 AB 1234526`, `01AB1234526(S)/2`; answers `01AB1234526S/2`. */
export function normaliseUrn(typed: string): Result<string, UrnCause> {
  const read = parseUrn(typed);
  return read.ok ? ok(keptUrn(read.value)) : read;
}
