/**
 * Facts of recertification: a campaign that an administrator opened (to every post of the organisation, by its intake), what
 * was answered of a post in a case (in its Working papers), and how far a case has got (to who opened it, without a word of the
 * case). They take nothing from anybody: that is the access chain's.
 */
import { z } from 'zod';
import type { CaseId, PersonId, SeatId, WorkId } from '../../primitives/ids.ts';
import { count, day, id, reason, said, text } from './parts.ts';

export const ANSWERS = ['keep', 'remove', 'pass'] as const;
export type RecertifyAnswer = (typeof ANSWERS)[number];
export const OUTCOMES = ['open', 'passed', 'kept', 'removed', 'not reviewed', 'stays'] as const;
export type RecertifyOutcome = (typeof OUTCOMES)[number];

/** Which round of a campaign: 0 is the first. */
const round = { campaign: id<WorkId>(), round: count };
const named = z.object({ person: id<PersonId>(), personName: text(200) });

export const RECERTIFYING = [
  z.object({
    is: z.literal('recertification opened'),
    id: id<WorkId>(),
    name: text(200).min(1),
    /** First and last day of the first round. */
    from: day,
    until: day,
    /** Months from the beginning of a round to that of the next, which opens by itself; null: one round. */
    every: z.int().min(1).max(60).nullable(),
    /** Posts of these units, held by these people, in cases of these names or URNs; an empty list: of all. */
    units: z.array(text(200)).max(50),
    people: z.array(named).max(200),
    cases: z.array(text(300)).max(200),
    ...said,
  }),
  /** No further round; the one that runs takes nothing from anybody. */
  z.object({ is: z.literal('recertification stopped'), campaign: id<WorkId>(), why: reason, ...said }),
  /** The newest of who may answer counts, until the round is over. `to`: whom it is passed to, where it is. */
  z.object({
    is: z.literal('recertified'),
    ...round,
    seat: id<SeatId>(),
    post: text(200),
    answer: z.enum(ANSWERS),
    to: named.nullable(),
    why: reason,
    ...said,
  }),
  /** The newest of a case counts. Whatever a reader of it would not know of the case stays out. */
  z.object({
    is: z.literal('recertification told'),
    ...round,
    case: id<CaseId>(),
    lines: z
      .array(
        z.object({
          seat: id<SeatId>(),
          post: text(200),
          outcome: z.enum(OUTCOMES),
          by: text(200).nullable(),
          at: count.nullable(),
        }),
      )
      .max(500),
    ...said,
  }),
] as const;
