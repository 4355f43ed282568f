/**
 * Facts of how long a case is kept: closed and reopened, held, reviewed for retention, and disposed of by two people,
 * after which each device says that it has destroyed what it held.
 */
import { z } from 'zod';
import type { AreaId, WorkId } from '../../primitives/ids.ts';
import { bytes, bytesUpTo, count, day, hash, id, reason, said, text } from './parts.ts';

/** Code of a retention class (retention.json, or the agreement). */
const retention = text(100);

/** What a device destroyed: ids, numbers and a hash over names of chunks, nothing of what was in them. */
export const destroyed = z.object({
  areas: z.array(id<AreaId>()).max(64),
  entries: count,
  files: count,
  chunks: count,
  bytes: count,
  /** Over the names of the chunks, in order. */
  digest: hash,
});

export const KEEPING = [
  z.object({ is: z.literal('closed'), outcome: text(200), retention: retention.nullable(), reason, ...said }),
  z.object({ is: z.literal('reopened'), reason, ...said }),
  z.object({ is: z.literal('held'), id: id<WorkId>(), reason, until: day.nullable(), ...said }),
  z.object({ is: z.literal('hold lifted'), hold: id<WorkId>(), reason, ...said }),
  z.object({
    is: z.literal('retention reviewed'),
    decision: z.enum(['keep', 'dispose']),
    retention: retention.nullable(),
    rationale: reason,
    next: day.nullable(),
    ...said,
  }),
  /** `order`: which areas (seal/disposal.ts), with the first signature; the second goes along with the agreement. */
  z.object({
    is: z.literal('disposal asked'),
    id: id<WorkId>(),
    reason,
    order: z.object({ body: bytesUpTo(4096), signature: bytes(64) }).optional(),
    ...said,
  }),
  z.object({ is: z.literal('disposal agreed'), disposal: id<WorkId>(), signature: bytes(64).optional(), ...said }),
  z.object({ is: z.literal('disposal refused'), disposal: id<WorkId>(), reason, ...said }),
  z.object({
    is: z.literal('destroyed'),
    disposal: id<WorkId>(),
    deviceName: text(100),
    what: destroyed.optional(),
    ...said,
  }),
] as const;
