/** Folding conversation, answers to questions, dates set by hand, findings passed over, and conflicts settled. */
import type { Draft, Verdict, Work } from './draft.ts';
import { byId, saidIn, saidWhy } from './draft.ts';
import { rolesHere } from './judge.ts';
import { answeredAgain } from './answering.ts';

export function takeMessage({ state }: Draft, logged: Work<'message'>): Verdict {
  const { id, about, text, disclosable, replyTo } = logged.fact;
  if (byId(state.messages, id)) return 'said twice';
  state.messages.push({ ...saidIn(logged), id, about, text, disclosable, replyTo, reads: [] });
  return null;
}

/** The first time of each person counts; one's own messages need no reading. */
export function takeRead({ state }: Draft, logged: Work<'read'>): Verdict {
  const { messages, by } = logged.fact;
  const meant = [...new Set(messages)].flatMap((id) => byId(state.messages, id) ?? []);
  if (meant.length === 0) return 'unknown';
  for (const message of meant) {
    const isOwn = message.by.person === by.person && message.by.org === by.org;
    const again = message.reads.some((read) => read.by.person === by.person && read.by.org === by.org);
    if (!isOwn && !again) message.reads.push(saidIn(logged));
  }
  return null;
}

export function takeChecking(
  draft: Draft,
  logged: Work<'answered' | 'deadline set' | 'released anyway' | 'conflict settled'>,
): Verdict {
  const { state } = draft;
  const { fact } = logged;
  switch (fact.is) {
    case 'answered': {
      const { question, answer, note } = fact;
      const roles = [...rolesHere(draft, logged.org, logged.roles)];
      state.answers[question] = answeredAgain(state.answers[question], { ...saidIn(logged), answer, note, roles });
      return null;
    }
    case 'deadline set':
      state.deadlines.push({ ...saidWhy(logged, fact.reason), key: fact.key, due: fact.due, time: fact.time });
      return null;
    case 'released anyway':
      state.releasedAnyway.push({ ...saidWhy(logged, fact.reason), package: fact.package, findings: fact.findings });
      return null;
    case 'conflict settled': {
      const { path, values, chosen, dropped } = fact;
      state.settled.push({ ...saidIn(logged), path, values, chosen, ...(dropped && { dropped }) });
      return null;
    }
  }
}
