/**
 * Facts of recovery by custodians, in the intakes of their posts and of the post that asks: who asks for which keys and why, the
 * first custodian's agreement with what it opens for the others, the second's with the keys for who asked; who asked takes it back.
 */
import { z } from 'zod';
import type { AreaId, SeatId, WorkId } from '../../primitives/ids.ts';
import { bytes, bytesUpTo, count, hash, id, reason, said } from './parts.ts';

/** Areas in one request. */
export const MOST_ASKED = 200;
const epochs = z.array(count).min(1).max(50);

export const RECOVERY = [
  z.object({
    is: z.literal('recovery asked'),
    id: id<WorkId>(),
    areas: z
      .array(z.object({ area: id<AreaId>(), epochs }))
      .min(1)
      .max(MOST_ASKED),
    why: reason,
    ...said,
  }),
  /** `parts` goes to the other custodians alone; to who asked it is empty. */
  z.object({
    is: z.literal('recovery agreed'),
    request: id<WorkId>(),
    parts: z
      .array(
        z.object({
          area: id<AreaId>(),
          epoch: count,
          subject: hash,
          to: id<SeatId>(),
          generation: count,
          sealed: bytesUpTo(400),
        }),
      )
      .max(4000),
    ...said,
  }),
  z.object({ is: z.literal('recovery declined'), request: id<WorkId>(), why: reason, ...said }),
  z.object({ is: z.literal('recovery withdrawn'), request: id<WorkId>(), ...said }),
  /** `keys` goes to who asked alone; to the custodians it is empty. `whole`: areas of which every key that was asked for is given; earlier versions did not say. */
  z.object({
    is: z.literal('recovery given'),
    request: id<WorkId>(),
    whole: count.max(MOST_ASKED).optional(),
    keys: z.array(z.object({ area: id<AreaId>(), epoch: count, key: bytes(32) })).max(4000),
    ...said,
  }),
] as const;
