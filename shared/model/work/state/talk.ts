/** Conversation, answers to questions, dates set by hand, findings passed over, conflicts settled. */
import { z } from 'zod';
import { count, day, path, text } from '../../facts/parts.ts';
import { about } from '../../facts/talking.ts';
import { packageId, said, saidWhy, workId } from './parts.ts';

export const message = said.extend({
  id: workId,
  about,
  text: text(8000),
  disclosable: z.boolean(),
  replyTo: workId.nullable(),
  /** Others who read it, each once. */
  reads: z.array(said),
});
export type MessageState = z.infer<typeof message>;

const given = said.extend({
  answer: z.enum(['yes', 'no', 'not applicable']),
  note: text(4000),
  /** What the directory said its writer was: the rules say whose answer counts. Absent where an older version wrote it. */
  roles: z.array(text(100)).optional(),
});
/** The newest answer to a question; those before it stay, because a later one of another role takes the place of none. */
export const questionAnswer = given.extend({ earlier: z.array(given).optional() });
export type AnswerGiven = z.infer<typeof given>;
export type QuestionAnswer = z.infer<typeof questionAnswer>;

export const deadlineSet = saidWhy.extend({ key: text(300), due: day, time: text(5).nullable() });

export const releasedAnyway = saidWhy.extend({
  package: packageId,
  findings: z.array(z.object({ code: text(100), path, sentence: text(500) })),
});
export const settled = said.extend({
  path,
  values: z.array(text(4000)),
  chosen: text(4000),
  dropped: z.array(z.object({ value: text(4000), by: text(200), at: count })).optional(),
});
export type SettledState = z.infer<typeof settled>;
