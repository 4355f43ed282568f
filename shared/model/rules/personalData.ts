/**
 * Owns the categories of personal data that are looked for before something is shared: those that prosecutors record
 * where a redaction was missed. `look` names a way of finding that the application has; null: only a person can tell.
 */
import { z } from 'zod';
import type { Fault } from '../conditions/check.ts';
import { code, inForce, line, orderFault, sourced } from './parts.ts';

export const LOOKS = [
  'address',
  'postcode',
  'vehicle registration',
  'NHS number',
  'date of birth',
  'bank details',
  'national insurance number',
  'telephone number',
  'e-mail address',
  'name of a person of the case',
  'previous convictions',
  'back sheet',
  'blank page',
] as const;

const category = z.strictObject({
  code,
  name: line,
  says: line,
  look: z.enum(LOOKS).nullable(),
  ...sourced,
  ...inForce,
});
export type PersonalDataCategory = z.infer<typeof category>;

export const personalDataFile = z.strictObject({
  format: z.literal('joinder personal data'),
  version: z.literal(1),
  name: line,
  categories: z.array(category).min(1).max(100),
});
export type PersonalDataFile = z.infer<typeof personalDataFile>;

export const checkPersonalData = ({ categories }: PersonalDataFile): readonly Fault[] =>
  categories.flatMap((each, i) => orderFault(each, `categories/${i} (${each.code})`));
