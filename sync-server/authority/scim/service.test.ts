import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as entra from './fixtures/entra.ts';
import { ERROR } from './errors.ts';
import { ENTERPRISE, GROUP, LIST, USER } from './names.ts';
import type { Provider } from './scim.fixture.ts';
import { startProvider } from './scim.fixture.ts';

let scim: Provider;
beforeAll(async () => (scim = await startProvider()));
afterAll(() => scim.close());

const patch = (...Operations: unknown[]) => ({ body: { Operations } });

describe('at the door', () => {
  it('answers nobody without a token of this organisation', async () => {
    const other = await startProvider();
    try {
      for (const token of [null, 'joinder-scim-none', `${scim.token}x`, other.token]) {
        for (const path of ['/Users', '/ServiceProviderConfig', '/Nothing']) {
          const answer = await scim.ask('GET', path, { token });
          expect(answer.status).toBe(401);
          expect(answer.body).toMatchObject({ schemas: [ERROR], status: '401' });
        }
      }
      expect((await other.ask('GET', '/Users')).status).toBe(200);
    } finally {
      await other.close();
    }
  });

  it('keeps a token as a hash alone', () => {
    const { people } = scim.authority;
    expect(people.hasToken(scim.token)).toBe(false);
    expect(scim.token.length).toBeGreaterThan(50);
  });
});

describe('what it says of itself', () => {
  it.each([
    ['/ServiceProviderConfig', { patch: { supported: true }, etag: { supported: true }, filter: { maxResults: 200 } }],
    ['/ResourceTypes', { totalResults: 2, Resources: [{ id: 'User', endpoint: '/Users' }, { id: 'Group' }] }],
    ['/ResourceTypes/User', { schema: USER, schemaExtensions: [{ schema: ENTERPRISE }] }],
    ['/Schemas', { totalResults: 3 }],
    [`/Schemas/${GROUP}`, { id: GROUP, name: 'Group' }],
  ])('%s', async (path, wanted) => {
    const answer = await scim.ask('GET', path);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject(wanted);
  });
});

describe('errors', () => {
  let id: string;
  beforeAll(async () => (id = await scim.make('/Users', entra.newUser('errors@x.example', 'Erin'))));

  it.each([
    ['no JSON', 'POST', '/Users', { body: '{' }, 400, 'invalidSyntax'],
    ['no userName', 'POST', '/Users', { body: { displayName: 'Nobody' } }, 400, 'invalidValue'],
    ['a wrong truth', 'POST', '/Users', { body: { userName: 'x', active: 'perhaps' } }, 400, 'invalidValue'],
    ['no displayName', 'POST', '/Groups', { body: {} }, 400, 'invalidValue'],
    [
      'an unknown member',
      'POST',
      '/Groups',
      { body: { displayName: 'g', members: [{ value: 'x' }] } },
      400,
      'invalidValue',
    ],
    ['a filter that cannot be read', 'GET', '/Users?filter=userName%20is%20x', {}, 400, 'invalidFilter'],
    ['nobody of that id', 'GET', '/Users/none', {}, 404, undefined],
    ['no such page', 'GET', '/Persons', {}, 404, undefined],
    ['Bulk', 'POST', '/Bulk', { body: {} }, 501, undefined],
    ['Me', 'GET', '/Me', {}, 501, undefined],
  ])('%s', async (_, method, path, ask, status, scimType) => {
    const answer = await scim.ask(method, path, ask);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ schemas: [ERROR], status: String(status) });
    expect(answer.body['scimType']).toBe(scimType);
  });

  it.each([
    ['no operations', { body: {} }, 'invalidSyntax'],
    ['an unknown operation', patch({ op: 'move', path: 'title', value: 'x' }), 'invalidSyntax'],
    ['no value', patch({ op: 'add', path: 'title' }), 'invalidValue'],
    ['a path that cannot be read', patch({ op: 'replace', path: 'emails[', value: 'x' }), 'invalidPath'],
    ['remove without a path', patch({ op: 'remove' }), 'noTarget'],
    [
      'a filter that nothing is',
      patch({ op: 'replace', path: 'emails[type ne "work"].value', value: 'x' }),
      'noTarget',
    ],
    ['the sign-in name taken away', patch({ op: 'remove', path: 'userName' }), 'invalidValue'],
    [
      'a good one and a bad one',
      patch({ op: 'replace', path: 'title', value: 'New' }, { op: 'replace', path: 'active', value: 'maybe' }),
      'invalidValue',
    ],
  ])('a PATCH with %s changes nothing', async (_, ask, scimType) => {
    const before = await scim.ask('GET', `/Users/${id}`);
    const answer = await scim.ask('PATCH', `/Users/${id}`, ask);
    expect(answer.status).toBe(400);
    expect(answer.body['scimType']).toBe(scimType);
    expect((await scim.ask('GET', `/Users/${id}`)).body).toEqual(before.body);
  });

  it('gives no name to two users, by POST, PUT or PATCH, and no title to two groups', async () => {
    const other = await scim.make('/Users', entra.newUser('other@x.example', 'Olive'));
    await scim.make('/Groups', { displayName: 'One of its name' });
    for (const [method, path, body] of [
      ['POST', '/Users', entra.newUser('ERRORS@x.example', 'Ed')],
      ['PUT', `/Users/${other}`, entra.newUser('Errors@x.example', 'Olive')],
      ['PATCH', `/Users/${other}`, { Operations: [{ op: 'replace', path: 'userName', value: 'errors@X.example' }] }],
      ['POST', '/Groups', { displayName: 'ONE of its name' }],
    ] as const) {
      const answer = await scim.ask(method, path, { body });
      expect(answer.status).toBe(409);
      expect(answer.body['scimType']).toBe('uniqueness');
    }
  });
});

