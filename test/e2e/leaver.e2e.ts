/**
 * A career in one sitting, in windows: personnel says that somebody starts, they sign in with their organisation and make their
 * first case; personnel says that they have left, and the window that they look at locks, for good. The identity provider is a
 * real one; the system browser is not: its part is played by walking through the provider's development pages over HTTP.
 */
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Servers } from '../support/servers.ts';
import { answerOpen, killComputer } from '../support/launch.ts';
import { startServers } from '../support/servers.ts';
import { DAY } from '../../shared/primitives/units.ts';
import { PASSPHRASE, actor } from './actors.ts';
import { CLIENT, startProvider, walkThrough } from '../../sync-server/authority/signIn/provider.fixture.ts';
import type { TestProvider } from '../../sync-server/authority/signIn/provider.fixture.ts';
import type { Computer } from '../support/launch.ts';
import { dataOf } from '../support/fellshire.ts';
import { within } from '../support/within.ts';
import { startFaultProxy } from '../support/faultProxy.ts';
import { choose, field } from './find.ts';
import { expect, test } from './launch.ts';

let servers: Servers;
let dir: string;
let provider: TestProvider;
const serverClock = (): string => path.join(dir, 'server-clock');
test.beforeAll(async () => {
  test.setTimeout(180_000); // setting up an organisation takes many commands, and a busy machine long for each
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-leaver-'));
  process.env['JOINDER_TEST_CLOCK'] = serverClock(); // of relay, authorities, and every computer that is not said another
  [servers, provider] = await Promise.all([startServers({ dir }), startProvider()]);
  const signIn = { issuer: provider.issuer, client_id: CLIENT, claim: 'preferred_username', matches: 'userName' };
  const lines = Object.entries(signIn).map(([name, value]) => `${name} = "${value}"`);
  await signInSays(...lines);
});
test.afterAll(async () => {
  delete process.env['JOINDER_TEST_CLOCK'];
  await servers.stop();
  await provider.close();
  await rm(dir, { recursive: true, force: true });
});

/** Adds to the authority's settings of signing in. */
async function signInSays(...lines: string[]): Promise<void> {
  const settings = path.join(dataOf(dir, 'police'), 'authority.toml');
  const before = await readFile(settings, 'utf8');
  await writeFile(settings, before.replace('[sign_in]', ['[sign_in]', ...lines].join('\n')));
  await servers.restart('police');
}

/** What personnel's file says, every line of it. */
async function personnelSays(...rows: string[]): Promise<Record<string, unknown>> {
  const file = path.join(dir, 'staff.csv');
  await writeFile(file, ['staff number,name,unit,post,start,end,sign in', ...rows].join('\n'));
  return servers.authority('police', 'hr', 'import', file);
}

/** How a JSON Web Token begins, and how the address does that the browser is sent back to. */
const TRACES = ['eyJhbGciOi', '/joinder/signed-in?'] as const;

async function filesWith(folder: string, traces: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(file).catch(() => Buffer.alloc(0)); // gone meanwhile
    if (traces.some((trace) => bytes.includes(trace))) found.push(file);
  }
  return found;
}

/** Signs in as the system browser would: opened by the application, at the provider, and back to where it listens. */
async function signInAs(computer: Computer, login: string, does: 'sign in' | 'cancel' = 'sign in'): Promise<void> {
  const opened = computer.app.evaluate(
    ({ shell }) =>
      new Promise<string>((resolve) => {
        shell.openExternal = (url) => {
          resolve(url);
          return Promise.resolve();
        };
      }),
  );
  await computer.window.getByRole('button', { name: /^(Sign in with your organisation|Try again)$/ }).click();
  const page = await within('a page in the browser', opened);
  await expect(computer.window.getByRole('heading', { name: 'Sign in in your browser' })).toBeFocused();
  const back = await within('the way through the provider', walkThrough(page, login, does));
  const shown = await within('the page that the browser is sent back to', fetch(back));
  expect(await shown.text()).toContain('go back to Joinder');
}

