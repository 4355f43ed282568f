/** Facts of review and of who holds the work: asked, signed off or sent back; handed over; allocated. */
import { z } from 'zod';
import type { PackageId, WorkId } from '../../primitives/ids.ts';
import { ROLES } from '../roles.ts';
import { STAGES } from '../formats/stages.ts';
import { hash, id, party, path, reason, said, text, versionRef } from './parts.ts';

/** What lay before the reviewer, by hash: record and summary as they stood, and every version. */
export const reviewed = z.object({ record: hash, summary: hash, files: z.array(versionRef).max(3000) });
export type Reviewed = z.infer<typeof reviewed>;

export const REVIEWING = [
  z.object({
    is: z.literal('review asked'),
    id: id<WorkId>(),
    stage: z.enum(STAGES),
    /** A supervisor by name; null: whoever takes it. */
    to: party.nullable(),
    note: text(4000),
    about: reviewed,
    ...said,
  }),
  z.object({ is: z.literal('review withdrawn'), review: id<WorkId>(), reason, ...said }),
  z.object({
    is: z.literal('review given'),
    review: id<WorkId>(),
    outcome: z.enum(['signed off', 'sent back']),
    note: text(8000),
    comments: z.array(z.object({ path, text: text(4000) })).max(200),
    about: reviewed,
    ...said,
  }),
  /** The case itself. `absent`: done for somebody who is away. */
  z.object({ is: z.literal('handed over'), to: party, reason, absent: z.boolean(), ...said }),
  /** A role in the case, or a package to work on, is given to a person by name. */
  z.object({
    is: z.literal('allocated'),
    package: id<PackageId>().nullable(),
    role: z.enum(ROLES),
    to: party,
    note: text(2000),
    ...said,
  }),
] as const;
