/**
 * Facts of a disposal record: an area of its own that outlives the case. It says what was disposed of, by whom and why,
 * which computers held something of it, and what the relay signed. Each computer says there that it has destroyed what it
 * held (`destroyed` of keeping.ts). No title, no name of a suspect, victim or witness: the URN is what a case is found by.
 */
import { z } from 'zod';
import type { AreaId, CaseId, DeviceId, WorkId } from '../../primitives/ids.ts';
import { sample } from './counted.ts';
import { bytes, bytesUpTo, count, hash, id, party, reason, said, text } from './parts.ts';

/** Far more than any case has; so many fit in an entry. */
export const MOST_COUNTED = 4000;

const signature = z.object({ device: id<DeviceId>(), signature: bytes(64) });

export const DISPOSING = [
  z.object({
    is: z.literal('disposal recorded'),
    id: id<WorkId>(),
    case: id<CaseId>(),
    urn: text(60).nullable(),
    outcome: text(200),
    retention: text(200).nullable(),
    /** Of the review that decided it. */
    rationale: reason,
    reason,
    asked: z.object({ by: party, at: count }),
    order: z.object({ body: bytesUpTo(4096), signatures: z.array(signature).length(2) }),
    /** The organisation's computers that could hold something of it then, and when each was last heard. */
    devices: z.array(z.object({ device: id<DeviceId>(), name: text(400), heard: count.nullable() })).max(1000),
    /** Whose copies remain, in sentences that name no file. */
    remains: z.array(text(400)).max(50),
    /** What the shared measures count of it: they are of no case, and go on counting. Missing where an older version wrote it. */
    counted: z.array(sample).max(MOST_COUNTED).optional(),
    ...said,
  }),
  z.object({
    is: z.literal('relay disposed'),
    disposal: id<WorkId>(),
    areas: z
      .array(
        z.object({
          area: id<AreaId>(),
          generation: count,
          n: count,
          h: hash,
          time: count,
          gone: z.boolean(),
          signature: bytes(64),
        }),
      )
      .max(64),
    ...said,
  }),
] as const;
