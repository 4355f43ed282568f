/**
 * The end of somebody's access by an administrator's hand, and the way back. A fact as any other: the directory follows, they
 * count as a leaver, and nothing that personnel or provider say afterwards lets them in. Only letting them in again does.
 */
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ActCause } from '../acts.ts';
import { findPerson } from '../acts.ts';
import type { Authority } from '../authority.ts';
import { noFacts } from './facts.ts';
import { reconcile, today } from './reconcile.ts';

/** Ends every post, every computer and every unused code of a person at once, from today. Doing it again changes nothing. */
export async function endAccess(
  authority: Authority,
  person: string,
  source = 'command',
): Promise<Result<PersonId, ActCause>> {
  const { people, platform } = authority;
  const state = await authority.directory.state();
  const id = findPerson(state, person);
  if (!id.ok) return id;
  people.change(() => {
    const name = state.people.get(id.value)?.name ?? null;
    const facts = people.person(id.value)?.facts ?? { ...noFacts, name };
    const ended = facts.ended ?? today(authority);
    people.putPerson(id.value, { ...facts, given: [], ended }, platform.now());
  });
  authority.store.endCodes(id.value);
  await reconcile(authority, source);
  return id;
}

/** Takes back that somebody's access was ended by hand: they have what personnel and provider say, and nothing else. */
export async function letInAgain(
  authority: Authority,
  person: string,
  source = 'command',
): Promise<Result<PersonId, ActCause>> {
  const { people, platform } = authority;
  const id = findPerson(await authority.directory.state(), person);
  if (!id.ok) return id;
  const done = people.change((): Result<PersonId, ActCause> => {
    const facts = people.person(id.value)?.facts;
    if (facts === undefined || facts.ended === null) return fail('not ended');
    people.putPerson(id.value, { ...facts, ended: null }, platform.now());
    return ok(id.value);
  });
  if (done.ok) await reconcile(authority, source);
  return done;
}
