/** Folding the action plan. */
import type { Draft, Verdict, Work } from './draft.ts';
import { byId, saidIn, saidWhy } from './draft.ts';

type Kinds = 'action raised' | 'action due' | 'action answered' | 'action closed';

export function takeAction({ state }: Draft, logged: Work<Kinds>): Verdict {
  const { fact } = logged;
  if (fact.is === 'action raised') {
    if (byId(state.actions, fact.id)) return 'said twice';
    const { id, text, paths, items, rule, package: pkg, due } = fact;
    const about = { id, text, paths, items, rule, package: pkg, due };
    state.actions.push({ ...about, raised: saidIn(logged), dues: [], answers: [], state: 'open', closed: null });
    return null;
  }
  const found = byId(state.actions, fact.action);
  if (!found) return 'unknown';
  if (found.closed) return 'already done';
  switch (fact.is) {
    case 'action due':
      found.due = fact.due;
      found.dues.push({ ...saidWhy(logged, fact.reason), due: fact.due });
      return null;
    case 'action answered': {
      const { outcome, reason, items, sent } = fact;
      found.answers.push({ ...saidIn(logged), outcome, reason, items, sent });
      found.state = outcome;
      return null;
    }
    case 'action closed':
      found.closed = { ...saidIn(logged), outcome: fact.outcome, note: fact.note };
      found.state = 'closed';
      return null;
  }
}
