/**
 * Owns the classes by which a case is kept: how long at least, and when somebody looks again. Nothing is destroyed by a
 * class: it says when two people are asked.
 */
import { z } from 'zod';
import type { Span } from '../../primitives/calendar.ts';
import { addSpan } from '../../primitives/calendar.ts';
import type { Fault } from '../conditions/check.ts';
import { code, inForce, line, orderFault, sourced } from './parts.ts';

const retentionClass = z.strictObject({
  code,
  name: line,
  says: line,
  /** Years after the case was closed, or reviewed, until somebody looks (again). */
  review: z.strictObject({ years: z.int().min(0).max(150) }),
  /** Kept until the person is so old, looked at in between. */
  untilAge: z.int().min(0).max(150).optional(),
  ...sourced,
  ...inForce,
});
export type RetentionClass = z.infer<typeof retentionClass>;

export const retentionFile = z.strictObject({
  format: z.literal('joinder retention'),
  version: z.literal(1),
  name: line,
  classes: z.array(retentionClass).min(1).max(100),
  /** What holds besides, for people to read. */
  notes: z.array(z.strictObject({ text: line, ...sourced })).max(50),
});
export type RetentionFile = z.infer<typeof retentionFile>;

export const checkRetention = ({ classes }: RetentionFile): readonly Fault[] =>
  classes.flatMap((each, i) => orderFault(each, `classes/${i} (${each.code})`));

/** The day on which somebody looks at a case again that was closed, or last reviewed, on a day; null for no day. */
export const reviewDue = ({ review }: { readonly review: Span }, from: string): string | null => addSpan(from, review);