test('from personnel to the first case, and out again while they look at it', async ({ launch }) => {
  test.setTimeout(120_000); // four starts of the application, and a busy machine long for each
  const officer = 'Kendal CID,"Officer in the case, Kendal CID"';
  const una = [
    `E2,Una Field,${officer},2020-01-06,,`,
    'E2,Una Field,Kendal CID,"Supervisor, Kendal CID",2020-01-06,,',
  ].map((row) => `${row}una@fellshire.example`);
  const ivo = `E3,Ivo Marsh,${officer},2099-01-05,,ivo@fellshire.example`;
  const others = [...una, ivo];
  const ada1 = `E1,PC Ada Fell,${officer},2020-01-06`;
  const joined = await personnelSays(`${ada1},,ada@fellshire.example`, ...others);
  expect(joined['joiners']).toHaveLength(3);
  const { code: orgCode } = await servers.authority('police', 'sign-in');

  const clock = path.join(dir, 'clock');
  const computer = await launch({ env: { JOINDER_TEST_CLOCK: clock } });
  const { window } = computer;
  const ada = actor(computer);
  const cable = await startFaultProxy({ target: servers.relayUrl });
  await field(window, 'Relay address').fill(cable.url);
  await field(window, 'Enrolment code').fill(String(orgCode));
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Sign in with your organisation' })).toBeVisible();
  await signInAs(computer, 'ada', 'cancel');
  await expect(window.getByRole('alert')).toContainText('The sign-in was cancelled.');
  await signInAs(computer, 'somebody else');
  await expect(window.getByRole('alert')).toContainText('does not know you yet');
  await signInAs(computer, 'ivo');
  await expect(window.getByRole('alert')).toContainText('Your access begins on 5 Jan 2099.');
  await signInAs(computer, 'ada');
  await expect(window.getByRole('heading', { name: 'Is this you?' })).toBeVisible();
  await expect(window.getByText('PC Ada Fell')).toBeVisible();
  await ada.confirm();
  await ada.opened();
  for (const folder of [dir, computer.profile])
    expect(await filesWith(folder, TRACES), 'no token and no code of the sign-in is kept').toEqual([]);
  expect(computer.said()).not.toContain('signed-in?');
  await ada.newCase({ title: 'A first case' });
  await ada.write('What she saw.');
  await ada.whenSaved();

  await writeFile(clock, String(12 * DAY)); // the authority's clock stays: to the computer it is as if it were off line
  await expect(window.getByRole('region', { name: 'Working off line' })).toContainText('This computer locks on');
  await writeFile(clock, String(20 * DAY));
  await expect(window.getByText('off line for longer than your organisation allows').first()).toBeVisible();
  await ada.tryPassphrase(PASSPHRASE);
  await expect(window.getByRole('alert')).toContainText('off line for longer than your organisation allows');
  const lease = path.join(dir, 'lease.txt');
  await servers.authority('police', 'lease', 'extend', '--days', '60', '--out', lease);
  await answerOpen(computer, [lease]);
  await window.getByRole('button', { name: 'Choose a lease file' }).click();
  await expect(window.getByText('The lease file was read.')).toBeVisible();
  await ada.unlock();
  await writeFile(clock, '0');

  // A second computer of hers, let in from the first.
  await ada.goTo('Access');
  await window.getByRole('button', { name: 'Computers' }).click();
  await window.getByRole('button', { name: 'Add a computer' }).click();
  await window.getByRole('button', { name: 'Get a code' }).click();
  const shown = await window.getByText(/^([0-9A-Z]{5}-){7}[0-9A-Z]{5}$/).textContent();
  const other = await launch();
  const atOther = actor(other);
  await atOther.lookUp(servers.relayUrl, String(shown));
  await other.window.getByRole('heading', { name: 'Is this you?' }).waitFor();
  await atOther.confirm(PASSPHRASE, 'Tablet');
  await expect(other.window.getByRole('heading', { name: 'Compare these digits' })).toBeVisible();
  const digits = (await other.window.getByText(/^\d{3} \d{3}$/).textContent()) ?? '';
  const waits = window.getByRole('region', { name: 'Waiting for your word' });
  await expect(waits, 'the dialog with the code has gone by itself').toContainText(digits);
  await window.screenshot({ path: test.info().outputPath('waiting.png') });
  await waits.getByRole('button', { name: 'The digits are the same' }).click();
  await atOther.opened();
  await expect(other.window.getByText('A first case')).toBeVisible();
  await expect(window.getByRole('listitem', { name: 'Tablet, PC Ada Fell' })).toBeVisible();
  await expect(window.getByRole('alert')).toContainText('A computer was added for you: Tablet.');

  // A colleague in the same post has the case; then the cable of her laptop is out, and she writes on.
  // By policy a sign-in now waits until somebody who lets computers in, who sits beside her, has compared the digits.
  await servers.authority('police', 'person', 'key-admin', '--person', 'PC Ada Fell');
  await signInSays('admits = "compared"');
  const atUna = await launch();
  const colleague = actor(atUna);
  await field(atUna.window, 'Relay address').fill(servers.relayUrl);
  await field(atUna.window, 'Enrolment code').fill(String(orgCode));
  await atUna.window.keyboard.press('Enter');
  await signInAs(atUna, 'una');
  await atUna.window.getByRole('heading', { name: 'Is this you?' }).waitFor();
  await colleague.confirm();
  await expect(atUna.window.getByRole('heading', { name: 'Compare these digits' })).toBeVisible();
  const unas = (await atUna.window.getByText(/^\d{3} \d{3}$/).textContent()) ?? '';
  await expect(waits).toContainText(unas);
  await expect(waits).toContainText('Una Field');
  await waits.getByRole('button', { name: 'The digits are the same' }).click();
  await colleague.opened();
  await colleague.openCase('A first case');
  await expect(colleague.summaryBox()).toContainText('What she saw.');
  cable.refuse(true);
  await expect(ada.statusBar()).toContainText('Offline');
  await ada.openCase('A first case');
  await ada.write(' And what nobody had yet.');
  await ada.whenSaved();
  const note = path.join(dir, 'Note.txt');
  await writeFile(note, 'What she noted.');
  await ada.addFiles([note]);
  await expect(window.getByRole('row', { name: /Note\.txt/ })).toBeVisible();
  await ada.newCase({ title: 'Made on the road' });
  await ada.write('Seen at the roadside.');
  await ada.whenSaved();
  await ada.openCase('A first case');

  const left = await personnelSays(`${ada1},2026-01-31,ada@fellshire.example`, ...others);
  expect(left['leavers']).toMatchObject([{ staffNumber: 'E1' }]);
  await expect(other.window.getByRole('heading', { name: 'Access ended' })).toBeVisible();
  await expect(window.getByRole('heading', { name: 'A first case' }), 'off line it has not heard').toBeVisible();
  cable.refuse(false);
  for (const seen of [window, other.window])
    await expect(seen.getByRole('heading', { name: 'Access ended' })).toBeVisible();
  await expect(window.getByRole('status')).toHaveText('Your organisation has ended this computer’s access.');
  await expect(window.getByText('what was not is brought to them, sealed')).toBeVisible();
  await expect(window.getByText('What she saw.')).toHaveCount(0);
  await window.screenshot({ path: test.info().outputPath('locked.png') });

  await expect(atUna.window.getByRole('alert')).toContainText('was shut out before everything of it was sent', {
    timeout: 30_000,
  });
  await colleague.goTo('Access');
  await atUna.window.getByRole('button', { name: 'Late work' }).click();
  const late = atUna.window.getByRole('listitem', { name: 'Summary, A first case' });
  await late.waitFor();
  await atUna.window.screenshot({ path: test.info().outputPath('late.png') });
  await expect(late).toContainText('What she saw. And what nobody had yet.');
  await late.getByRole('button', { name: 'Adopt' }).click();
  await expect(late).toHaveCount(0);
  const file = atUna.window.getByRole('listitem', { name: 'PC Ada Fell added Note.txt' });
  await expect(file).toContainText('before this was sent');
  await file.getByRole('button', { name: 'Adopt' }).click();
  await expect(file).toHaveCount(0);
  await atUna.window
    .getByRole('listitem', { name: 'Whole case, Made on the road' })
    .getByRole('button', { name: 'Adopt' })
    .click();
  await expect(atUna.window.getByText('No late work')).toBeVisible();
  await colleague.openCase('A first case');
  await expect(colleague.summaryBox()).toContainText('And what nobody had yet.');
  await atUna.window.getByRole('button', { name: 'Activity', exact: true }).click();
  await expect(atUna.window.getByRole('region', { name: 'Activity' })).toContainText(
    'Note.txt added by PC Ada Fell (adopted from late work by Una Field)',
  );
  await colleague.openCase('Made on the road');

  // What she had in hand goes to somebody by name.
  await colleague.goTo('Access');
  await atUna.window.getByRole('button', { name: 'Leavers’ work' }).click();
  const hers = atUna.window.getByRole('region', { name: 'PC Ada Fell' });
  await expect(hers).toContainText('1 thing is still in their name.');
  await hers.getByRole('button', { name: /^Give to somebody: The case itself/ }).click();
  const give = atUna.window.getByRole('dialog', { name: 'Give to somebody' });
  await choose(atUna.window, give, 'To', /Una Field/);
  await give.getByRole('button', { name: 'Give', exact: true }).click();
  await expect(hers).toContainText('Everything has been taken over.');
  await expect(hers).toContainText('Given by Una Field');

  // 60 days later, by the authority's clock, it orders that what the laptop holds is deleted.
  await expect(other.window.getByText('What this computer holds is deleted from')).toBeVisible({ timeout: 20_000 });
  await expect(other.window.getByLabel('Passphrase')).toHaveCount(0);
  await writeFile(serverClock(), String(61 * DAY));
  await killComputer(computer); // to end in order it might ask about what it could not send
  const again = await launch({ profile: computer.profile });
  await expect(again.window.getByText('has been deleted, as its authority ordered on')).toBeVisible();
  await expect(again.window.getByRole('heading', { name: 'Enrol this computer' })).toBeVisible();
  expect(await readdir(path.join(computer.profile, 'profile'))).toEqual(['erased']);
  const stored = (...parts: string[]): Promise<string[]> =>
    readdir(path.join(computer.profile, ...parts)).catch(() => []); // not there
  expect(await stored('evidence'), 'sealed evidence').toEqual([]);
  expect(await stored('Partitions', 'sync', 'IndexedDB'), 'the case store').toEqual([]);
  await expect
    .poll(async () => JSON.stringify(await servers.authority('police', 'person', 'record')))
    .toContain('copies deleted');
  await cable.close();
});
