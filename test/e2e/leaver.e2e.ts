/**
 * A career in one sitting, in windows: personnel says that somebody starts, and they make their first case; personnel says
 * that they have left, and the window that they look at locks, for good.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Servers } from '../support/servers.ts';
import { answerOpen } from '../support/launch.ts';
import { startServers } from '../support/servers.ts';
import { DAY } from '../../shared/primitives/units.ts';
import { PASSPHRASE, actor } from './actors.ts';
import { startFaultProxy } from '../support/faultProxy.ts';
import { expect, test } from './launch.ts';

let servers: Servers;
let dir: string;
test.beforeAll(async () => {
  test.setTimeout(180_000); // setting up an organisation takes many commands, and a busy machine long for each
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-leaver-'));
  servers = await startServers({ dir });
});
test.afterAll(async () => {
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
});

/** What personnel's file says, every line of it. */
async function personnelSays(...rows: string[]): Promise<Record<string, unknown>> {
  const file = path.join(dir, 'staff.csv');
  await writeFile(file, ['staff number,name,unit,post,start,end', ...rows].join('\n'));
  return servers.authority('police', 'hr', 'import', file);
}

test('from personnel to the first case, and out again while they look at it', async ({ launch }) => {
  test.setTimeout(150_000); // four starts of the application, and a busy machine long for each
  const una = 'E2,Una Field,Penrith,Officer in the case,2020-01-06,';
  const joined = await personnelSays('E1,PC Ada Fell,Penrith,Officer in the case,2020-01-06,', una);
  expect(joined['joiners']).toHaveLength(2);
  const { code } = await servers.authority('police', 'enrol-code', '--person', 'PC Ada Fell');

  const clock = path.join(dir, 'clock');
  const computer = await launch({ env: { JOINDER_TEST_CLOCK: clock } });
  const { window } = computer;
  const ada = actor(computer);
  const cable = await startFaultProxy({ target: servers.relayUrl });
  await ada.enrol(cable.url, String(code));
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
  await window.getByRole('button', { name: 'Close' }).click();
  const other = await launch();
  const atOther = actor(other);
  await atOther.lookUp(servers.relayUrl, String(shown));
  await other.window.getByRole('heading', { name: 'Is this you?' }).waitFor();
  await atOther.confirm(PASSPHRASE, 'Tablet');
  await expect(other.window.getByRole('heading', { name: 'Compare these digits' })).toBeVisible();
  const digits = (await other.window.getByText(/^\d{3} \d{3}$/).textContent()) ?? '';
  const waits = window.getByRole('region', { name: 'Waiting for your word' });
  await expect(waits).toContainText(digits);
  await waits.getByRole('button', { name: 'The digits are the same' }).click();
  await atOther.opened();
  await expect(other.window.getByText('A first case')).toBeVisible();
  await expect(window.getByRole('listitem', { name: 'Tablet, PC Ada Fell' })).toBeVisible();
  await expect(window.getByRole('alert')).toContainText('A computer was added for you: Tablet.');

  // A colleague in the same post has the case; then the cable of her laptop is out, and she writes on.
  const { code: theirs } = await servers.authority('police', 'enrol-code', '--person', 'Una Field');
  const atUna = await launch();
  const colleague = actor(atUna);
  await colleague.enrol(servers.relayUrl, String(theirs));
  await colleague.openCase('A first case');
  await expect(colleague.summaryBox()).toContainText('What she saw.');
  cable.refuse(true);
  await expect(ada.statusBar()).toContainText('Offline');
  await ada.openCase('A first case');
  await ada.write(' And what nobody had yet.');
  await ada.whenSaved();

  const left = await personnelSays('E1,PC Ada Fell,Penrith,Officer in the case,2020-01-06,2026-01-31', una);
  expect(left['leavers']).toMatchObject([{ staffNumber: 'E1' }]);
  await expect(other.window.getByRole('heading', { name: 'Access ended' })).toBeVisible();
  await expect(window.getByRole('heading', { name: 'A first case' }), 'off line it has not heard').toBeVisible();
  cable.refuse(false);
  for (const seen of [window, other.window])
    await expect(seen.getByRole('heading', { name: 'Access ended' })).toBeVisible();
  await expect(window.getByRole('status')).toHaveText('Your organisation has ended this computer’s access.');
  await expect(window.getByText('What she saw.')).toHaveCount(0);

  await expect(atUna.window.getByRole('alert')).toContainText('was shut out before everything of it was sent', {
    timeout: 30_000,
  });
  await colleague.goTo('Access');
  await atUna.window.getByRole('button', { name: 'Late work' }).click();
  const late = atUna.window.getByRole('listitem', { name: 'Summary, A first case' });
  await expect(late).toContainText('What she saw. And what nobody had yet.');
  await late.getByRole('button', { name: 'Take over' }).click();
  await expect(late).toHaveCount(0);
  await colleague.openCase('A first case');
  await expect(colleague.summaryBox()).toContainText('And what nobody had yet.');

  await computer.app.close();
  const again = await launch({ profile: computer.profile });
  await expect(again.window.getByRole('heading', { name: 'Access ended' })).toBeVisible();
  await expect(again.window.getByLabel('Passphrase')).toHaveCount(0);
  await cable.close();
});
