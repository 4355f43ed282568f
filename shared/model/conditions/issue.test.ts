import { expect, test } from 'vitest';
import { z } from 'zod';
import { issueWords } from './issue.ts';

const words = (schema: z.ZodType, value: unknown): readonly string[] =>
  schema.safeParse(value).error?.issues.map((issue) => issueWords(issue)) ?? [];

test.each<[string, z.ZodType, unknown, string]>([
  ['a text that is none', z.string(), 7, 'this should be a text in quotation marks'],
  ['a list that is none', z.array(z.string()), 'a', 'this should be a list in square brackets'],
  ['what is missing', z.object({ from: z.string() }), {}, 'this is missing'],
  ['an empty text', z.string().min(1), '', 'this text should not be empty'],
  ['a text that is too long', z.string().max(3), 'long', 'this text should have at most 3 characters'],
  ['an empty list', z.array(z.string()).min(1), [], 'this list should not be empty'],
  ['too many entries', z.array(z.number()).max(2), [1, 2, 3], 'this list should have at most 2 entries'],
  ['a number that is too small', z.number().min(0), -1, 'this should be at least 0'],
  ['part of a number', z.int(), 1.5, 'this should be a whole number'],
  ['a word of a list', z.enum(['a', 'b']), 'c', 'this should be "a" or "b"'],
  ['a day', z.iso.date(), '2026-13-40', 'this should be a date, year-month-day, such as 2026-11-22'],
  ['a form without words', z.string().regex(/^x$/), 'y', 'this is not in the form that is wanted here'],
  ['a form with words', z.string().regex(/^x$/, 'a code is one x'), 'y', 'a code is one x'],
  [
    'one of two forms',
    z.union([z.object({ days: z.int() }), z.string()]),
    { days: 'many' },
    'at days, this should be a number',
  ],
])('%s is said in words of the file', (_, schema, value, said) => expect(words(schema, value)).toEqual([said]));

test('no sentence is a program’s', () => {
  const all = z.object({ a: z.string(), b: z.email(), c: z.url(), d: z.iso.datetime(), e: z.number().multipleOf(5) });
  for (const said of words(all, { a: 1, b: '', c: '', d: '', e: 7 }))
    expect(said).not.toMatch(/Invalid|expected|received|string|pattern/);
});
