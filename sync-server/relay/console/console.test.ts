/** The console of a real relay, asked as a browser would: who sees what, who does what, and that all of it is put down. */
import { existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY } from '../../../shared/primitives/units.ts';
import type { TestBrowser } from '../testing/browser.fixture.ts';
import { openBrowser } from '../testing/browser.fixture.ts';
import { runHere } from '../testing/commandLine.fixture.ts';
import { chunkName, connect, is } from '../testing/link.fixture.ts';
import { makeFolder, startRelay } from '../testing/process.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { intake, makeWorld } from '../testing/world.fixture.ts';

/** What is shown is gathered once a second; a busy machine takes longer. */
const LONG = { timeout: 15_000 };
let world: World;
let data: string;
let copies: string;
let url: string;
const passwords = new Map<string, string>();
const browsers = new Map<string, TestBrowser>();

async function addUser(name: string, role: string): Promise<void> {
  const said = await runHere('console', 'user', 'add', name, '--role', role, '--data', data, '--json');
  passwords.set(name, said.json<{ password: string }>().password);
}
/** Signed in once for all tests. */
async function as(name: string): Promise<TestBrowser> {
  const there = browsers.get(name);
  if (there) return there;
  const browser = openBrowser(url);
  expect((await browser.signIn(name, passwords.get(name) ?? '')).status).toBe(303);
  browsers.set(name, browser);
  return browser;
}
const acts = async (): Promise<string> => (await runHere('audit', 'list', '--data', data)).out;

beforeAll(async () => {
  copies = makeFolder();
  process.env['JOINDER_RELAY_CONSOLE_PORT'] = '0';
  process.env['JOINDER_RELAY_BACKUP_FOLDER'] = copies;
  world = await makeWorld();
  delete process.env['JOINDER_RELAY_CONSOLE_PORT'];
  data = world.relay.data;
  url = world.relay.console ?? '';
  for (const [name, role] of [
    ['ada', 'operator'],
    ['ben', 'operator'],
    ['cem', 'auditor'],
  ] as const)
    await addUser(name, role);
}, 60_000);
afterAll(async () => {
  delete process.env['JOINDER_RELAY_BACKUP_FOLDER'];
  rmSync(copies, { recursive: true, force: true });
  await world.end();
});

test('who is not signed in sees nothing and does nothing; every answer forbids what is not needed', async () => {
  const stranger = openBrowser(url);
  for (const page of [
    '/',
    '/stuck',
    '/organisations',
    '/computers',
    '/retention',
    '/backups',
    '/audit',
    '/log',
    '/act/copy',
  ]) {
    const said = await stranger.get(page);
    expect([page, said.status, said.headers.get('location'), said.text]).toEqual([page, 303, '/sign-in', '']);
  }
  expect((await stranger.get('/live?page=/')).status).toBe(401);
  expect((await stranger.post('/act/suspend', { of: world.officer.device, hours: '1' })).headers.get('location')).toBe(
    '/sign-in',
  );
  const { headers } = await stranger.get('/sign-in');
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(headers.get('content-security-policy')).not.toContain('unsafe');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('cache-control')).toBe('no-store');
});

