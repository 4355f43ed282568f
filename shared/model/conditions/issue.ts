/** Owns how a fault that a schema found is said: in words of the file, not of the program that reads it. */
import type { z } from 'zod';

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in quotation marks',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list in square brackets',
  tuple: 'a list in square brackets',
  object: 'an object in curly brackets',
  record: 'an object in curly brackets',
};

/** Forms of a text that a schema knows by name, as a person would write them. */
const FORMS: Readonly<Record<string, string>> = {
  date: 'this should be a date, year-month-day, such as 2026-11-22',
  time: 'this should be a time, such as 14:30',
  datetime: 'this should be a date and a time',
  email: 'this should be an e-mail address',
  url: 'this should be an address of a web page',
};

/** How many, of what: a schema counts characters, entries and numbers alike. */
function sizeWords(origin: string, limit: number | bigint, bound: 'least' | 'most'): string {
  if (origin === 'string')
    return limit === 1 && bound === 'least'
      ? 'this text should not be empty'
      : `this text should have at ${bound} ${String(limit)} characters`;
  if (origin === 'array' || origin === 'set')
    return limit === 1 && bound === 'least'
      ? 'this list should not be empty'
      : `this list should have at ${bound} ${String(limit)} entries`;
  return `this should be at ${bound} ${String(limit)}`;
}

/** Of the forms that a value may have, the one it comes nearest to: that whose first fault lies deepest. */
function nearest(errors: readonly (readonly z.core.$ZodIssue[])[]): z.core.$ZodIssue | undefined {
  const firsts = errors.flatMap(([first]) => (first ? [first] : []));
  return firsts.reduce<z.core.$ZodIssue | undefined>(
    (best, one) => (best === undefined || one.path.length > best.path.length ? one : best),
    undefined,
  );
}

/** What is wrong, to be said after the place. */
export function issueWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'this is missing'
        : `this should be ${KINDS[issue.expected] ?? 'something else'}`;
    case 'unrecognized_keys':
      return `nothing here is called ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_value':
      return `this should be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return sizeWords(issue.origin, issue.minimum, 'least');
    case 'too_big':
      return sizeWords(issue.origin, issue.maximum, 'most');
    case 'invalid_union': {
      const near = nearest(issue.errors);
      if (near === undefined || near.path.length === 0) return 'this is in none of the forms that it may have';
      return `at ${near.path.map(String).join('/')}, ${issueWords(near)}`;
    }
    case 'invalid_key':
      return 'this name is not one that may be given';
    case 'invalid_format':
      // A form of our own has a sentence of our own; the schema's word for one without is a program's.
      return (
        FORMS[issue.format] ??
        (issue.message.startsWith('Invalid ') ? 'this is not in the form that is wanted here' : issue.message)
      );
    case 'not_multiple_of':
      return `this should be a multiple of ${String(issue.divisor)}`;
    case 'invalid_element':
      return 'one entry of this is not one that may be given';
    case 'custom':
      return issue.message === 'Invalid input' ? 'this is not in the form that is wanted here' : issue.message;
  }
}
