/** Folding how long a case is kept: closing, holds, retention reviews, disposal by two people. */
import type { Draft, Verdict, Work } from './draft.ts';
import { byId, saidIn, saidWhy } from './draft.ts';

export function takeClosing(draft: Draft, logged: Work<'closed' | 'reopened'>): Verdict {
  const { state } = draft;
  const { fact } = logged;
  const isClosing = fact.is === 'closed';
  const closing = {
    ...saidWhy(logged, fact.reason),
    is: fact.is,
    outcome: isClosing ? fact.outcome : '',
    retention: isClosing ? fact.retention : null,
  };
  state.closings.push(closing);
  state.closed = isClosing ? closing : null;
  draft.closedAt = isClosing ? logged.n : null;
  return null;
}

export function takeHold({ state }: Draft, logged: Work<'held' | 'hold lifted'>): Verdict {
  const { fact } = logged;
  if (fact.is === 'held') {
    if (byId(state.holds, fact.id)) return 'said twice';
    state.holds.push({ id: fact.id, reason: fact.reason, until: fact.until, placed: saidIn(logged), lifted: null });
    return null;
  }
  const found = byId(state.holds, fact.hold);
  if (!found) return 'unknown';
  if (found.lifted) return 'already done';
  found.lifted = saidWhy(logged, fact.reason);
  return null;
}

export function takeRetention({ state }: Draft, logged: Work<'retention reviewed'>): Verdict {
  const { decision, retention, rationale, next } = logged.fact;
  state.retention.push({ ...saidIn(logged), decision, retention, rationale, next });
  return null;
}

type Disposing = 'disposal asked' | 'disposal agreed' | 'disposal refused' | 'destroyed';

/** Nothing is disposed of while a hold stands; a hold's last day does not lift it, a person does. */
export function takeDisposal({ state }: Draft, logged: Work<Disposing>): Verdict {
  const { fact } = logged;
  const held = state.holds.some((hold) => hold.lifted === null);
  if (fact.is === 'disposal asked') {
    if (byId(state.disposals, fact.id)) return 'said twice';
    if (held) return 'held';
    const { id, reason } = fact;
    state.disposals.push({ id, reason, asked: saidIn(logged), agreed: null, refused: null, destroyed: [] });
    return null;
  }
  const found = byId(state.disposals, fact.disposal);
  if (!found) return 'unknown';
  if (fact.is === 'destroyed') {
    if (!found.agreed) return 'not theirs to say';
    if (found.destroyed.some(({ device }) => device === logged.device)) return 'already done';
    found.destroyed.push({ ...saidIn(logged), device: logged.device, deviceName: fact.deviceName });
    return null;
  }
  if (found.agreed || found.refused) return 'already done';
  if (fact.is === 'disposal refused') found.refused = saidWhy(logged, fact.reason);
  else if (held) return 'held';
  else found.agreed = saidIn(logged);
  return null;
}
