/**
 * Reading a case that comes as JSON: from a file, another program, an older or a newer version. Says of each fault where it
 * is and what to do. Of a newer version's case it takes what it understands and keeps the rest; it never drops a value,
 * and never takes a marking above what may be here.
 */
import type { z } from 'zod';
import { readJson } from '../../primitives/json.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import { checkMarking } from '../formats/check.ts';
import type { Fault } from '../record.ts';
import { sentenceOf } from './faults.ts';
import { migrate } from './migrate.ts';
import { placeOf } from './places.ts';
import { newerPaths } from './read.ts';
import { repeatedIds } from './references.ts';
import type { CaseSnapshot } from './schema.ts';
import { FORMAT, VERSION, caseSnapshot } from './schema.ts';

export type ParseCause =
  | { readonly is: 'unreadable'; readonly sentence: string }
  | { readonly is: 'faulty'; readonly faults: readonly Fault[] };

/**
 * `strict`: a value that is not of its field's type is a fault. `lenient`: it is set aside into `unread`, as of a newer
 * version, so that a case with faults can still be judged; never for taking it in.
 */
export type How = 'strict' | 'lenient';

/** Reads JSON text. */
export function parseCaseText(text: string, how: How = 'strict'): Result<CaseSnapshot, ParseCause> {
  const read = readJson(text);
  if (read.ok) return parseCase(read.value, how);
  const { place, sentence } = read.cause;
  return unreadable(`The file cannot be read, ${place}: ${sentence} Export the case again, or ask for it again.`);
}

const unreadable = (sentence: string): Result<never, ParseCause> => fail({ is: 'unreadable', sentence });

/** Reads a JSON value; what was given is not changed. */
export function parseCase(given: unknown, how: How = 'strict'): Result<CaseSnapshot, ParseCause> {
  if (typeof given !== 'object' || given === null || (given as { format?: unknown }).format !== FORMAT)
    return unreadable(
      `The file is not a case of Joinder: its "format" should be "${FORMAT}". Choose an exported case.`,
    );
  const value = given as Record<string, unknown>;
  const { version } = value;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    return unreadable(
      'The file does not say which version of the format it has: "version" should be 1 or more. Export it again.',
    );
  const migrated = migrate(value, version);
  const first = caseSnapshot.safeParse(migrated);
  const isSetAside = version > VERSION || how === 'lenient';
  const parsed = !first.success && isSetAside ? setAside(migrated, first.error.issues, how) : first;
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => sentenceOf(migrated, issue));
    return fail({ is: 'faulty', faults: withoutRepeats(faults) });
  }
  const snapshot = parsed.data;
  const faults = repeatedIds(snapshot);
  if (faults.length > 0) return fail({ is: 'faulty', faults });
  const newer = [...new Set([...newerPaths({ ...snapshot }), ...Object.keys(snapshot.unread)])].sort();
  return ok({ ...snapshot, newer });
}

/** Takes the values that a newer version gives a field we know out of their places, into `unread`. */
function setAside(
  value: Record<string, unknown>,
  issues: readonly z.core.$ZodIssue[],
  how: How,
): z.ZodSafeParseResult<CaseSnapshot> {
  const unread: Record<string, unknown> = { ...(value['unread'] as Record<string, unknown> | undefined) };
  for (const issue of issues) {
    const place = placeOf(value, issue.path);
    if (
      !place.field ||
      !place.row ||
      (how === 'strict' && place.field.type === 'marking' && !isLaterMarking(place.value))
    )
      continue;
    unread[place.path] = place.value;
    delete place.row[place.field.key];
  }
  return caseSnapshot.safeParse({ ...value, unread });
}

/** Whether a marking that we do not know may be kept: not where it says that it is SECRET or above. */
const isLaterMarking = (value: unknown): boolean => {
  const checked = checkMarking(String(value));
  return !checked.ok && !checked.cause.includes('SECRET or above');
};

const withoutRepeats = (faults: readonly Fault[]): Fault[] =>
  faults.filter(
    (fault, i) => faults.findIndex(({ path, sentence }) => path === fault.path && sentence === fault.sentence) === i,
  );
