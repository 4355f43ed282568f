/**
 * What every file of rule data is made of: sources, dates, codes. Owns the shape of a fault as people read it: which file,
 * where in it, what is wrong.
 */
import { z } from 'zod';
import { dayNumber } from '../../primitives/calendar.ts';
import type { Fault } from '../conditions/check.ts';
import { issueWords } from '../conditions/issue.ts';

z.config({ jitless: true });

/** A fault of rule data. `place` is a path in the file such as `rules/3/require`, or `line 3, column 7`, or empty for the whole. */
export interface FileFault {
  readonly file: string;
  readonly place: string;
  readonly sentence: string;
}

/** The fault as one line. */
export const sentenceOf = ({ file, place, sentence }: FileFault): string =>
  place === '' ? `${file}: ${sentence}` : `${file}, ${place}: ${sentence}`;

export const inFile = (file: string, { at, what }: Fault): FileFault => ({
  file,
  place: at,
  sentence: asSentence(what),
});

/** A path at the beginning stays as it is written. */
const asSentence = (what: string): string => {
  const start = /^[a-z]+[ ,]/.test(what) ? what.charAt(0).toUpperCase() + what.slice(1) : what;
  return /[.?]$/.test(what) ? start : `${start}.`;
};

/** The faults of a value that a schema does not take. */
export const faultsOf = (file: string, error: z.ZodError): readonly FileFault[] =>
  error.issues
    .slice(0, 20)
    .map((issue) => inFile(file, { at: issue.path.map(String).join('/'), what: issueWords(issue) }));

export const day = z
  .string()
  .refine((text) => dayNumber(text) !== null, 'a date is year-month-day, such as 2026-11-22');
/** Stable names of rules and reasons; short enough for a question's key. */
export const code = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a code is small letters, digits and hyphens')
  .max(40);
export const line = z.string().min(1).max(500);

/** Where a rule comes from. What is not verified is shown as such, and is never quoted as law. */
export const sourced = { source: line, verified: z.boolean() };

/** When it is in force: from a day to a day, both included; absent: without end. */
export const inForce = { from: day.optional(), to: day.optional() };
interface InForce {
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
}
export const isInForce = ({ from, to }: InForce, on: string): boolean =>
  (from ?? '') <= on && on <= (to ?? '9999-12-31');

/** A fault where something ends before it begins. */
export const orderFault = ({ from, to }: InForce, at: string): readonly Fault[] =>
  from && to && to < from ? [{ at, what: `it ends (${to}) before it begins (${from})` }] : [];
