/** The agreement that the case refers to, and how long the case is kept. */
import { z } from 'zod';
import { day, text } from '../../facts/parts.ts';
import { agreement } from '../agreement/schema.ts';
import { said, saidWhy, workId } from './parts.ts';

export const agreementState = z.object({
  id: workId,
  agreement,
  offered: said,
  accepted: z.array(said),
  declined: z.array(saidWhy),
  /** Taken back by the organisation that offered it. */
  withdrawn: saidWhy.nullable().default(null),
  /** Since when it binds: all parties that work here have accepted it. */
  inForce: said.nullable(),
  supersededBy: workId.nullable(),
});

export const closing = saidWhy.extend({
  is: z.enum(['closed', 'reopened']),
  outcome: text(200),
  retention: text(100).nullable(),
});
export const hold = z.object({
  id: workId,
  reason: text(4000),
  until: day.nullable(),
  placed: said,
  lifted: saidWhy.nullable(),
});
export const retentionReview = said.extend({
  decision: z.enum(['keep', 'dispose']),
  retention: text(100).nullable(),
  rationale: text(4000),
  next: day.nullable(),
});
export const disposal = z.object({
  id: workId,
  reason: text(4000),
  asked: said,
  agreed: said.nullable(),
  refused: saidWhy.nullable(),
  /** The devices that have said that they destroyed what they held. */
  destroyed: z.array(said.extend({ device: text(64), deviceName: text(100) })),
});
