/** Who holds the work, who reviewed it, and what lay before them. */
import { z } from 'zod';
import { STAGES } from '../../formats/stages.ts';
import { party, path, text } from '../../facts/parts.ts';
import { reviewed } from '../../facts/reviewing.ts';
import { ROLES } from '../../roles.ts';
import { packageId, said, saidWhy, workId } from './parts.ts';

export const review = z.object({
  id: workId,
  stage: z.enum(STAGES),
  to: party.nullable(),
  note: text(4000),
  asked: said,
  about: reviewed,
  withdrawn: saidWhy.nullable(),
  given: said
    .extend({
      outcome: z.enum(['signed off', 'sent back']),
      note: text(8000),
      comments: z.array(z.object({ path, text: text(4000) })),
      /** Frozen: what was signed off is this, whatever is written afterwards. */
      about: reviewed,
    })
    .nullable(),
});
export type ReviewState = z.infer<typeof review>;

/** `from`: whose the case was before, where that is known; older records do not say. */
export const handover = saidWhy.extend({ to: party, from: party.nullable().optional(), absent: z.boolean() });
export type Handover = z.infer<typeof handover>;
export const allocation = said.extend({
  package: packageId.nullable(),
  role: z.enum(ROLES),
  to: party,
  note: text(2000),
  /** Whether no later one took its place. */
  current: z.boolean(),
});
export type Allocation = z.infer<typeof allocation>;
