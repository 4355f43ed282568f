/** What stands as it was signed: decisions, certificates, statements; superseded ones stay beside their successors. */
import { z } from 'zod';
import { STAGES } from '../../formats/stages.ts';
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
  offences: z.array(z.object({ path, code: text(20), wording: text(2500) })),
  reasons: text(20_000),
});
export type DecisionState = z.infer<typeof decision>;

export const certificate = standing.extend({
  schedule: z.enum(['MG6C', 'MG6D', 'MG6E', 'SDC']),
  covers: z.object({ sha256: hash, lines: count }),
  words: text(4000),
});
export type CertificateState = z.infer<typeof certificate>;

export const signature = standing.extend({
  path,
  ...versionRef.shape,
  signatory: text(300),
  /** A newer version of the item that nobody signed. */
  altered: said.extend({ version: id<VersionId>() }).nullable(),
});

export const stageState = z.object({
  stage: z.enum(STAGES),
  moves: z.array(saidWhy.extend({ stage: z.enum(STAGES) })),
});