test('the cookie is out of reach of scripts and of other sites; signing out ends it', async () => {
  const browser = openBrowser(url);
  const said = await browser.signIn('cem', passwords.get('cem') ?? '');
  expect(said.headers.get('set-cookie')).toMatch(/^joinder-console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const page = await browser.get('/');
  const form = /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const cookie = browser.cookie();
  await browser.post('/sign-out', { form });
  expect((await fetch(`${url}/`, { headers: { cookie }, redirect: 'manual' })).status).toBe(303);
});

test('guessing is slowed: after wrong tries even the right password waits; the log says no name', async () => {
  await addUser('dora', 'operator');
  const browser = openBrowser(url);
  const statuses: number[] = [];
  for (let i = 0; i < 5; i++) statuses.push((await browser.signIn('dora', 'not this one')).status);
  expect(statuses.slice(0, 3)).toEqual([401, 401, 401]);
  expect(statuses).toContain(429);
  const said = await browser.signIn('dora', passwords.get('dora') ?? '');
  expect(said.status).toBe(429);
  expect(Number(said.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await openBrowser(url).signIn('cem', passwords.get('cem') ?? '')).status).toBe(303); // others go on
  expect(world.relay.log()).toContain('a sign-in to the console was refused');
  expect(world.relay.log()).not.toContain('dora');
});

test('a form of elsewhere does nothing: another origin, no word, another session’s word', async () => {
  const ada = await as('ada');
  const { device } = world.officer;
  const { text } = await ada.get(`/act/suspend?of=${device}`);
  const form = /name="form" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const fields = { of: device, hours: '1' };
  const tries = [
    await ada.post('/act/suspend', { ...fields, form }, { origin: 'https://elsewhere.example' }),
    await ada.post('/act/suspend', { ...fields, form }, { 'sec-fetch-site': 'cross-site' }),
    await ada.post('/act/suspend', fields),
    await (await as('ben')).post('/act/suspend', { ...fields, form }),
  ];
  expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  expect(await acts()).not.toContain('device suspend');
});

test('an auditor sees everything, verifies, and does nothing else', async () => {
  const cem = await as('cem');
  for (const page of ['/', '/stuck', '/organisations', '/computers', '/retention', '/backups', '/audit', '/log'])
    expect((await cem.get(page)).status).toBe(200);
  expect((await cem.get('/computers')).text).not.toContain('Keep out');
  for (const name of ['suspend', 'resume', 'quota', 'hold', 'sweep', 'release', 'approve', 'withdraw', 'copy', 'log'])
    expect([name, (await cem.get(`/act/${name}?of=x`)).status, (await cem.act(name, 'x')).status]).toEqual([
      name,
      403,
      403,
    ]);
  expect((await cem.act('verify-records', '')).status).toBe(303);
  await expect.poll(async () => (await cem.get('/audit')).text, LONG).toContain('Everything holds.');
  expect(await acts()).toMatch(/audit verify {2}\{"by":"cem","ok":true\}/);
});

test('an operator keeps a computer out, and lets it in: its link ends, and who did it is put down', async () => {
  const ada = await as('ada');
  const { device } = world.officer;
  const link = await connect(world.relay.url, world.officer);
  expect((await ada.act('suspend', device, { hours: '73' })).text).toContain('from 1 to 72');
  expect((await ada.act('suspend', 'f00', { hours: '2' })).text).toContain('No such computer');
  expect((await ada.act('suspend', device, { hours: '2' })).status).toBe(303);
  expect(await link.next(is('refused'))).toMatchObject({ cause: 'suspended' });
  const page = (await ada.get('/computers')).text;
  expect(page).toMatch(/Kept out until 2[\s\S]*kept out for 1 hour more/);
  expect((await ada.act('resume', device)).status).toBe(303);
  expect(await acts()).toMatch(/device suspend {2}\{"by":"ada",.*[\s\S]*device resume {2}\{"by":"ada"/);
  await link.close();
});

test('two people approve what is dropped: not the same one, once only, and never what is held', async () => {
  const [ada, ben] = [await as('ada'), await as('ben')];
  const { org } = world.officer;
  const partial = path.join(data, 'partial');
  mkdirSync(partial, { recursive: true });
  const [held, free] = [path.join(partial, `aa.${org}`), path.join(partial, `bb.${world.crown.org}`)];
  for (const file of [held, free]) {
    writeFileSync(file, 'x'.repeat(10));
    utimesSync(file, (Date.now() - 31 * DAY) / 1000, (Date.now() - 31 * DAY) / 1000);
  }
  expect((await ada.act('hold', org)).status).toBe(303);
  expect((await ada.act('sweep', '', { days: '30' })).status).toBe(303);
  const page = (await ben.get('/retention')).text;
  const id = /\/act\/approve\?of=(\d+)/.exec(page)?.[1] ?? '';
  const own = await ada.act('approve', id);
  expect([own.status, own.text.includes('somebody else approves it')]).toEqual([422, true]);
  expect(existsSync(free)).toBe(true);
  expect((await ben.act('approve', id)).status).toBe(303);
  expect([existsSync(held), existsSync(free)]).toEqual([true, false]);
  expect((await ben.act('approve', id)).text).toContain('not open any more');
  expect(await acts()).toMatch(/retention sweep {2}\{"by":"ben","uploads":1,"bytes":10,"days":30,"proposedBy":"ada"\}/);
  // The command keeps what is held, too; and a hold is released by two as well.
  expect((await runHere('retention', 'sweep', '--data', data, '--json')).json()).toMatchObject({ dropped: 0 });
  await ben.act('release', org);
  const release = /\/act\/approve\?of=(\d+)/.exec((await ada.get('/retention')).text)?.[1] ?? '';
  expect((await ada.act('approve', release)).status).toBe(303);
  expect((await runHere('retention', 'sweep', '--data', data, '--json')).json()).toMatchObject({ dropped: 1 });
});

test('quota, log level and a copy: in force beside a relay that runs', async () => {
  const ada = await as('ada');
  expect((await ada.act('quota', world.officer.org, { size: 'lots' })).text).toContain('A size is a number');
  await ada.act('quota', world.officer.org, { size: '3GiB' });
  expect((await ada.get('/organisations')).text).toContain(
    'Its quota in one intake of another organisation is 3.0 GiB.',
  );
  await ada.act('quota', world.officer.org, { size: 'default' });
  await ada.act('log', '', { level: 'debug' });
  await expect
    .poll(async () => fetch(`${world.relay.url}/healthz`).then(() => world.relay.log()))
    .toMatch(/"level":20/);
  await ada.act('log', '', { level: 'info' });
  await ada.act('copy', '');
  await expect.poll(async () => (await ada.get('/backups')).text, LONG).toMatch(/Copy 2\d+-.* were new/);
  await ada.act('verify-copy', '');
  await expect.poll(async () => (await ada.get('/backups')).text, LONG).toContain('It would do.');
  expect(await acts()).toMatch(/backup create {2}\{"by":"ada","ok":true,[\s\S]*backup verify/);
});

test('ids, sizes and states only, on every page; a stuck package with its cause; and live', async () => {
  const link = await connect(world.relay.url, world.officer);
  const area = await intake(world.prosecutor);
  const letter = await world.officer.letter(area, 'package', 'secret words');
  await link.append(letter, [
    { subject: letter.hash, to: world.prosecutor.seat, generation: 1, sealed: new Uint8Array(97) },
  ]);
  await link.ask('refer', { area, tag: letter.hash, chunks: [chunkName(new Uint8Array([1, 2]))], from: null });
  const ada = await as('ada');
  await expect.poll(async () => (await ada.get('/stuck')).text, LONG).toContain(letter.hash.slice(0, 12));
  expect((await ada.get('/stuck')).text).toContain('waiting for the sender');
  const all = await Promise.all(
    ['/', '/stuck', '/computers', '/retention', '/backups', '/audit', '/log'].map((page) => ada.get(page)),
  );
  expect(all.map(({ text }) => text).join('')).not.toMatch(/secret words|Police|Prosecution|A\. Person|Officer|laptop/);

  const ending = new AbortController();
  const live = await fetch(`${url}/live?page=/stuck`, { headers: { cookie: ada.cookie() }, signal: ending.signal });
  let said = '';
  const reader = live.body?.getReader();
  const until = async (word: string): Promise<void> => {
    while (!said.includes(word)) said += new TextDecoder().decode((await reader?.read())?.value);
  };
  await until('waiting for the sender');
  await link.close();
  await until('sender not connected');
  ending.abort();
});

test('a new password, a removed account, and a restart end sessions', async () => {
  await addUser('ben', 'operator');
  const ben = browsers.get('ben');
  expect((await ben?.get('/'))?.status).toBe(303);
  const cem = browsers.get('cem');
  await runHere('console', 'user', 'remove', 'cem', '--data', data);
  expect((await cem?.get('/'))?.status).toBe(303);
  expect((await openBrowser(url).signIn('cem', passwords.get('cem') ?? '')).status).toBe(401);
});

test('beyond this machine it wants a certificate or a proxy that is trusted', async () => {
  const folder = makeFolder();
  await runHere('init', '--data', folder);
  writeFileSync(path.join(folder, 'relay.toml'), '[console]\nport = 0\nhost = "0.0.0.0"\n');
  await expect(startRelay(folder)).rejects.toThrow('The console would be reached in the clear');
  rmSync(folder, { recursive: true });
});
