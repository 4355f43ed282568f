import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as okta from './fixtures/okta.ts';
import type { Provider } from './scim.fixture.ts';
import { startProvider } from './scim.fixture.ts';

let scim: Provider;
beforeEach(async () => (scim = await startProvider()));
afterEach(() => scim.close());

const TOM = 'tom.benson@fellshire.example';

describe('Okta', () => {
  it('imports pages, looks up, creates without keeping the password', async () => {
    for (const path of okta.firstImport)
      expect((await scim.ask('GET', path)).body).toMatchObject({ totalResults: 0, startIndex: 1, itemsPerPage: 0 });
    expect((await scim.ask('GET', okta.lookUp(TOM))).body).toMatchObject({ totalResults: 0 });
    const made = await scim.ask('POST', '/Users', { body: okta.newUser(TOM) });
    expect(made.status).toBe(201);
    expect(JSON.stringify([made.body, scim.authority.people.people()])).not.toContain('1mz050nq');
    expect((await scim.ask('GET', okta.lookUp(TOM.toUpperCase()))).body).toMatchObject({ totalResults: 1 });
    expect(await scim.posts(String(made.body['id']))).toEqual(['Paralegal']);
  });

  it('updates by PUT with everything that it had from GET, disables that way too', async () => {
    const id = await scim.make('/Users', okta.newUser(TOM));
    const { body } = await scim.ask('GET', `/Users/${id}`);
    const changed = await scim.ask('PUT', `/Users/${id}`, {
      body: okta.whole(body, { displayName: 'Thomas Benson', title: 'Prosecutor' }),
    });
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ id, displayName: 'Thomas Benson' });
    expect(await scim.posts(id)).toEqual(['Prosecutor']);
    const off = await scim.ask('PUT', `/Users/${id}`, { body: okta.whole(body, { active: false }) });
    expect(off.body).toMatchObject({ active: false });
    expect(await scim.posts(id)).toEqual([]);
  });

  it('disables and enables by a PATCH without a path', async () => {
    const id = await scim.make('/Users', okta.newUser(TOM));
    expect((await scim.ask('PATCH', `/Users/${id}`, { body: okta.disable })).body).toMatchObject({ active: false });
    expect(await scim.posts(id)).toEqual([]);
    expect((await scim.ask('PATCH', `/Users/${id}`, { body: okta.enable })).body).toMatchObject({ active: true });
    expect(await scim.posts(id)).toEqual(['Paralegal']);
  });

  it('makes groups with members, renames with the id in the value, changes and sets members', async () => {
    const [a, b] = [
      await scim.make('/Users', okta.newUser(TOM)),
      await scim.make('/Users', okta.newUser('una@x.example', 'Una')),
    ];
    const group = await scim.make('/Groups', okta.newGroup('Duty prosecutors', [a]));
    expect(await scim.posts(a)).toEqual(['Duty prosecutors', 'Paralegal']);
    await scim.ask('PATCH', `/Groups/${group}`, { body: okta.renameGroup(group, 'Prosecutors on call') });
    await scim.ask('PATCH', `/Groups/${group}`, { body: okta.changeMembers(a, b) });
    expect(await scim.posts(a)).toEqual(['Paralegal']);
    expect(await scim.posts(b)).toEqual(['Paralegal', 'Prosecutors on call']);
    await scim.ask('PATCH', `/Groups/${group}`, { body: okta.setMembers(a) });
    expect((await scim.ask('GET', `/Groups/${group}`)).body['members']).toMatchObject([{ value: a }]);
    await scim.ask('PUT', `/Groups/${group}`, { body: okta.newGroup('Prosecutors on call') });
    expect(await scim.posts(a)).toEqual(['Paralegal']);
  });
});
