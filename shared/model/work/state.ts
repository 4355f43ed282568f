/**
 * The state of the work on a case, as folded from its facts: plain JSON, the same that screens show, that rules and the
 * process judge, and that an exported case holds. Everything says by whom, when, and by which entry it is proved.
 */
import { z } from 'zod';
import { count, hash, id, party, text } from '../facts/parts.ts';
import type { OrgId } from '../../primitives/ids.ts';
import { agreementState, closing, disposal, hold, retentionReview } from './state/keeping.ts';
import { allocation, handover, review } from './state/people.ts';
import { action } from './state/plan.ts';
import { certificate, decision, signature, stageState } from './state/standing.ts';
import { deadlineSet, message, questionAnswer, releasedAnyway, settled } from './state/talk.ts';

const refused = z.object({
  hash,
  org: id<OrgId>(),
  why: text(100),
  /** The act of the permission table, in its own words. */
  action: text(100).nullable(),
  at: count,
});

export const workState = z.object({
  stage: stageState,
  /** Whose the case is now; null: nobody's that is known here. */
  holder: party.nullable(),
  handovers: z.array(handover),
  allocations: z.array(allocation),
  reviews: z.array(review),
  actions: z.array(action),
  decisions: z.array(decision),
  certificates: z.array(certificate),
  signatures: z.array(signature),
  /** By key of the question; the newest answer, with those before it. */
  answers: z.record(z.string(), questionAnswer),
  /** Dates set by hand, oldest first; of one key the latest counts. */
  deadlines: z.array(deadlineSet),
  releasedAnyway: z.array(releasedAnyway),
  settled: z.array(settled),
  messages: z.array(message),
  agreements: z.array(agreementState),
  /** The last closing, where the case is closed now. */
  closed: closing.nullable(),
  closings: z.array(closing),
  holds: z.array(hold),
  retention: z.array(retentionReview),
  disposals: z.array(disposal),
  /** Facts that count for nothing, and why. */
  refused: z.array(refused),
});
export type WorkState = z.infer<typeof workState>;

export { type ActionState } from './state/plan.ts';
export { type Allocation, type Handover, type ReviewState } from './state/people.ts';
export { type CertificateState, type DecisionState, type SignatureState } from './state/standing.ts';
export { type AnswerGiven, type MessageState, type QuestionAnswer, type SettledState } from './state/talk.ts';
export { type Said } from './state/parts.ts';
