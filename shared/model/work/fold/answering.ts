/** The answers to a question, newest in front: which of them counts is for the rules to say (rules/preflight/answered.ts). */
import type { AnswerGiven, QuestionAnswer } from '../state.ts';

const rolesOf = ({ roles }: AnswerGiven): string => [...(roles ?? [])].sort().join();

/** The newest in front; of those before it, the last of each set of roles: nobody pushes out an answer that another role gave. */
export function answeredAgain(before: QuestionAnswer | undefined, now: AnswerGiven): QuestionAnswer {
  if (before === undefined) return now;
  return { ...now, earlier: answersGiven(before).filter((one) => rolesOf(one) !== rolesOf(now)) };
}

/** Every answer, oldest first. */
export const answersGiven = ({ earlier = [], ...last }: QuestionAnswer): readonly AnswerGiven[] => [...earlier, last];
