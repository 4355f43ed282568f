/** The action plan: each item with its dates, answers and end. */
import { z } from 'zod';
import type { ItemId } from '../../../primitives/ids.ts';
import { sentBefore } from '../../facts/actions.ts';
import { day, id, path, text, versionRef } from '../../facts/parts.ts';
import { packageId, said, saidWhy, workId } from './parts.ts';

const answer = said.extend({
  outcome: z.enum(['accepted', 'disputed', 'answered', 'already sent']),
  reason: text(4000),
  items: z.array(versionRef.extend({ name: text(1024) })),
  sent: z.array(sentBefore),
});

export const action = z.object({
  id: workId,
  text: text(4000),
  paths: z.array(path),
  items: z.array(id<ItemId>()),
  rule: text(100).nullable(),
  package: packageId.nullable(),
  raised: said,
  due: day.nullable(),
  /** Every later due date, oldest first. */
  dues: z.array(saidWhy.extend({ due: day.nullable() })),
  /** Oldest first; the newest says where it stands. */
  answers: z.array(answer),
  state: z.enum(['open', 'accepted', 'disputed', 'answered', 'already sent', 'closed']),
  closed: said.extend({ outcome: z.enum(['met', 'withdrawn', 'not pursued']), note: text(4000) }).nullable(),
});
export type ActionState = z.infer<typeof action>;
