/** Facts of judgement: questions that no machine can answer, dates set by hand, findings passed over, conflicts settled. */
import { z } from 'zod';
import type { PackageId } from '../../primitives/ids.ts';
import { count, day, id, path, reason, said, text } from './parts.ts';

export const CHECKING = [
  z.object({
    is: z.literal('answered'),
    question: text(300),
    answer: z.enum(['yes', 'no', 'not applicable']),
    note: text(4000),
    ...said,
  }),
  /** Another date than the one computed, which stays beside it. `key`: of the deadline, as its rule gives it. */
  z.object({
    is: z.literal('deadline set'),
    key: text(300),
    due: day,
    time: z
      .string()
      .regex(/^\d{2}:\d{2}$/)
      .nullable(),
    reason,
    ...said,
  }),
  z.object({
    is: z.literal('released anyway'),
    package: id<PackageId>(),
    findings: z.array(z.object({ code: text(100), path, sentence: text(500) })).max(500),
    reason,
    ...said,
  }),
  z.object({
    is: z.literal('conflict settled'),
    path,
    /** Every value that stood there, as people read it, the one that is kept among them. */
    values: z.array(text(4000)).max(50),
    chosen: text(4000),
    /** The others, with who had set each and when by their own clock. An older version wrote none. */
    dropped: z
      .array(z.object({ value: text(4000), by: text(200), at: count }))
      .max(50)
      .optional(),
    ...said,
  }),
] as const;
