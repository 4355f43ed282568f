import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addPerson, addPost, findPerson, giveRoles, readName, revokeDevice } from './acts.ts';
import { givePost, takePost } from './people/byHand.ts';
import type { TestAuthority } from './authority.fixture.ts';
import { codeFor, enrol, makeAuthority, makeLaptop, value } from './authority.fixture.ts';

let authority: TestAuthority;
beforeEach(async () => (authority = await makeAuthority()));
afterEach(() => authority.remove());

const state = () => authority.directory.state();

describe('people and posts', () => {
  it('makes a post named by a title that none has, and finds it the next time', async () => {
    const one = value(await addPerson(authority, 'One', ['Officer'], { unit: 'CID' }));
    const two = value(await addPerson(authority, 'Two', ['Officer']));
    const { posts, holds } = await state();
    expect([...posts.values()]).toMatchObject([{ title: 'Officer', unit: 'CID' }]);
    expect(holds.get(one)).toEqual(holds.get(two));
  });

  it('asks which of two posts of one title is meant, unless the unit or the id says so', async () => {
    await addPost(authority, 'Officer', 'North');
    const south = value(await addPost(authority, 'Officer', 'South'));
    expect(await addPerson(authority, 'One', ['Officer'])).toEqual({ ok: false, cause: 'several posts' });
    const two = value(await addPerson(authority, 'Two', ['Officer'], { unit: 'South' }));
    const three = value(await addPerson(authority, 'Three', [south]));
    const { holds } = await state();
    expect([holds.get(two), holds.get(three)]).toEqual([new Set([south]), new Set([south])]);
  });

  it('never makes a post of an id that it does not know', async () => {
    expect(await addPerson(authority, 'One', ['0'.repeat(32)])).toEqual({ ok: false, cause: 'unknown post' });
    expect((await state()).n).toBe(0);
  });

  it('gives and takes a post; saying so twice adds nothing', async () => {
    const seat = value(await addPost(authority, 'Officer', ''));
    const person = value(await addPerson(authority, 'One', []));
    for (let i = 0; i < 2; i++) await givePost(authority, person, seat);
    expect((await state()).holds.get(person)).toEqual(new Set([seat]));
    for (let i = 0; i < 2; i++) await takePost(authority, 'One', 'Officer');
    expect((await state()).holds.get(person)).toEqual(new Set());
    expect((await state()).n).toBe(4);
  });

  it('says what a post may do, in place of what was said before; saying so twice adds nothing', async () => {
    const seat = value(await addPost(authority, 'Officer', '', ['officer', 'file builder', 'officer']));
    expect((await state()).roles.get(seat)).toEqual(['officer', 'file builder']);
    const before = (await state()).n;
    await giveRoles(authority, 'Officer', ['file builder', 'officer']);
    expect((await state()).n).toBe(before);
    await giveRoles(authority, seat, ['supervisor']);
    expect((await state()).roles.get(seat)).toEqual(['supervisor']);
    await giveRoles(authority, 'Officer', []);
    expect((await state()).roles.get(seat)).toEqual([]);
  });

  it('gives roles to the posts that it makes for a person, and to no other', async () => {
    const had = value(await addPost(authority, 'Officer', ''));
    await addPerson(authority, 'One', ['Officer', 'Supervisor'], { roles: ['supervisor'] });
    const { posts, roles } = await state();
    const made = [...posts.keys()].find((seat) => seat !== had);
    expect([...roles]).toEqual([[made, ['supervisor']]]);
  });

  it('takes no role that it does not know', async () => {
    const unknown = { ok: false, cause: 'unknown role' };
    expect(await addPost(authority, 'Officer', '', ['Officer'])).toEqual(unknown);
    expect(await addPerson(authority, 'One', ['Officer'], { roles: ['judge'] })).toEqual(unknown);
    expect((await state()).n).toBe(0);
  });

  it('asks which of two people of one name is meant', async () => {
    const one = value(await addPerson(authority, 'Same Name', []));
    await addPerson(authority, 'Same Name', []);
    expect(findPerson(await state(), 'Same Name')).toEqual({ ok: false, cause: 'several people' });
    expect(findPerson(await state(), one)).toEqual({ ok: true, value: one });
    expect(findPerson(await state(), 'Nobody')).toEqual({ ok: false, cause: 'unknown person' });
  });

  it.each(['', '   ', 'two\nlines', 'x'.repeat(201), 'bell\u0007'])('takes no name like %j', (name) => {
    expect(readName(name)).toEqual({ ok: false, cause: 'bad name' });
  });

  it('revokes a device once, and knows no other', async () => {
    const person = value(await addPerson(authority, 'One', []));
    const told = await enrol(authority, await codeFor(authority, person), await makeLaptop());
    const device = told.answer?.is === 'enrolled' ? told.answer.device : '';
    const before = (await state()).n;
    for (let i = 0; i < 2; i++)
      expect(await revokeDevice(authority, device.toUpperCase())).toEqual({ ok: true, value: device });
    expect((await state()).devices.size).toBe(0);
    expect((await state()).n).toBe(before + 1);
    expect(await revokeDevice(authority, 'f'.repeat(32))).toEqual({ ok: false, cause: 'unknown device' });
  });
});
