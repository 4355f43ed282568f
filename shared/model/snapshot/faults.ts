/** What is wrong with a case from outside, as a path and a plain sentence: what is wrong, and what to do. */
import type { z } from 'zod';
import { checkField } from '../formats/check.ts';
import type { Field } from '../formats/field.ts';
import type { Fault } from '../record.ts';
import { placeOf } from './places.ts';
import { keptText } from './values.ts';

/** The sentence of one issue that the schema found. */
export function sentenceOf(value: unknown, issue: z.core.$ZodIssue): Fault {
  const place = placeOf(value, issue.path);
  if (place.field) return { path: place.path, sentence: fieldSentence(place.field, place.value) };
  return { path: place.path, sentence: placeSentence(issue, place.value) };
}

function placeSentence(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === 'too_big' && Array.isArray(value))
    return `There are ${value.length} here, and ${Number(issue.maximum)} at most can be read. Split the case, or leave out what is not of it.`;
  if (issue.code === 'too_big' && typeof value === 'string')
    return `This is ${value.length} characters long, and ${Number(issue.maximum)} at most can be read. Shorten it.`;
  return value === undefined
    ? 'This is missing. The schema says what belongs here.'
    : 'This is not of the form that is expected. The schema says what belongs here.';
}

/** How a value of each type is written in JSON, where a text alone does not say it. */
const WRITTEN: Partial<Record<Field['type'], string>> = {
  'yes-no': 'Write true or false, without quotation marks.',
  number: 'Write a whole number, without quotation marks.',
  refs: 'Write a list of ids.',
};

function fieldSentence(field: Field, value: unknown): string {
  if (value === '') return `${field.label} is empty. Leave it out where there is nothing to say.`;
  const written = WRITTEN[field.type];
  if (written !== undefined) return `${field.label} is not written as it should be. ${written}`;
  const text = keptText(value);
  if (typeof value !== 'string' || text === null) return `${field.label} is not a text. Write it in quotation marks.`;
  const checked = checkField(field, text);
  if (!checked.ok) return checked.cause;
  return `${field.label} is not written as it is kept. Write it as ${checked.value.value}.`;
}
