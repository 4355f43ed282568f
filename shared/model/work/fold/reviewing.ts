/** Folding reviews, hand-overs and allocations. */
import type { OrgId } from '../../../primitives/ids.ts';
import type { Draft, Verdict, Work } from './draft.ts';
import { byId, saidIn, saidWhy } from './draft.ts';

export function takeReview(
  { state }: Draft,
  logged: Work<'review asked' | 'review withdrawn' | 'review given'>,
): Verdict {
  const { fact } = logged;
  if (fact.is === 'review asked') {
    if (byId(state.reviews, fact.id)) return 'said twice';
    const { id, stage, to, note, about } = fact;
    state.reviews.push({ id, stage, to, note, about, asked: saidIn(logged), withdrawn: null, given: null });
    return null;
  }
  const found = byId(state.reviews, fact.review);
  if (!found) return 'unknown';
  if (found.given || found.withdrawn) return 'already done';
  if (fact.is === 'review withdrawn') found.withdrawn = saidWhy(logged, fact.reason);
  else {
    const { outcome, note, comments, about } = fact;
    found.given = { ...saidIn(logged), outcome, note, comments, about };
  }
  return null;
}

/** Work is given within one's own organisation alone: nobody appoints another's people. */
const isOwn = (org: OrgId, to: { readonly org: OrgId }): boolean => to.org === org;

export function takeHandover({ state }: Draft, logged: Work<'handed over'>): Verdict {
  const { to, reason, absent } = logged.fact;
  if (!isOwn(logged.org, to)) return 'not theirs to say';
  state.handovers.push({ ...saidWhy(logged, reason), to, from: state.holder, absent });
  state.holder = to;
  return null;
}

export function takeAllocation({ state }: Draft, logged: Work<'allocated'>): Verdict {
  const { package: pkg, role, to, note } = logged.fact;
  if (!isOwn(logged.org, to)) return 'not theirs to say';
  for (const one of state.allocations)
    if (one.package === pkg && one.role === role && one.to.org === to.org) one.current = false;
  state.allocations.push({ ...saidIn(logged), package: pkg, role, to, note, current: true });
  return null;
}
