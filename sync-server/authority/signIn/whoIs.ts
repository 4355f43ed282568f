/**
 * Whom a verified claim of the identity provider means: exactly one person of this organisation who is in today, or nobody. Of
 * somebody whose first day is to come, that day.
 */
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Authority } from '../authority.ts';
import { isIn } from '../people/access.ts';
import type { PersonRow } from '../people/facts.ts';
import { sameText } from '../people/facts.ts';
import { today } from '../people/reconcile.ts';

type Unknown = { readonly is: 'not one of us' | 'not in'; readonly day: string | null };

export function whoIs(
  authority: Authority,
  matches: 'externalId' | 'userName',
  claim: string,
): Result<PersonId, Unknown> {
  const found = matches === 'externalId' ? byId(authority, claim) : byName(authority, claim);
  const [person] = found;
  if (person === undefined || found.length > 1) return fail({ is: 'not one of us', day: null });
  const day = today(authority);
  if (isIn(person.facts, day)) return ok(person.id);
  const from = person.facts.hr?.from ?? null;
  const isShutOut = person.facts.account !== null && person.facts.account.state !== 'active';
  return fail({ is: 'not in', day: from !== null && from > day && !isShutOut ? from : null });
}

/** The provider's own id is compared as it is: it is no text for people. */
const byId = ({ people }: Authority, claim: string): PersonRow[] =>
  people.byExternalId(claim).filter(({ facts }) => facts.account?.state !== 'deleted');

function byName({ people }: Authority, claim: string): PersonRow[] {
  const account = people.byUserName(claim);
  const others = people
    .people()
    .filter(({ id, facts }) => id !== account?.id && facts.account === null && isSignIn(facts.hr?.signIn, claim));
  return account === null ? others : [account, ...others];
}

const isSignIn = (name: string | null | undefined, claim: string): boolean =>
  name !== null && name !== undefined && sameText(name, claim);
