import { afterEach, beforeEach, expect, it } from 'vitest';
import { DAY } from '../../../shared/primitives/units.ts';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { addPerson, addPost, giveRoles } from '../acts.ts';
import type { TestAuthority } from '../authority.fixture.ts';
import { makeAuthority, value } from '../authority.fixture.ts';
import { addBaseline, givePost, previewMove, removeBaseline, takePost } from './byHand.ts';
import { noFacts } from './facts.ts';
import { reconcile, today } from './reconcile.ts';

let authority: TestAuthority;
beforeEach(async () => (authority = await makeAuthority()));
afterEach(() => authority.remove());

const posts = async (person: PersonId): Promise<string[]> => {
  const state = await authority.directory.state();
  return [...(state.holds.get(person) ?? [])].map((seat) => state.posts.get(seat)?.title ?? '').toSorted();
};
/** Somebody of whom personnel speaks. */
async function employ(title: string, unit: string): Promise<PersonId> {
  const id = 'aa'.repeat(16) as PersonId;
  const hr = {
    name: 'DC Priya Nair',
    signIn: null,
    from: null,
    until: null,
    postings: [{ title, unit, from: null, until: null }],
  };
  authority.people.putPerson(id, { ...noFacts, staffNumber: 'E1', hr }, authority.platform.now());
  await reconcile(authority, 'hr import');
  return id;
}

it('gives a post for a time, beside those that were held, and it ends by itself', async () => {
  const person = value(await addPerson(authority, 'DC Priya Nair', ['Officer']));
  await addPost(authority, 'Duty officer', '');
  const last = new Date(authority.platform.now() + 2 * DAY).toISOString().slice(0, 10);
  value(await givePost(authority, person, 'Duty officer', { from: today(authority), until: last }));
  expect(await posts(person)).toEqual(['Duty officer', 'Officer']);
  authority.pass(3 * DAY);
  await reconcile(authority, 'the day');
  expect(await posts(person)).toEqual(['Officer']);
});

it('takes what was given by hand, and says where a post comes from that was not', async () => {
  const person = await employ('Officer', 'Kendal CID');
  await addPost(authority, 'Duty officer', '');
  value(await givePost(authority, person, 'Duty officer'));
  expect(await posts(person)).toEqual(['Duty officer', 'Officer']);
  value(await takePost(authority, person, 'Duty officer'));
  expect(await posts(person)).toEqual(['Officer']);
  expect(await takePost(authority, person, 'Officer')).toEqual({ ok: false, cause: 'post from elsewhere' });
});

it('lets posts come with organisation, unit and post, and go with them', async () => {
  for (const title of ['Everybody', 'Kendal', 'Officers']) await addPost(authority, title, '');
  const all = value(await addBaseline(authority, 'Everybody', { title: null, unit: null }));
  value(await addBaseline(authority, 'Kendal', { title: null, unit: 'kendal cid' }));
  value(await addBaseline(authority, 'Officers', { title: 'Officer', unit: null }));
  const person = await employ('Officer', 'Kendal CID');
  expect(await posts(person)).toEqual(['Everybody', 'Kendal', 'Officer', 'Officers']);
  await employ('Clerk', 'Penrith CID');
  expect(await posts(person)).toEqual(['Clerk', 'Everybody']);
  value(await removeBaseline(authority, all.id));
  expect(await posts(person)).toEqual(['Clerk']);
  expect(await removeBaseline(authority, all.id)).toEqual({ ok: false, cause: 'unknown baseline' });
});

it('previews a move: four lost, two gained, nothing changed', async () => {
  await addPost(authority, 'Kendal', '');
  value(await addBaseline(authority, 'Kendal', { title: null, unit: 'Kendal CID' }));
  await addPost(authority, 'Supervisor', 'Penrith CID', ['supervisor']);
  const person = await employ('Officer', 'Kendal CID');
  await giveRoles(authority, 'Officer', ['officer', 'file builder']);
  const before = (await authority.directory.state()).n;
  expect(value(await previewMove(authority, 'DC Priya Nair', { title: 'Supervisor', unit: 'Penrith CID' }))).toEqual({
    loses: ['Officer, Kendal CID', 'role: officer', 'role: file builder', 'Kendal'],
    gains: ['Supervisor, Penrith CID', 'role: supervisor'],
    renew: [],
  });
  expect((await authority.directory.state()).n).toBe(before);
  expect(await posts(person)).toEqual(['Kendal', 'Officer']);
});
