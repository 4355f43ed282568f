/** Access ended by hand: at once, whatever personnel says, as any leaver's; and the way back. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { addPerson, addPost } from '../acts.ts';
import type { TestAuthority } from '../authority.fixture.ts';
import { makeAuthority, value } from '../authority.fixture.ts';
import { issueCode } from '../enrol/codes.ts';
import { givePost } from './byHand.ts';
import { endAccess, letInAgain } from './ending.ts';
import { noFacts } from './facts.ts';
import { reconcile } from './reconcile.ts';
import { deleteDue, holdLeaver, leavers } from './retention.ts';

let authority: TestAuthority;
beforeEach(async () => (authority = await makeAuthority()));
afterEach(() => authority.remove());

const posts = async (person: PersonId): Promise<number> =>
  (await authority.directory.state()).holds.get(person)?.size ?? 0;
const happened = (person: PersonId): readonly string[] => authority.people.record(person).map(({ what }) => what);

/** Somebody of whom personnel speaks. */
async function employ(): Promise<PersonId> {
  const id = 'aa'.repeat(16) as PersonId;
  const postings = [{ title: 'Officer', unit: 'Kendal CID', from: null, until: null }];
  const hr = { name: 'DC Priya Nair', signIn: null, from: null, until: null, postings };
  authority.people.putPerson(id, { ...noFacts, staffNumber: 'E1', hr }, authority.platform.now());
  await reconcile(authority, 'hr import');
  return id;
}

it('makes a leaver of somebody whom no system speaks of: out at once, listed, and forgotten after sixty days', async () => {
  const person = value(await addPerson(authority, 'DC Priya Nair', ['Officer']));
  value(await endAccess(authority, 'DC Priya Nair'));
  value(await endAccess(authority, person));
  expect(await posts(person)).toBe(0);
  expect(happened(person)).toEqual(['left']);
  expect(await leavers(authority)).toMatchObject([{ person, name: 'DC Priya Nair', hold: null }]);
  expect(await issueCode(authority, person, 7)).toEqual({ ok: false, cause: 'not in' });
  expect(await givePost(authority, person, 'Officer')).toEqual({ ok: false, cause: 'ended by hand' });

  value(await holdLeaver(authority, person, 'a complaint is open'));
  authority.pass(61 * DAY);
  expect(deleteDue(authority, 'the day')).toBe(0);
  authority.people.dropHold(person);
  expect(deleteDue(authority, 'the day')).toBe(1);
  expect(authority.people.person(person)).toBe(null);
});

it('keeps somebody out whom personnel names still, and forgets nothing of them, or they came back as somebody new', async () => {
  const person = await employ();
  value(await endAccess(authority, person));
  await reconcile(authority, 'hr import');
  expect(await posts(person)).toBe(0);
  expect(await leavers(authority)).toEqual([]);
  authority.pass(61 * DAY);
  expect(deleteDue(authority, 'the day')).toBe(0);
  expect(authority.people.person(person)?.facts.ended).not.toBe(null);
});

it('lets somebody in again with what personnel names, and nothing that was given by hand', async () => {
  const person = await employ();
  await addPost(authority, 'Duty officer', '');
  value(await givePost(authority, person, 'Duty officer'));
  expect(await posts(person)).toBe(2);
  value(await endAccess(authority, person));
  value(await letInAgain(authority, person));
  expect(await posts(person)).toBe(1);
  expect(happened(person).slice(-2)).toEqual(['left', 'returned']);
  expect((await issueCode(authority, person, 7)).ok).toBe(true);
  expect(await letInAgain(authority, person)).toEqual({ ok: false, cause: 'not ended' });
});
