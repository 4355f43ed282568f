/**
 * The shell around the application: enrolling and unlocking with its sentences, one instance a profile, what a page may
 * not do, and that work goes on when the processes behind a window are killed.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { platform } from '../../electron/platform.ts';
import { fromCrockford } from '../../shared/primitives/bytes.ts';
import { decodeCard } from '../../shared/seal/directory/card.ts';
import { makeCode } from '../../shared/seal/devices/enrolment.ts';
import { appFolder, electronArgs, electronPath } from '../setup/electron-path.mjs';
import type { Computer } from '../support/launch.ts';
import { killComputer } from '../support/launch.ts';
import { within } from '../support/within.ts';
import type { Servers } from '../support/servers.ts';
import { startServers } from '../support/servers.ts';
import { actor } from './actors.ts';
import { button, field } from './find.ts';
import { expect, test } from './launch.ts';

let servers: Servers;
let dir: string;
test.beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-shell-'));
  servers = await startServers({ dir });
});
test.afterAll(async () => {
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
});

/** A code that no authority gave out, of the police; with a name, beside the one that has it. */
async function madeUpCode(name: string | null): Promise<string> {
  const card = decodeCard(String((await servers.authority('police', 'card'))['card']));
  if (!card.ok) throw new Error(card.cause);
  const random = (bytes: number): Uint8Array =>
    name !== null && bytes === 3 ? fromCrockford(`${name}0`) : platform.random(bytes);
  return (await makeCode({ ...platform, random }, card.value)).text;
}

test('every way in which enrolling can fail has its own sentence, and none of them uses up the code', async ({
  launch,
}) => {
  const computer = await launch();
  const { window } = computer;
  const { lookUp, enrol } = actor(computer);
  const code = await servers.newCode('officer');
  const wrongEnd = `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`;
  // No two that follow each other say the same, so that each is seen to be said.
  for (const [relay, typed, sentence] of [
    ['the relay', code, 'There is no Joinder relay at this address.'],
    [servers.relayUrl, wrongEnd, 'This code is mistyped.'],
    ['mailto:somebody', code, 'There is no Joinder relay at this address.'],
    ['http://relay.example', code, 'This address would not be protected on its way.'],
    ['http://127.0.0.1:9', code, 'There is no Joinder relay at this address.'],
    [servers.relayUrl, await madeUpCode(null), 'Your organisation does not know this code.'],
    [servers.relayUrl, await madeUpCode(code.slice(0, 4)), 'This code is not right.'],
  ] as const) {
    await lookUp(relay, typed);
    await expect(window.getByRole('alert').getByText(sentence)).toBeVisible();
  }
  await servers.kill('police');
  await lookUp(servers.relayUrl, code);
  await expect(window.getByText('Your organisation’s authority does not answer now.')).toBeVisible();
  await servers.restart('police');
  await enrol(servers.relayUrl, code);

  const another = await launch();
  const { lookUp: lookUpThere } = actor(another);
  await lookUpThere(servers.relayUrl, code);
  await expect(another.window.getByText('This code has been used already.')).toBeVisible();

  const spoilt = await servers.newCode('officer');
  for (let i = 0; i < 5; i++) {
    await lookUpThere(servers.relayUrl, await madeUpCode(spoilt.slice(0, 4)));
    await expect(another.window.getByText('This code is not right.')).toBeVisible();
  }
  await lookUpThere(servers.relayUrl, spoilt);
  await expect(another.window.getByText('This code serves no more.')).toBeVisible();
});