describe('versions', () => {
  it('names them as ETag, answers 304 to who has it and 412 to who has an older one', async () => {
    const made = await scim.ask('POST', '/Users', { body: entra.newUser('tags@x.example', 'Tag') });
    const [path, tag] = [`/Users/${String(made.body['id'])}`, made.headers.get('etag') ?? ''];
    expect(made.body['meta']).toMatchObject({ version: tag });
    expect((await scim.ask('GET', path, { headers: { 'if-none-match': tag } })).status).toBe(304);
    const title = patch({ op: 'replace', path: 'title', value: 'Another' });
    const changed = await scim.ask('PATCH', path, { ...title, headers: { 'if-match': tag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(tag);
    expect((await scim.ask('GET', path, { headers: { 'if-none-match': tag } })).status).toBe(200);
    for (const method of ['PATCH', 'PUT', 'DELETE']) {
      const late = await scim.ask(method, path, {
        ...(method === 'DELETE' ? {} : title),
        headers: { 'if-match': tag },
      });
      expect(late.status).toBe(412);
    }
  });
});

describe('searching', () => {
  beforeAll(async () => {
    for (const i of [1, 2, 3, 4, 5]) {
      const user = entra.newUser(`page${i}@search.example`, `Page${i}`);
      await scim.make('/Users', { ...user, title: i % 2 === 0 ? 'Even' : 'Odd', active: i !== 5 });
    }
  });
  const find = async (filter: string, more = ''): Promise<string[]> => {
    const { body } = await scim.ask('GET', `/Users?filter=${encodeURIComponent(filter)}${more}`);
    return (body['Resources'] as { userName: string }[]).map(({ userName }) => userName.split('@')[0] ?? '');
  };

  it.each([
    ['userName co "@search."', ['page1', 'page2', 'page3', 'page4', 'page5']],
    ['USERNAME sw "PAGE1"', ['page1']],
    ['userName ew "search.example" and title eq "even"', ['page2', 'page4']],
    ['userName co "search" and active eq false', ['page5']],
    ['userName co "search" and active eq "False"', ['page5']],
    ['userName co "search" and not (title eq "Odd" or userName sw "page2")', ['page4']],
    ['emails[type eq "work" and value eq "page3@search.example"]', ['page3']],
    ['emails[type eq "work"].value eq "PAGE3@search.example"', ['page3']],
    ['emails.value eq "page3@search.example"', ['page3']],
    [`${ENTERPRISE}:employeeNumber eq "E-Page4"`, ['page4']],
    [`${USER}:userName eq "page4@search.example"`, ['page4']],
    ['externalId eq "aad-page1@search.example"', ['page1']],
    ['externalId eq "AAD-page1@search.example"', []],
    ['userName co "search" and nickName pr', []],
    ['userName ge "page4@search.example" and userName lt "page6"', ['page4', 'page5']],
    ['userName co "search" and title ne "Odd"', ['page2', 'page4']],
  ])('%s', async (filter, wanted) => {
    expect(await find(filter)).toEqual(wanted);
  });

  it('pages: each once, in one order, with the total', async () => {
    const seen: string[] = [];
    for (const start of [1, 3, 5, 7]) {
      const more = `&startIndex=${start}&count=2`;
      seen.push(...(await find('userName co "search"', more)));
    }
    expect(seen).toEqual(['page1', 'page2', 'page3', 'page4', 'page5']);
    const { body } = await scim.ask('GET', '/Users?filter=userName%20co%20%22search%22&startIndex=0&count=-1');
    expect(body).toMatchObject({ schemas: [LIST], totalResults: 5, startIndex: 1, itemsPerPage: 0, Resources: [] });
  });

  it('gives only the attributes asked for, and by POST too', async () => {
    const body = { filter: 'userName sw "page1"', attributes: ['userName', 'name.givenName'] };
    const { body: found } = await scim.ask('POST', '/Users/.search', { body });
    expect(found['Resources']).toEqual([
      {
        schemas: expect.any(Array) as unknown,
        id: expect.any(String) as unknown,
        userName: 'page1@search.example',
        name: { givenName: 'Page1' },
      },
    ]);
    const { body: less } = await scim.ask(
      'GET',
      '/Users?filter=userName%20sw%20%22page1%22&excludedAttributes=emails,name',
    );
    expect((less['Resources'] as object[])[0]).not.toHaveProperty('emails');
    expect((less['Resources'] as object[])[0]).toHaveProperty('displayName');
  });
});
