/**
 * What the shared measures count: one package or one action each, as times, outcomes and reasons' codes, with the month and
 * the unit that sent. Nothing of it says which case, which file or who: it may outlive the case that it comes from.
 */
import { z } from 'zod';
import { count, text } from './parts.ts';

const span = count.nullable();
const ofMonth = { month: z.string().regex(/^\d{4}-\d{2}$/), unit: text(200) };

export const sample = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('package'),
    ...ofMonth,
    /** It answers no other. */
    first: z.boolean(),
    decided: z.enum(['accepted', 'returned']).nullable(),
    /** Codes of the recorded reasons of a return, each once. */
    reasons: z.array(text(100)).max(50),
    toDelivered: span,
    toOpened: span,
  }),
  z.object({
    of: z.literal('action'),
    ...ofMonth,
    closed: z.boolean(),
    /** From raised to the first answer. */
    toAnswer: span,
  }),
]);
export type Sample = z.infer<typeof sample>;
