/**
 * Facts that stand as they were signed: charging decisions, disclosure certificates, signed statements. None is ever
 * edited; a later one names the one that it supersedes, and both stay visible.
 */
import { z } from 'zod';
import type { WorkId } from '../../primitives/ids.ts';
import { STAGES } from '../formats/stages.ts';
import { count, hash, id, path, reason, said, text, versionRef } from './parts.ts';

const supersedes = id<WorkId>().nullable();

export const DECIDING = [
  z.object({
    is: z.literal('decided'),
    id: id<WorkId>(),
    supersedes,
    outcome: z.enum(['charge', 'no further action', 'further evidence']),
    /** Who may charge differs: police for some offences, else the prosecutor. */
    route: z.enum(['prosecutor', 'police']),
    test: z.enum(['full code', 'threshold']).nullable(),
    offences: z.array(z.object({ path, code: text(20), wording: text(2500) })).max(200),
    reasons: text(20_000),
    ...said,
  }),
  z.object({
    is: z.literal('certified'),
    id: id<WorkId>(),
    supersedes,
    schedule: z.enum(['MG6C', 'MG6D', 'MG6E', 'SDC']),
    /** The schedule as it was certified: the hash of its text, and how many lines it had. */
    covers: z.object({ sha256: hash, lines: count }),
    words: text(4000),
    ...said,
  }),
  /** A person's statement, signed by them, as this version of this item. */
  z.object({
    is: z.literal('signed'),
    id: id<WorkId>(),
    supersedes,
    path,
    ...versionRef.shape,
    signatory: text(300),
    ...said,
  }),
  /** The file moves on to another stage. */
  z.object({ is: z.literal('staged'), stage: z.enum(STAGES), reason, ...said }),
] as const;
