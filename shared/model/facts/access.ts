/**
 * Facts of access to a case: what denies it (bars, requirements), what is on record of giving and ending it, and requests.
 * They give nobody anything: that is the access chain's. Requests travel by intakes, the rest stands in Working papers.
 */
import { z } from 'zod';
import type { CaseId, PersonId, SeatId, WorkId } from '../../primitives/ids.ts';
import { day, id, reason, said, text } from './parts.ts';

/** What may be asked for and given; `lead` is given by handing over. */
export const ASKABLE = ['reader', 'contributor'] as const;
export type Askable = (typeof ASKABLE)[number];

const ROLE = z.enum(['reader', 'contributor', 'lead']);

export const ACCESS = [
  /** A conflict of interest: the person must not see the case. */
  z.object({ is: z.literal('barred'), person: id<PersonId>(), personName: text(200), why: reason, ...said }),
  z.object({ is: z.literal('bar lifted'), person: id<PersonId>(), personName: text(200), why: reason, ...said }),
  /** Which units the posts must be of (any of them; none: whatever unit), and which attributes every holder must have (all). The newest counts. */
  z.object({
    is: z.literal('access limited'),
    units: z.array(text(200)).max(50),
    needs: z.array(text(64)).max(20),
    why: reason,
    ...said,
  }),
  /** Why a post was let in, and its last day. Counts where the same device wrote the grant. */
  z.object({
    is: z.literal('access given'),
    seat: id<SeatId>(),
    post: text(200),
    role: ROLE,
    until: day.nullable(),
    why: reason,
    /** The request that it answers. */
    request: id<WorkId>().nullable(),
    ...said,
  }),
  /** Why a post was taken out again. */
  z.object({
    is: z.literal('access ended'),
    seat: id<SeatId>(),
    post: text(200),
    why: reason,
    /** The rule of the case by which a lead's computer did it; absent: a person did, or a recertification. */
    rule: z.enum(['bar', 'attribute', 'marking', 'unit', 'last day']).optional(),
    ...said,
  }),
  /** In the intake of the post that is asked, and in the asker's own. */
  z.object({
    is: z.literal('access asked'),
    id: id<WorkId>(),
    /** The case, as the asker knows it: URN or name. */
    wanted: text(300),
    role: z.enum(ASKABLE),
    until: day,
    why: reason,
    to: z.object({ seat: id<SeatId>(), post: text(200) }),
    /** Whose approval comes first: the asker's line manager, or whoever holds this post where none is named (`person` null). */
    manager: z
      .object({ seat: id<SeatId>(), post: text(200), person: id<PersonId>().nullable() })
      .nullable()
      .optional(),
    ...said,
  }),
  /** The answer, in the same two intakes. */
  z.object({
    is: z.literal('access decided'),
    request: id<WorkId>(),
    decision: z.enum(['endorsed', 'approved', 'declined', 'taken back']),
    case: id<CaseId>().nullable(),
    until: day.nullable(),
    why: reason,
    ...said,
  }),
] as const;
