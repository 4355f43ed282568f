/**
 * A request from asking to reading, in windows: an analyst asks for a case that they cannot see, the officer who leads it
 * approves with one look, and the analyst reads; both see who can see it, since when and why.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Servers } from '../support/servers.ts';
import { startServers } from '../support/servers.ts';
import { actor } from './actors.ts';
import { button, choose, field, region } from './find.ts';
import { expect, test } from './launch.ts';

let servers: Servers;
let dir: string;
test.beforeAll(async () => {
  test.setTimeout(180_000); // setting up an organisation takes many commands, and a busy machine long for each
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-access-'));
  servers = await startServers({ dir });
  const unit = ['--unit', 'Kendal CID'];
  await servers.authority('police', 'person', 'add', '--name', 'Una Field', '--post', 'Analyst, Kendal CID', ...unit);
});
test.afterAll(async () => {
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
});

test('a request, from asking to reading', async ({ launch }) => {
  const { code } = await servers.authority('police', 'enrol-code', '--person', 'Una Field');
  const [atOfficer, atAnalyst] = await Promise.all([launch(), launch()]);
  const [officer, analyst] = [actor(atOfficer), actor(atAnalyst)];
  await officer.enrol(servers.relayUrl, await servers.newCode('officer'));
  await analyst.enrol(servers.relayUrl, String(code));
  await officer.newCase({ title: 'R v Rowan' });
  await officer.write('What the officer wrote.');
  await officer.whenSaved();

  await analyst.goTo('Access');
  await button(analyst.window, 'Ask for access…').click();
  const asking = analyst.window.getByRole('dialog', { name: 'Ask for access' });
  await field(asking, 'Case').fill('R v Rowan');
  await field(asking, 'Reason').fill('The same number is in another enquiry.');
  await choose(analyst.window, asking, 'Whom to ask', /^Officer in the case/);
  await button(asking, 'Ask').click();
  const mine = region(analyst.window, 'Asked before');
  await expect(mine.getByText(/^Waits for Officer in the case/)).toBeVisible();

  await officer.goTo('Access');
  const waiting = region(officer.window, 'Wait for you');
  await expect(waiting.getByText(/Una Field .* asks to read it .* The same number/)).toBeVisible();
  await button(waiting, 'Approve…').click();
  const answering = officer.window.getByRole('dialog', { name: 'Approve request' });
  await expect(button(answering, 'R v Rowan Case')).toBeVisible();
  await button(answering, 'Approve').click();
  await expect(region(officer.window, 'Asked before').getByText('Approved by DC Priya Nair')).toBeVisible();

  await expect(mine.getByText('Approved by DC Priya Nair')).toBeVisible();
  await analyst.openCase('R v Rowan');
  await expect(analyst.summaryBox()).toHaveText(/What the officer wrote\./);
  await button(analyst.window, 'Who can see this').click();
  const seers = analyst.window.getByRole('table', { name: 'Who can see Working papers', exact: true });
  const una = seers.getByRole('row', { name: /^Una Field/ });
  await expect(una).toContainText('Analyst, Kendal CID');
  await expect(una).toContainText('Let in by DC Priya Nair: The same number is in another enquiry.');
  await expect(seers.getByRole('row', { name: /^DC Priya Nair/ })).toContainText('lets others in');
});
