/**
 * A guest from invitation to automatic end, in windows: the officer who leads the case invites somebody of a laboratory to one
 * file; they enrol and see that file and nothing else; they add a report, which the officer gets; and after their last day the
 * window that they look at locks, for good.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Servers } from '../support/servers.ts';
import type { Computer } from '../support/launch.ts';
import { answerOpen } from '../support/launch.ts';
import { startServers } from '../support/servers.ts';
import { setClock } from '../support/setClock.ts';
import { DAY } from '../../shared/primitives/units.ts';
import { PASSPHRASE, actor } from './actors.ts';
import { findings } from './axe.ts';
import { button, choose, dialog, field, region } from './find.ts';
import { expect, test } from './launch.ts';

let servers: Servers;
let dir: string;
let clock: { readonly servers: string; readonly apps: string };
test.beforeAll(async () => {
  test.setTimeout(180_000); // setting up an organisation takes many commands, and a busy machine long for each
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-guests-'));
  clock = { servers: path.join(dir, 'server-clock'), apps: path.join(dir, 'clock') };
  await setClock(clock, 0);
  servers = await startServers({ dir, clock: clock.servers });
});
test.afterAll(async () => {
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
});

test('a guest, from invitation to automatic end', async ({ launch }) => {
  const env = { JOINDER_TEST_CLOCK: clock.apps };
  const [atOfficer, atGuest] = await Promise.all([launch({ env }), launch({ env })]);
  const [officer, guest] = [actor(atOfficer), actor(atGuest)];
  await officer.enrol(servers.relayUrl, await servers.newCode('officer'));
  await officer.newCase({ title: 'R v Rowan' });
  const [glass, secret, later, report] = ['Glass.txt', 'Interview.txt', 'Later.txt', 'Report.txt'].map((name) =>
    path.join(dir, name),
  );
  await writeFile(String(glass), 'Two samples of glass.');
  await writeFile(String(secret), 'Not the guest’s to read.');
  await writeFile(String(report), 'The samples agree.');
  await writeFile(String(later), 'A third sample.');
  await officer.addFiles([String(glass), String(secret), String(later)]);
  await expect(officer.fileRow('Glass.txt')).toContainText('On this computer');

  await button(officer.window, 'Who can see this').click();
  await button(officer.window, 'Invite a guest…').click();
  const inviting = dialog(officer.window, 'Invite a guest');
  await field(inviting, 'Name of the guest').fill('Dr Ida Brandt');
  await field(inviting, 'Their organisation').fill('Fell Laboratory');
  await choose(officer.window, inviting, 'They may', /^View and contribute/);
  await field(inviting, 'Reason').fill('To compare the samples of glass.');
  await inviting.getByRole('checkbox', { name: 'Glass.txt' }).check({ force: true });
  await officer.window.screenshot({ path: test.info().outputPath('invite.png') });
  await button(inviting, 'Invite').click();
  const invited = dialog(officer.window, 'Invited: Dr Ida Brandt');
  const code = await invited.getByText(/^([0-9A-Z]{5}-){7}[0-9A-Z]{5}$/).textContent();
  await button(invited, 'Close').click();

  await guest.lookUp(servers.relayUrl, String(code));
  await guest.window.getByRole('heading', { name: 'Is this you?' }).waitFor();
  await guest.confirm(PASSPHRASE, 'Laboratory');
  await expect(guest.window.getByRole('heading', { name: 'Shared with you' })).toBeVisible({ timeout: 30_000 });
  const theirs = guest.window.getByRole('table', { name: 'Files shared with you' });
  await expect(theirs.getByRole('row', { name: /^Glass\.txt/ })).toContainText('Ready to open', { timeout: 30_000 });
  await expect(theirs.getByRole('row')).toHaveCount(2);
  await expect(guest.window.getByText('Interview.txt')).toHaveCount(0);
  for (const place of ['Cases', 'Measures', 'Rules', 'New case', 'Inbox'])
    await expect(guest.window.getByRole('button', { name: place })).toHaveCount(0);
  expect(await findings(guest.window)).toEqual([]);
  await guest.window.screenshot({ path: test.info().outputPath('home.png') });
  await button(theirs, 'Open Glass.txt').click();
  await expect(guest.window.getByText('Two samples of glass.')).toBeVisible();
  await button(guest.window, 'Close').click();

  await answerOpen(atGuest, [String(report)]);
  await button(guest.window, 'Add files').click();
  await expect(guest.window.getByRole('table', { name: 'Files that you added' })).toContainText('Report.txt');
  await field(guest.window, 'Report or message to the team').fill('The samples agree in all that was measured.');
  await button(guest.window, 'Send').click();
  await officer.goTo('Access');
  await button(officer.window, 'Guests').click();
  await button(officer.window, 'Dr Ida Brandt').click();
  const details = region(officer.window, 'Dr Ida Brandt, Fell Laboratory');
  await expect(details).toContainText('The samples agree in all that was measured.', { timeout: 30_000 });
  const brought = details.getByRole('table', { name: 'Brought in R v Rowan' });
  await expect(brought).toContainText('Ready to open', { timeout: 30_000 });
  await button(brought, 'Add Report.txt to the case').click();
  await expect(brought).toContainText('In Working papers');
  expect(await findings(officer.window)).toEqual([]);
  await officer.window.screenshot({ path: test.info().outputPath('guests.png') });
  // Extending never offers a sooner day by itself, and says so where one is chosen.
  await button(details, 'Extend…').click();
  const extending = dialog(officer.window, 'Extend access: Dr Ida Brandt');
  const offered = await extending.getByLabel('Last day').inputValue();
  expect(offered >= new Date(Date.now() + 89 * DAY).toISOString().slice(0, 10), offered).toBe(true);
  await extending.getByLabel('Last day').fill(new Date(Date.now() + 10 * DAY).toISOString().slice(0, 10));
  await expect(extending.getByText(/^That is sooner than their last day now/)).toBeVisible();
  await button(extending, 'Cancel').click();
  // Something more for the guest, later.
  await button(details, 'Share more files…').click();
  const more = dialog(officer.window, 'Share more files');
  await more.getByRole('checkbox', { name: 'Later.txt' }).check({ force: true });
  await button(more, 'Share').click();
  await expect(theirs.getByRole('row', { name: /^Later\.txt/ })).toContainText('Ready to open', { timeout: 30_000 });
  await officer.openCase('R v Rowan');
  await expect(officer.fileRow('Report.txt')).toBeVisible();
  // Of the file itself it can be asked who sees it: the guest too.
  await button(officer.fileRow('Glass.txt'), 'Details').click();
  const about = officer.window.getByRole('dialog');
  await button(about, 'Who can see this').click();
  await about.getByText(/^Shared with Dr Ida Brandt, Fell Laboratory \(\d+ people\)$/).click();
  const sees = about.getByRole('table', { name: 'Who can see Shared with Dr Ida Brandt, Fell Laboratory' });
  await expect(sees.getByRole('row', { name: /^Dr Ida Brandt/ })).toContainText('Since');
  await officer.window.screenshot({ path: test.info().outputPath('who-sees-the-file.png') });
  await button(about, 'Close').click();

  await setClock(clock, 80 * DAY);
  await expect(guest.window.getByLabel('Your access')).toContainText(/Ends \d+ \w+ \d{4}/, { timeout: 30_000 });
  await guest.window.screenshot({ path: test.info().outputPath('near-end.png') });
  await setZoom(atGuest, 2);
  await expect.poll(() => guest.window.evaluate(() => innerWidth), { timeout: 10_000 }).toBeLessThan(700);
  const wide = (): Promise<number> =>
    guest.window.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(wide, { timeout: 10_000, message: 'nothing to scroll sideways at 200 %' }).toBe(0);
  await guest.window.screenshot({ path: test.info().outputPath('near-end-200.png') });
  await setZoom(atGuest, 1);
  await officer.goTo('Needs me');
  await expect(officer.window.getByText(/access of your guest Dr Ida Brandt/)).toBeVisible({ timeout: 30_000 });
  await setClock(clock, 92 * DAY);
  // What was kept is deleted at once, so that the screen that says so may be over already.
  const over = guest.window.getByRole('heading', { name: /^(Access ended|Enrol this computer)$/ });
  await expect(over).toBeVisible({ timeout: 30_000 });
  await expect(guest.window.getByText('Glass.txt')).toHaveCount(0);
  // Every key to what is left on this disk is gone with the vault.
  const left = async (): Promise<readonly string[]> => {
    const names = await readdir(atGuest.profile, { recursive: true });
    return names.filter((name) => ['vault', 'journal'].includes(path.basename(name)));
  };
  await expect.poll(left, { timeout: 10_000 }).toEqual([]);
  await expect(guest.window.getByText('has been deleted, as its authority ordered on')).toBeVisible({
    timeout: 20_000,
  });
  await expect(guest.window.getByLabel('Passphrase')).toHaveCount(0);
  await guest.window.screenshot({ path: test.info().outputPath('ended.png') });
});

const setZoom = ({ app }: Computer, factor: number): Promise<void> =>
  app.evaluate(({ BrowserWindow }, zoom) => {
    for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.webContents.setZoomFactor(zoom);
  }, factor);
