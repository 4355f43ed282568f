import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import { codeFor, enrol, makeLaptop } from '../authority.fixture.ts';
import * as entra from './fixtures/entra.ts';
import { ENTERPRISE } from './names.ts';
import type { Provider } from './scim.fixture.ts';
import { startProvider } from './scim.fixture.ts';

let scim: Provider;
beforeEach(async () => (scim = await startProvider()));
afterEach(() => scim.close());

const PRIYA = 'Priya.Nair@fellshire.example';

describe('Entra ID', () => {
  it('probes, looks up in any case, creates once, and is told when it creates again', async () => {
    expect((await scim.ask('GET', entra.probe)).body).toMatchObject({ totalResults: 0, Resources: [] });
    const made = await scim.ask('POST', '/Users', { body: entra.newUser(PRIYA) });
    expect(made.status).toBe(201);
    expect(made.headers.get('content-type')).toContain('application/scim+json');
    expect(made.headers.get('location')).toBe(`${scim.url}/Users/${String(made.body['id'])}`);
    expect(made.body).toMatchObject({ userName: PRIYA, active: true, externalId: `aad-${PRIYA}`, groups: [] });
    for (const name of [PRIYA, PRIYA.toLowerCase(), PRIYA.toUpperCase()]) {
      const found = await scim.ask('GET', entra.lookUp(name));
      expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id: made.body['id'] }] });
    }
    const again = await scim.ask('POST', '/Users', { body: entra.newUser(PRIYA.toUpperCase(), 'Another') });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ scimType: 'uniqueness', status: '409' });
  });

  it('makes a joiner of a new user: name and post are in the directory', async () => {
    const id = await scim.make('/Users', entra.newUser(PRIYA));
    const state = await scim.state();
    expect(state.people.get(id as PersonId)?.name).toBe('Priya Nair');
    expect([...state.posts.values()]).toMatchObject([{ title: 'Officer in the case', unit: 'Kendal CID' }]);
    expect(await scim.posts(id)).toEqual(['Officer in the case']);
  });

  it('changes attributes in both of its dialects, and the post follows the department', async () => {
    const id = await scim.make('/Users', entra.newUser(PRIYA));
    const classic = await scim.ask('PATCH', `/Users/${id}`, { body: entra.changeClassic });
    expect(classic.status).toBe(200);
    expect(classic.body).toMatchObject({
      displayName: 'DS Priya Nair',
      name: { familyName: 'Nair-Hill', givenName: 'Priya' },
      emails: [{ type: 'work', value: 'p.nair@fellshire.example', primary: true }],
      phoneNumbers: [{ type: 'mobile', value: '01539 555 0142' }],
      [ENTERPRISE]: { department: 'Kendal Serious Crime', employeeNumber: 'E-Priya' },
    });
    const compliant = await scim.ask('PATCH', `/Users/${id}`, { body: entra.changeCompliant });
    expect(compliant.body).toMatchObject({
      displayName: 'DI Priya Nair',
      name: { givenName: 'Priya Anne', familyName: 'Nair-Hill' },
      [ENTERPRISE]: { department: 'Penrith CID' },
    });
    expect(compliant.body).not.toHaveProperty('unheardOf');
    const state = await scim.state();
    const held = [...(state.holds.get(id as PersonId) ?? [])].map((seat) => state.posts.get(seat)?.unit);
    expect(held).toEqual(['Penrith CID']);
    expect(state.people.get(id as PersonId)?.name).toBe('DI Priya Nair');
  });

  it('writes a manager as an id and as a list of one', async () => {
    const [boss, id] = [
      await scim.make('/Users', entra.newUser('boss@x.example', 'Ruth')),
      await scim.make('/Users', entra.newUser(PRIYA)),
    ];
    for (const body of [entra.setManager(boss), entra.setManagerAsList(boss)]) {
      const done = await scim.ask('PATCH', `/Users/${id}`, { body });
      expect(done.body[ENTERPRISE]).toMatchObject({ manager: { value: boss } });
      expect((await scim.authority.directory.state()).managers.get(id as PersonId)).toBe(boss);
    }
  });

  it.each([
    ['"False" as text', entra.disable],
    ['a path-less replace', entra.disableCompliant],
  ])('disables by %s: posts end, devices are revoked, codes serve no more; and enables again', async (_, disable) => {
    const { authority } = scim;
    const id = (await scim.make('/Users', entra.newUser(PRIYA))) as PersonId;
    await enrol(authority, await codeFor(authority, id), await makeLaptop());
    const unused = await codeFor(authority, id);
    expect((await scim.state()).devices.size).toBe(1);

    const done = await scim.ask('PATCH', `/Users/${id}`, { body: disable });
    expect(done.body).toMatchObject({ active: false });
    expect((await scim.ask('GET', entra.lookUp(PRIYA))).body).toMatchObject({ Resources: [{ active: false }] });
    const state = await scim.state();
    expect(state.devices.size).toBe(0);
    expect(await scim.posts(id)).toEqual([]);
    expect((await enrol(authority, unused, await makeLaptop())).answer).toBeNull();
    await expect(codeFor(authority, id)).rejects.toThrow('not in');

    expect((await scim.ask('PATCH', `/Users/${id}`, { body: entra.enable })).body).toMatchObject({ active: true });
    expect(await scim.posts(id)).toEqual(['Officer in the case']);
    expect((await scim.state()).devices.size, 'a device that was shut out stays out').toBe(0);
    expect(authority.people.record().map(({ what }) => what)).toEqual(['joined', 'left', 'returned']);
  });

  it('deletes: the user is gone, the person is remembered, and comes back as the same', async () => {
    const id = await scim.make('/Users', entra.newUser(PRIYA));
    expect((await scim.ask('DELETE', `/Users/${id}`)).status).toBe(204);
    expect((await scim.ask('GET', `/Users/${id}`)).status).toBe(404);
    expect((await scim.ask('DELETE', `/Users/${id}`)).status).toBe(404);
    expect((await scim.ask('GET', entra.lookUp(PRIYA))).body).toMatchObject({ totalResults: 0 });
    expect(await scim.posts(id)).toEqual([]);
    expect((await scim.state()).people.has(id as PersonId)).toBe(true);
    expect(await scim.make('/Users', entra.newUser(PRIYA))).toBe(id);
    expect(await scim.posts(id)).toEqual(['Officer in the case']);
  });

  it('keeps groups: a post for each, members in and out in both forms, a new title for the same post', async () => {
    const [a, b] = [
      await scim.make('/Users', entra.newUser(PRIYA)),
      await scim.make('/Users', entra.newUser('sam@x.example', 'Sam')),
    ];
    const group = await scim.make('/Groups', entra.newGroup('Disclosure officers'));
    const found = await scim.ask('GET', entra.lookUpGroup('disclosure OFFICERS'));
    expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id: group }] });
    expect((found.body['Resources'] as object[])[0]).not.toHaveProperty('members');
    await scim.ask('PATCH', `/Groups/${group}`, { body: entra.addMembers(a, b) });
    await scim.ask('PATCH', `/Groups/${group}`, { body: entra.addMembers(b) });
    expect(await scim.posts(a)).toEqual(['Disclosure officers', 'Officer in the case']);
    expect((await scim.ask('GET', `/Groups/${group}`)).body['members']).toHaveLength(2);
    expect((await scim.ask('GET', entra.isMember(group, b))).body).toMatchObject({
      totalResults: 1,
      Resources: [{ id: group }],
    });
    expect((await scim.ask('GET', `/Users/${a}`)).body).toMatchObject({
      groups: [{ value: group, display: 'Disclosure officers' }],
    });

    await scim.ask('PATCH', `/Groups/${group}`, { body: entra.removeMemberByList(a) });
    expect(await scim.posts(a)).toEqual(['Officer in the case']);
    expect(await scim.posts(b)).toContain('Disclosure officers');
    const seats = (await scim.state()).posts.size;
    await scim.ask('PATCH', `/Groups/${group}`, { body: entra.renameGroup('Disclosure unit') });
    expect(await scim.posts(b)).toContain('Disclosure unit');
    expect((await scim.state()).posts.size).toBe(seats);
    await scim.ask('PATCH', `/Groups/${group}`, { body: entra.removeMemberByFilter(b) });
    expect(await scim.posts(b)).toEqual(['Officer in the case']);
    await scim.ask('PATCH', `/Groups/${group}`, { body: entra.addMembers(b) });
    expect((await scim.ask('DELETE', `/Groups/${group}`)).status).toBe(204);
    expect(await scim.posts(b)).toEqual(['Officer in the case']);
  });
});
