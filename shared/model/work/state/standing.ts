/** What stands as it was signed: decisions, certificates, statements; superseded ones stay beside their successors. */
import { z } from 'zod';
import { STAGES } from '../../formats/stages.ts';
import { SCHEDULES, decidedOffences, scheduleRows, signedValues } from '../../facts/deciding.ts';
import { count, hash, id, path, text, versionRef } from '../../facts/parts.ts';
import type { VersionId } from '../../../primitives/ids.ts';
import { said, saidWhy, workId } from './parts.ts';

const standing = said.extend({
  id: workId,
  /** The stage at which it was signed. */
  stage: z.enum(STAGES),
  supersedes: workId.nullable(),
  /** The later one that took its place. */
  supersededBy: workId.nullable(),
});

export const decision = standing.extend({
  outcome: z.enum(['charge', 'no further action', 'further evidence']),
  route: z.enum(['prosecutor', 'police']),
  test: z.enum(['full code', 'threshold']).nullable(),
  offences: decidedOffences,
  codes: z.array(text(100)).optional(),
  reasons: text(20_000),
});
export type DecisionState = z.infer<typeof decision>;

export const certificate = standing.extend({
  schedule: z.enum(SCHEDULES),
  covers: z.object({ sha256: hash, lines: count }),
  rows: scheduleRows,
  words: text(4000),
});
export type CertificateState = z.infer<typeof certificate>;

export const signature = standing.extend({
  path,
  ...versionRef.shape,
  signatory: text(300),
  as: signedValues,
  /** A newer version of the item that nobody signed. */
  altered: said.extend({ version: id<VersionId>() }).nullable(),
});
export type SignatureState = z.infer<typeof signature>;

export const stageState = z.object({
  stage: z.enum(STAGES),
  moves: z.array(saidWhy.extend({ stage: z.enum(STAGES) })),
});
