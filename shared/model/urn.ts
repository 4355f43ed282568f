/**
 * The unique reference number of a case: how it is typed, and the one form in which it is kept. Two digits of the force,
 * two letters or digits of its unit, seven digits (serial and year); a merged or split case has M or S after it, a part
 * of one a slash and a number.
 */
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';

export type UrnCause = 'empty' | 'too short' | 'too long' | 'force' | 'unit' | 'serial' | 'ending';

const ENDING = /^(?:\(?([MS])\)?)?(?:\/(\d{1,2}))?$/;

/** Takes `01ab/12345/26`, `01 AB 1234526`, `01AB1234526(S)/2`; answers `01AB1234526S/2`. */
export function normaliseUrn(typed: string): Result<string, UrnCause> {
  const text = typed.toUpperCase().replaceAll(/[\s.\-–]/g, '');
  if (text === '') return fail('empty');
  const parts = /^([0-9A-Z]{2})\/?([0-9A-Z]{2})\/?(\d{5})\/?(\d{2})(.*)$/.exec(text);
  if (!parts) return fail(causeOf(text.replaceAll('/', '')));
  const [, force, unit, serial, year, rest] = parts as unknown as [string, string, string, string, string, string];
  if (!/^\d\d$/.test(force)) return fail('force');
  const ending = ENDING.exec(rest);
  if (!ending) return fail(/^\d/.test(rest) ? 'too long' : 'ending');
  return ok(`${force}${unit}${serial}${year}${ending[1] ?? ''}${ending[2] === undefined ? '' : `/${ending[2]}`}`);
}

function causeOf(digits: string): UrnCause {
  if (!/^\d{0,2}/.test(digits) || !/^\d\d?/.test(digits)) return 'force';
  if (digits.length >= 2 && !/^\d\d/.test(digits)) return 'force';
  if (digits.length >= 4 && !/^..[0-9A-Z]{2}/.test(digits)) return 'unit';
  if (!/^.{4}\d*$/.test(digits) && digits.length > 4) return 'serial';
  return digits.length < 11 ? 'too short' : 'too long';
}
