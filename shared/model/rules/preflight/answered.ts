/**
 * Which answer to a question of the rules counts: the newest that was given by one of those whom the rule asks. An answer
 * of anybody else stays on record and counts for nothing, whatever their program let them do. Pure.
 */
import type { AnswerGiven } from '../../work/state.ts';

/** Whom a rule asks. */
interface Asked {
  readonly key: string;
  readonly by: readonly string[];
}
type Given = Pick<AnswerGiven, 'answer' | 'roles'>;
/** As it comes in a snapshot: the newest, with those before it. */
type Answered<G extends Given> = G & { readonly earlier?: readonly G[] | undefined };

/** Whether somebody of these roles is asked. Of an answer that says no roles (older, or of another program) nobody can tell: it counts. */
export const isAsked = ({ by }: Pick<Asked, 'by'>, roles: readonly string[] | undefined): boolean =>
  roles === undefined || by.some((role) => roles.includes(role));

/** The answer that counts; null: there is none. */
export function answerTo<G extends Given>(question: Asked, answers: Readonly<Record<string, Answered<G>>>): G | null {
  if (!Object.hasOwn(answers, question.key)) return null;
  const newest = answers[question.key];
  if (newest === undefined) return null;
  return [...(newest.earlier ?? []), newest].findLast(({ roles }) => isAsked(question, roles)) ?? null;
}
