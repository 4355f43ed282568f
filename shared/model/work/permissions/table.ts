/**
 * The permission table: who may do what to a case, by role and stage. It is data, so that an agreement can name another
 * one by its hash; this module reads and checks one, and answers. It denies what the table does not allow.
 */
import { z } from 'zod';
import defaults from '../../rules/data/permissions.json' with { type: 'json' };
import type { Stage } from '../../formats/stages.ts';
import { text } from '../../facts/parts.ts';
import type { Action } from './actions.ts';
import { ACTIONS } from './actions.ts';

/** What the person is to the thing acted upon. */
export const RELATIONS = ['asked for it', 'holds the case', 'same organisation', 'named by it'] as const;
export type Relation = (typeof RELATIONS)[number];

const rule = z.object({
  title: text(200),
  /** Only while the case is open, or closed; or at any time. */
  while: z.enum(['open', 'closed', 'any']),
  /** Whoever is one of these to it may not, whatever their role. */
  not: z.array(z.enum(RELATIONS)).default([]),
  allow: z
    .array(
      z.object({
        roles: z.array(text(100)).min(1),
        stages: z.union([z.literal('every'), z.array(text(50)).min(1)]),
        /** Where given: only for who is this to it. */
        only: z.enum(RELATIONS).optional(),
      }),
    )
    .min(1),
  source: text(500),
  verified: z.boolean(),
});
export type PermissionRule = z.infer<typeof rule>;

export const permissionTable = z.object({
  format: z.literal('joinder permissions'),
  version: z.literal(1),
  name: text(200),
  /** Every act that this version knows, and any that a later one does. */
  actions: z
    .record(z.string(), rule)
    .refine((actions) => ACTIONS.every((action) => action in actions), 'An act is missing from the table.'),
});
export type PermissionTable = z.infer<typeof permissionTable>;

export const DEFAULT_PERMISSIONS: PermissionTable = permissionTable.parse(defaults);

/** Who acts, upon a case in which state. Roles are words of the directory: those unknown here give nothing. */
export interface Actor {
  readonly roles: readonly string[];
  readonly is: readonly Relation[];
}
export interface At {
  readonly stage: Stage;
  readonly closed: boolean;
}
/** Why not: no role of theirs may; not at this stage; their own work; the case is closed, or is not. */
export type Denied = 'role' | 'stage' | 'own' | 'closed' | 'not closed';

/** Whether the table lets somebody do something now; null: it does. */
export function denies(table: PermissionTable, action: Action, actor: Actor, at: At): Denied | null {
  const found = table.actions[action];
  const mine = found?.allow.filter(
    ({ roles, only }) =>
      roles.some((role) => actor.roles.includes(role)) && (only === undefined || actor.is.includes(only)),
  );
  if (!found || !mine || mine.length === 0) return 'role';
  if (!mine.some(({ stages }) => stages === 'every' || stages.includes(at.stage))) return 'stage';
  if (found.not.some((relation) => actor.is.includes(relation))) return 'own';
  if (found.while === 'open' && at.closed) return 'closed';
  return found.while === 'closed' && !at.closed ? 'not closed' : null;
}
