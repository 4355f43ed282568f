/**
 * A sharing agreement between organisations: who the parties are, on what lawful basis and for which purposes they share,
 * who is responsible for which step, how material is marked and how long it is kept, and by which permissions and rules
 * the case is judged. It has versions; a version binds once every party has accepted it.
 */
import { z } from 'zod';
import type { OrgId } from '../../../primitives/ids.ts';
import { day, hash, id, text } from '../../facts/parts.ts';
import { ROLES, SIDES } from '../../roles.ts';

/** Where a rule comes from, and whether that was checked against the source itself. */
const sourced = { source: text(500), verified: z.boolean() };
const named = z.object({ name: text(200), version: text(50), sha256: hash });

export const agreement = z.object({
  format: z.literal('joinder agreement'),
  version: z.literal(1),
  name: text(200).min(1),
  /** 1, 2, 3 …: the agreement's own versions. */
  number: z.int().min(1),
  effective: day,
  review: day.nullable(),
  parties: z
    .array(z.object({ org: id<OrgId>().nullable(), name: text(200), side: z.enum(SIDES), controller: text(500) }))
    .min(2)
    .max(20),
  basis: z
    .array(z.object({ text: text(2000), ...sourced }))
    .min(1)
    .max(50),
  purposes: z.array(text(1000)).min(1).max(50),
  /** By id of a step of the process. */
  responsibilities: z
    .array(
      z.object({ step: text(100), side: z.enum(SIDES), roles: z.array(z.enum(ROLES)).min(1).max(9), note: text(1000) }),
    )
    .max(300),
  markings: z
    .array(
      z.object({
        marking: text(40),
        rule: text(1000),
        /** Whoever sees a case of this marking must have one of these attributes, by the directory; none named: whoever may otherwise. */
        vetting: z.array(text(64)).max(20).optional(),
        ...sourced,
      }),
    )
    .min(1)
    .max(20),
  retention: z
    .array(
      z.object({
        code: text(100),
        title: text(300),
        /** How long, in words. */
        keep: text(1000),
        /** Months after which it is reviewed; null: it is kept until a person decides. */
        reviewAfter: z.int().min(1).max(1200).nullable(),
        ...sourced,
      }),
    )
    .min(1)
    .max(50),
  /** Who approves a request for access: a lead of the case alone, or the asker's line manager first. Left out: a lead alone. */
  requests: z.enum(['lead', 'line manager, then lead']).optional(),
  permissions: named.nullable(),
  rules: named.nullable(),
});
export type Agreement = z.infer<typeof agreement>;
