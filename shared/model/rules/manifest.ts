/**
 * Owns `rules.json`, the first file of a rule set: whose rules they are, which edition, from when to when, and which
 * files belong to it.
 */
import { z } from 'zod';
import { day, line } from './parts.ts';

export const MANIFEST = 'rules.json';

export const manifest = z.strictObject({
  format: z.literal('joinder rules'),
  version: z.literal(1),
  name: line,
  /** What people call this edition, such as `2026-11`. */
  edition: z.string().min(1).max(60),
  organisation: line,
  /** In force from, and to; null: until replaced. */
  from: day,
  to: day.nullable(),
  files: z
    .array(
      z
        .string()
        .regex(
          /^[a-z0-9][a-z0-9-]{0,60}\.json$/,
          'a file name is small letters, digits and hyphens, and ends in .json',
        ),
    )
    .min(1)
    .max(40),
});
export type Manifest = z.infer<typeof manifest>;