test('a wrong passphrase is said, then waits; the right one opens what was written before a SIGKILL', async ({
  launch,
}) => {
  const computer = await launch();
  const first = actor(computer);
  await first.enrol(servers.relayUrl, await servers.newCode('officer'));
  await first.newCase({ title: 'A case for the lock' });
  await first.write('Written before the power went.');
  await first.whenSaved();
  await killComputer(computer);

  const again = await launch({ profile: computer.profile });
  const { window } = again;
  const { tryPassphrase, unlock, openCase, summaryBox } = actor(again);
  await expect(
    window.getByText(`${servers.people.officer.name}, ${servers.people.officer.organisation}`),
  ).toBeVisible();
  await window.getByText('Lost your passphrase?').click();
  await expect(window.getByText('remove this one and add a new one')).toBeVisible();
  // What would be lost is said, and a tick and a second question stand before anything is deleted.
  await button(window, 'Begin anew on this computer…').click();
  const anew = window.getByRole('alertdialog', { name: 'Begin anew on this computer' });
  await expect(anew.getByRole('list', { name: 'What was not sent' })).toBeVisible();
  await window.screenshot({ path: test.info().outputPath('begin-anew.png') });
  const may = anew.getByRole('checkbox');
  if ((await may.count()) > 0) await may.setChecked(true, { force: true });
  await button(anew, 'Delete and begin anew…').click();
  await expect(button(anew, 'Delete for good')).toBeVisible();
  await window.screenshot({ path: test.info().outputPath('begin-anew-sure.png') });
  await button(anew, 'Back').click();
  await button(anew, 'Cancel').click();
  await expect(anew).toHaveCount(0);
  for (let i = 0; i < 3; i++) {
    await tryPassphrase('not this one');
    await expect(window.getByText('This is not the passphrase.')).toBeVisible();
  }
  // The wait counts from the beginning of the try, which takes longer than the first wait on a busy computer: the next is longer.
  await expect(async () => {
    if (!(await window.getByRole('timer').isVisible())) await tryPassphrase('not this one');
    await expect(window.getByRole('timer')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(window.getByRole('timer')).toBeHidden();
  await unlock();
  await openCase('A case for the lock');
  await expect(summaryBox()).toContainText('Written before the power went.');

  await button(window, 'Lock').click();
  await window.getByText('Lost your passphrase?').click();
  await button(window, 'Begin anew on this computer…').click();
  await expect(anew.getByRole('list', { name: 'What was not sent' })).toBeVisible();
  if ((await may.count()) > 0) await may.setChecked(true, { force: true });
  await button(anew, 'Delete and begin anew…').click();
  await button(anew, 'Delete for good').click();
  await expect(field(window, 'Enrolment code')).toBeVisible();
  await actor(again).enrol(servers.relayUrl, await servers.newCode('officer'));
});

test('a second instance on the profile says so, ends, and leaves the first alone', async ({ launch }) => {
  const { profile, window } = await launch();
  const second = spawn(electronPath(), [...electronArgs(), appFolder, `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  second.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = await new Promise((resolve) => second.once('close', resolve));
  expect(said).toContain('Joinder is open already with this profile');
  expect(code).toBe(3);
  await expect(window).toHaveTitle('Joinder');
});

test('a page reaches no network, no file outside, no Node, no device, no other window', async ({ launch }) => {
  const { window, app } = await launch();
  const asked: string[] = [];
  await app.context().route('https://example.org/**', (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  const found = await window.evaluate(async (relay) => {
    // This runs in the page, which knows nothing of this file.
    // eslint-disable-next-line unicorn/consistent-function-scoping -- what is outside does not exist there
    const status = (url: string): Promise<number | string> =>
      fetch(url).then(
        (r) => r.status,
        () => 'refused',
      );
    const names = ['require', 'process', 'Buffer', 'ipcRenderer', 'electron'];
    return {
      relay: await status(`${relay}/healthz`),
      main: await Promise.all(
        ['../main/main.cjs', '%2e%2e/main/main.cjs', '..%2fmain/main.cjs', 'none.js'].map((way) =>
          status(`app://joinder/${way}`),
        ),
      ),
      file: await status('file:///etc/hostname'),
      node: names.filter((name) => name in globalThis),
      opened: globalThis.open('https://example.org/') === null,
      notifications: await Notification.requestPermission(),
      microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'given',
        () => 'refused',
      ),
      policy: (await fetch('app://joinder/index.html')).headers.get('content-security-policy'),
    };
  }, servers.relayUrl);
  expect(found).toMatchObject({
    relay: 'refused',
    main: [404, 404, 404, 404],
    file: 'refused',
    node: [],
    opened: true,
    notifications: 'denied',
    microphone: 'refused',
  });
  expect(found.policy).toContain("default-src 'none'");

  await window.evaluate(() => {
    globalThis.location.href = 'https://example.org/';
  });
  await expect.poll(() => window.evaluate(() => document.readyState)).toBe('complete');
  expect(window.url()).toBe('app://joinder/index.html');
  expect(asked).toEqual([]);
});

/** Kills a process of the application by what Electron says of it. */
async function killPart({ app }: Computer, part: 'sync' | 'evidence'): Promise<void> {
  const found = app.evaluate(({ app: electron, BrowserWindow }, which) => {
    const page = BrowserWindow.getAllWindows().find((w) => w.webContents.getURL().includes('/sync/'));
    const utility = electron.getAppMetrics().find((m) => [m.name, m.serviceName].includes('Joinder evidence'));
    return (which === 'sync' ? page?.webContents.getOSProcessId() : utility?.pid) ?? 0;
  }, part);
  const pid = await within('the process of a part', found);
  expect(pid).toBeGreaterThan(1);
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => isAlive(pid)).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // gone
  }
}

test('a killed sync worker or evidence process is started again, and the open window goes on with them', async ({
  launch,
}) => {
  const computer = await launch();
  const { enrol, newCase, write, whenSaved, summaryBox, addFiles, fileRow } = actor(computer);
  await enrol(servers.relayUrl, await servers.newCode('officer2'));
  await newCase({ title: 'A case for the kill' });
  await write('Before.');
  await whenSaved();

  await killPart(computer, 'sync');
  await write(' After.');
  await whenSaved();
  await expect(summaryBox()).toContainText('Before. After.');

  await killPart(computer, 'evidence');
  const file = path.join(dir, 'after.txt');
  await writeFile(file, 'added after the kill');
  await addFiles([file]);
  await expect(fileRow('after.txt')).toContainText('On this computer');

  await killPart(computer, 'sync');
  await expect(fileRow('after.txt')).toContainText('On this computer');
  await expect(summaryBox()).toContainText('Before. After.');
});
