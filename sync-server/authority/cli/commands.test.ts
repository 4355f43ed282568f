import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeCard } from '../../../shared/seal/directory/card.ts';
import { runCommand, runJson } from '../../../test/support/programs.ts';

const base = mkdtempSync(path.join(tmpdir(), 'joinder-authority-'));
const dir = path.join(base, 'police');
const other = path.join(base, 'prosecution');
let made: Record<string, unknown>;
let partner: Record<string, unknown>;

beforeAll(async () => {
  [made, partner] = await Promise.all([
    runJson('authority', 'init', '--data', dir, '--name', 'Police'),
    runJson('authority', 'init', '--data', other, '--name', 'Prosecution'),
  ]);
});
beforeAll(() => {
  cpSync(dir, path.join(base, 'damaged'), { recursive: true });
  writeFileSync(
    path.join(base, 'damaged', 'authority.sqlite'),
    'no database at all, but a letter of some length to somebody',
  );
});
afterAll(() => rmSync(base, { recursive: true }));

const authority = (...args: string[]) => runJson('authority', ...args, '--data', dir);

describe('the authority on a command line', () => {
  it('makes keys once, and keeps them from others', async () => {
    expect(decodeCard(String(made['card']))).toMatchObject({ ok: true, value: { name: 'Police' } });
    expect(made['fingerprint']).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
    const keys = readFileSync(path.join(dir, 'authority.keys'));
    expect(await runCommand('authority', 'init', '--data', dir, '--name', 'Police')).toMatchObject({
      code: 1,
      err: expect.stringContaining('already holds an authority'),
    });
    expect(readFileSync(path.join(dir, 'authority.keys'))).toEqual(keys);
    expect(await authority('card')).toEqual(made);
    for (const file of readdirSync(dir)) expect(statSync(path.join(dir, file)).mode & 0o077).toBe(0);
    expect(statSync(dir).mode & 0o077).toBe(0);
  });

  it('leaves the data of a newer authority alone, byte for byte', async () => {
    const later = path.join(base, 'later');
    await runJson('authority', 'init', '--data', later, '--name', 'Later');
    const file = path.join(later, 'authority.sqlite');
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const before = readFileSync(file);
    for (const args of [['card'], ['serve', '--relay', 'http://127.0.0.1:9']])
      expect(await runCommand('authority', ...args, '--data', later)).toMatchObject({
        code: 1,
        err: expect.stringContaining('A newer authority has kept its data here'),
      });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('adds posts and people, hands out a code, and lists them', async () => {
    const post = await authority('post', 'add', '--title', 'Officer', '--unit', 'CID');
    const person = await authority(
      'person',
      'add',
      '--name',
      'A Person',
      '--post',
      'Officer',
      '--post',
      'Second post',
      '--unit',
      'CID',
    );
    const code = await authority('enrol-code', '--person', String(person['id']), '--days', '3');
    expect(code['code']).toMatch(/^([0-9A-Z]{5}-){7}[0-9A-Z]{5}$/);
    expect(new Date(String(code['expires'])).toISOString()).toBe(code['expires']);
    expect(await authority('person', 'list')).toMatchObject({
      people: [{ id: person['id'], name: 'A Person', posts: [post['id'], expect.any(String)], devices: [] }],
      posts: [{ id: post['id'], title: 'Officer', unit: 'CID', hasKey: false }, { title: 'Second post' }],
    });
    expect(await authority('person', 'leave-post', '--person', 'A Person', '--post', 'Second post')).toEqual({
      id: person['id'],
    });
    expect(await authority('person', 'list')).toMatchObject({ people: [{ posts: [post['id']] }] });
    expect(await authority('status')).toMatchObject({
      name: 'Police',
      people: 1,
      posts: 2,
      openCodes: 1,
      serving: null,
    });
  });

  it('says what the holders of a post may do', async () => {
    const { posts } = (await authority('person', 'list')) as { posts: readonly { id: string }[] };
    const post = { id: posts[0]?.id };
    const role = ['--role', 'officer', '--role', 'file builder'];
    expect(await authority('post', 'role', '--post', 'Officer', '--unit', 'CID', ...role)).toEqual({
      id: post.id,
      roles: ['officer', 'file builder'],
    });
    expect(await authority('person', 'list')).toMatchObject({
      posts: [
        { id: post.id, roles: ['officer', 'file builder'] },
        { title: 'Second post', roles: [] },
      ],
    });
    expect(await authority('post', 'role', '--post', 'Officer', '--none')).toEqual({ id: post.id, roles: [] });
  });

  it('publishes rule data from a folder, and lists what it published', async () => {
    const done = await authority('rules', 'publish', '--dir', 'shared/model/rules/data');
    expect(done).toMatchObject({ name: expect.any(String), edition: expect.any(String), added: true });
    expect(await authority('rules', 'show')).toEqual({
      rules: [
        {
          name: done['name'],
          edition: done['edition'],
          from: done['from'],
          sha256: done['sha256'],
          bytes: expect.any(Number),
          published: expect.any(String),
        },
      ],
    });
  });

  it('pins a partner from a file, whatever command wrote it', async () => {
    const file = path.join(base, 'card.json');
    writeFileSync(file, JSON.stringify(partner));
    const fingerprint = String(partner['fingerprint']);
    const pinned = await authority('partner', 'add', '--card', file, '--fingerprint', fingerprint.toLowerCase());
    expect(await authority('partner', 'add', '--card', String(partner['card']), '--fingerprint', fingerprint)).toEqual(
      pinned,
    );
    expect(await authority('status')).toMatchObject({ partners: 1 });
    const wrong = await runCommand(
      'authority',
      'partner',
      'add',
      '--data',
      dir,
      '--card',
      file,
      '--fingerprint',
      String(made['fingerprint']),
    );
    expect(wrong).toMatchObject({ code: 1, out: '', err: expect.stringContaining('nothing was pinned') });
  });

  it('keeps one history when several commands write at once', async () => {
    const before = Number((await authority('status'))['statements']);
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => authority('person', 'add', '--name', name)));
    expect(await authority('status')).toMatchObject({ statements: before + 4 }); // status verifies every statement and its link to the one before
  });

  it.each([
    [['card', '--bogus']],
    [['bogus']],
    [['card']],
    [['enrol-code', '--person', 'x', '--days', '0', '--data', dir]],
  ])('does not guess what %j means', async (args) => {
    expect(await runCommand('authority', ...args)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^error: .+\n.*--help/),
    });
  });

  it.each([
    [['person', 'list'], path.join(base, 'none'), 'holds no authority'],
    [['init', '--name', 'Police'], path.join(dir, 'authority.keys', 'below'), 'cannot be used'],
    [['card'], path.join(base, 'damaged'), 'cannot be used'],
    [['enrol-code', '--person', 'Nobody'], dir, 'No person'],
    [['rules', 'publish', '--dir', path.join(base, 'none')], dir, 'folder that holds rules.json'],
    [['rules', 'publish', '--dir', 'shared/model'], dir, 'rules.json: This file is missing'],
    [['post', 'role', '--post', 'Officer'], dir, 'at least one role'],
    [['post', 'add', '--title', 'Officer', '--role', 'judge'], dir, 'Roles are: officer, supervisor'],
    [['partner', 'add', '--card', path.join(base, 'no file'), '--fingerprint', 'x'], dir, 'no such card file'],
    [['serve', '--relay', 'http://relay.example'], dir, 'https://'],
  ])('says what is wrong with %j, and what to do', async (args, data, words) => {
    const said = await runCommand('authority', ...args, '--data', data, '--json');
    expect(said).toMatchObject({ code: 1, out: '' });
    expect(JSON.parse(said.err)).toEqual({ error: expect.stringContaining(words) });
  });
});
