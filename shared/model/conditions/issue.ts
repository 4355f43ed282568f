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

/** What is wrong, to be said after the place. */
export function issueWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'this is missing'
        : `this should be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'unrecognized_keys':
      return `nothing here is called ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    case 'invalid_value':
      return `this should be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `this should have at least ${String(issue.minimum)}`;
    case 'too_big':
      return `this should have at most ${String(issue.maximum)}`;
    case 'invalid_union':
      return 'this is in none of the forms that it may have';
    case 'invalid_key':
      return 'this name is not one that may be given';
    case 'not_multiple_of':
    case 'invalid_format':
    case 'invalid_element':
    case 'custom':
      return issue.message;
  }
}
