/**
 * Facts of an action plan: the prosecutor asks for something, tied to a place in the case, an item or a rule; the police
 * accept it, dispute it, answer it with items, or show that it was sent already.
 */
import { z } from 'zod';
import type { ItemId, PackageId, WorkId } from '../../primitives/ids.ts';
import { count, day, id, path, reason, said, text, versionRef } from './parts.ts';

/** What of a case an action rests on. */
const about = {
  paths: z.array(path).max(50),
  items: z.array(id<ItemId>()).max(200),
  /** Code of the rule that was not met. */
  rule: text(100).nullable(),
  package: id<PackageId>().nullable(),
};

/** Evidence that something was sent: which version, when, and who has opened it. */
export const sentBefore = versionRef.extend({
  name: text(1024),
  package: id<PackageId>(),
  at: count,
  openedBy: text(200).nullable(),
});
export type SentBefore = z.infer<typeof sentBefore>;

export const ACTIONS = [
  z.object({
    is: z.literal('action raised'),
    id: id<WorkId>(),
    text: text(4000),
    ...about,
    due: day.nullable(),
    ...said,
  }),
  /** Another due date, with the reason. */
  z.object({ is: z.literal('action due'), action: id<WorkId>(), due: day.nullable(), reason, ...said }),
  z.object({
    is: z.literal('action answered'),
    action: id<WorkId>(),
    outcome: z.enum(['accepted', 'disputed', 'answered', 'already sent']),
    reason,
    items: z.array(versionRef.extend({ name: text(1024) })).max(200),
    sent: z.array(sentBefore).max(200),
    ...said,
  }),
  z.object({
    is: z.literal('action closed'),
    action: id<WorkId>(),
    outcome: z.enum(['met', 'withdrawn', 'not pursued']),
    note: reason,
    ...said,
  }),
] as const;
