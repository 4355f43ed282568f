/**
 * Folding the sharing agreement: a version is offered, and binds once another organisation has accepted it. From its
 * place on, acts are judged by the permissions that came with it.
 */
import { DEFAULT_PERMISSIONS } from '../permissions/table.ts';
import type { Draft, Verdict, Work } from './draft.ts';
import { byId, saidIn, saidWhy } from './draft.ts';

type Kinds = 'agreement offered' | 'agreement accepted' | 'agreement declined';

export function takeAgreement(draft: Draft, logged: Work<Kinds>): Verdict {
  const { fact } = logged;
  const { state } = draft;
  if (fact.is === 'agreement offered') {
    const { id, agreement, permissions } = fact;
    if (byId(state.agreements, id)) return 'said twice';
    const none = { accepted: [], declined: [], inForce: null, supersededBy: null };
    if (permissions) draft.tables.set(id, permissions);
    state.agreements.push({ id, agreement, offered: saidIn(logged), ...none });
    return null;
  }
  const found = byId(state.agreements, fact.agreement);
  if (!found) return 'unknown';
  if (found.inForce || found.supersededBy) return 'already done';
  if (fact.is === 'agreement declined') {
    found.declined.push(saidWhy(logged, fact.reason));
    return null;
  }
  const standing = state.agreements.find((one) => one.inForce !== null && one.supersededBy === null);
  if (standing && standing.agreement.number >= found.agreement.number) return 'already done';
  found.accepted.push(saidIn(logged));
  found.inForce = saidIn(logged);
  draft.table = draft.tables.get(found.id) ?? DEFAULT_PERMISSIONS;
  if (standing) standing.supersededBy = found.id;
  return null;
}
