/**
 * Folding the sharing agreement: a version is offered, and binds once another organisation has accepted it, unless it was taken
 * back first. From its
 * place on, acts are judged by the permissions that came with it.
 */
import type { OrgId } from '../../../primitives/ids.ts';
import { agreementInForce } from '../agreement/inForce.ts';
import type { Agreement } from '../agreement/schema.ts';
import { DEFAULT_PERMISSIONS } from '../permissions/table.ts';
import type { Draft, Verdict, Work } from './draft.ts';
import { byId, saidIn, saidWhy } from './draft.ts';

type Kinds = 'agreement offered' | 'agreement accepted' | 'agreement declined' | 'agreement withdrawn';

/** Whether an organisation is one that the agreement is between: by its id, or where none is named by the side that it is on. */
const isParty = ({ sides }: Draft, { parties }: Agreement, org: OrgId): boolean =>
  parties.some((party) => (party.org === null ? sides.get(org) === party.side : party.org === org));

type Version = Draft['state']['agreements'][number];

const isOver = ({ inForce, supersededBy, withdrawn }: Version): boolean =>
  inForce !== null || supersededBy !== null || withdrawn !== null;

/** The organisation that offered it takes it back, whoever of it offered. */
function takeBack(found: Version, logged: Work<'agreement withdrawn'>): Verdict {
  if (found.offered.by.org !== logged.org) return 'not theirs to say';
  if (isOver(found) || found.declined.length > 0) return 'already done';
  found.withdrawn = saidWhy(logged, logged.fact.reason);
  return null;
}

export function takeAgreement(draft: Draft, logged: Work<Kinds>): Verdict {
  const { fact } = logged;
  const { state } = draft;
  if (fact.is === 'agreement offered') {
    const { id, agreement, permissions } = fact;
    if (byId(state.agreements, id)) return 'said twice';
    if (!isParty(draft, agreement, logged.org)) return 'not theirs to say';
    const none = { accepted: [], declined: [], withdrawn: null, inForce: null, supersededBy: null };
    if (permissions) draft.tables.set(id, permissions);
    state.agreements.push({ id, agreement, offered: saidIn(logged), ...none });
    return null;
  }
  const found = byId(state.agreements, fact.agreement);
  if (!found) return 'unknown';
  if (!isParty(draft, found.agreement, logged.org)) return 'not theirs to say';
  if (fact.is === 'agreement withdrawn') return takeBack(found, logged as Work<typeof fact.is>);
  // Whatever table is in force: it came with an agreement, and could let one side agree with itself.
  if (found.offered.by.org === logged.org) return 'own work';
  if (isOver(found)) return 'already done';
  if (fact.is === 'agreement declined') {
    found.declined.push(saidWhy(logged, fact.reason));
    return null;
  }
  const standing = agreementInForce(state);
  if (standing && standing.agreement.number >= found.agreement.number) return 'already done';
  found.accepted.push(saidIn(logged));
  found.inForce = saidIn(logged);
  draft.table = draft.tables.get(found.id) ?? DEFAULT_PERMISSIONS;
  if (standing) standing.supersededBy = found.id;
  return null;
}
