/**
 * Facts of how long a case is kept: closed and reopened, held, reviewed for retention, and disposed of by two people,
 * after which each device says that it has destroyed what it held.
 */
import { z } from 'zod';
import type { WorkId } from '../../primitives/ids.ts';
import { day, id, reason, said, text } from './parts.ts';

/** Code of a retention class (retention.json, or the agreement). */
const retention = text(100);

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
  z.object({ is: z.literal('disposal asked'), id: id<WorkId>(), reason, ...said }),
  z.object({ is: z.literal('disposal agreed'), disposal: id<WorkId>(), ...said }),
  z.object({ is: z.literal('disposal refused'), disposal: id<WorkId>(), reason, ...said }),
  z.object({ is: z.literal('destroyed'), disposal: id<WorkId>(), deviceName: text(100), ...said }),
] as const;
