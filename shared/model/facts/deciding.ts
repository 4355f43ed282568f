/**
 * Facts that stand as they were signed: charging decisions, disclosure certificates, signed statements. None is ever
 * edited; a later one names the one that it supersedes, and both stay visible.
 */
import { z } from 'zod';
import type { WorkId } from '../../primitives/ids.ts';
import { STAGES } from '../formats/stages.ts';
import { count, hash, id, path, reason, said, text, versionRef } from './parts.ts';

const supersedes = id<WorkId>().nullable();

export const SCHEDULES = ['MG6C', 'MG6D', 'MG6E', 'SDC'] as const;
export type ScheduleForm = (typeof SCHEDULES)[number];

/** A line of a schedule, by value: on which schedule, and as which number. */
const scheduleRow = z.object({
  /** Of the item of material. */
  id: text(64),
  on: z.enum(['MG6C', 'MG6D']),
  number: count,
  description: text(2000),
  location: text(300),
  test: text(60),
});
export type ScheduleRow = z.infer<typeof scheduleRow>;
/** Absent where an older version wrote it: then the hash alone says what was certified. */
export const scheduleRows = z.array(scheduleRow).max(5000).optional();
/** What the row of a statement said when it was signed, field by field as people read it. */
export const signedValues = z
  .array(z.object({ key: text(60), value: text(300) }))
  .max(40)
  .optional();

/** What becomes of one offence; absent where an older version decided. */
const offence = z.object({
  path,
  code: text(20),
  wording: text(2500),
  outcome: z.enum(['charge', 'no further action']).optional(),
});
export const decidedOffences = z.array(offence).max(200);

export const DECIDING = [
  z.object({
    is: z.literal('decided'),
    id: id<WorkId>(),
    supersedes,
    outcome: z.enum(['charge', 'no further action', 'further evidence']),
    /** Who may charge differs: police for some offences, else the prosecutor. */
    route: z.enum(['prosecutor', 'police']),
    test: z.enum(['full code', 'threshold']).nullable(),
    offences: decidedOffences,
    /** Codes of the recorded reasons, where it is not to charge. */
    codes: z.array(text(100)).max(50).optional(),
    reasons: text(20_000),
    ...said,
  }),
  z.object({
    is: z.literal('certified'),
    id: id<WorkId>(),
    supersedes,
    schedule: z.enum(SCHEDULES),
    /** The schedule as it was certified: the hash of its rows as canonical JSON, and how many there were. */
    covers: z.object({ sha256: hash, lines: count }),
    rows: scheduleRows,
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
    as: signedValues,
    ...said,
  }),
  /** The file moves on to another stage. */
  z.object({ is: z.literal('staged'), stage: z.enum(STAGES), reason, ...said }),
] as const;
