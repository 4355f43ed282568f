/** Facts of judgement before a release: questions that no machine can answer, findings passed over, conflicts settled. */
import { z } from 'zod';
import type { PackageId } from '../../primitives/ids.ts';
import { id, path, reason, said, text } from './parts.ts';

export const CHECKING = [
  z.object({
    is: z.literal('answered'),
    question: text(100),
    answer: z.enum(['yes', 'no', 'not applicable']),
    note: text(4000),
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
    values: z.array(text(4000)).max(50),
    chosen: text(4000),
    ...said,
  }),
] as const;
