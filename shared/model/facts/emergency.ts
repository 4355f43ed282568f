/**
 * Facts of break-glass. The right itself is a chain entry; these say why, to whom it was said, and how it was judged. What names
 * cases to those who may do it is in `case listed`: hashes alone, so that nobody browses.
 */
import { z } from 'zod';
import type { AreaId, CaseId, SeatId } from '../../primitives/ids.ts';
import { bytes, count, hash, id, reason, said, text } from './parts.ts';

export const EMERGENCIES = [
  /** In the intakes of the posts with the role `emergency access`: what a case can be found by there. The newest of a case counts. */
  z.object({
    is: z.literal('case listed'),
    case: id<CaseId>(),
    areas: z.array(id<AreaId>()).min(1).max(8),
    /** Posts of our organisation that read it: who is asked, and told. */
    seats: z.array(id<SeatId>()).max(100),
    salt: bytes(16),
    /** `hashName` of the URN and of the title. */
    names: z.array(hash).max(8),
    ...said,
  }),
  /** In the intakes of the posts that read the case and of one's own: `reason` is what the chain entries hold. */
  z.object({
    is: z.literal('emergency'),
    case: id<CaseId>(),
    areas: z.array(id<AreaId>()).min(1).max(8),
    /** As the person named it. */
    wanted: text(300),
    reason: hash,
    salt: bytes(16),
    why: reason,
    until: count,
    seats: z.array(id<SeatId>()).max(100),
    ...said,
  }),
  /** A lead's word afterwards, in the case and in the intake of the post that it is about. */
  z.object({
    is: z.literal('emergency judged'),
    reason: hash,
    justified: z.boolean(),
    note: reason,
    ...said,
  }),
] as const;
