/**
 * What somebody asks of their authority about guests: people of organisations outside, let in for a time. Carried within a
 * device's sealed ask, as what administrators do (`administer.ts`); each act has an id, and a repeated one is not done twice.
 */
import { z } from 'zod';
import * as f from './fields.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** Why, for the authority's record. */
const why = z.string().trim().min(1).max(2000);

export const guestAct = z.discriminatedUnion('is', [
  /** How long a guest may be let in at most. */
  z.object({ is: z.literal('terms') }),
  /** `seat`: the post as whose holder the asker answers for them. */
  z.object({
    is: z.literal('invite'),
    name: z.string().min(1).max(200),
    from: z.string().trim().min(1).max(200),
    seat: f.seat,
    until: day,
    why,
  }),
  z.object({ is: z.literal('extend'), guest: f.person, until: day, why }),
  z.object({ is: z.literal('end'), guest: f.person, why }),
  /** Another answers for them from now on, as the holder of that post. */
  z.object({ is: z.literal('sponsor'), guest: f.person, sponsor: f.person, seat: f.seat, why }),
  z.object({ is: z.literal('code'), guest: f.person }),
]);
export type GuestAct = z.infer<typeof guestAct>;

export const guestAnswer = z.discriminatedUnion('is', [
  z.object({ is: z.literal('terms'), days: f.count }),
  z.object({
    is: z.literal('invited'),
    person: f.person,
    seat: f.seat,
    code: z.string().max(64),
    expires: f.count,
  }),
  z.object({ is: z.literal('code'), code: z.string().max(64), expires: f.count }),
  z.object({ is: z.literal('done') }),
  z.object({
    is: z.literal('declined'),
    cause: z.enum(['not yours', 'not known', 'too long', 'over', 'malformed']),
  }),
]);
export type GuestAnswer = z.infer<typeof guestAnswer>;
export type GuestCause = Extract<GuestAnswer, { is: 'declined' }>['cause'];
