/**
 * Access over time, in windows. In an emergency an analyst names a case, says why, and reads at once; the officer who leads it is
 * told, ends it, and judges it. Then the analyst asks for it, the officer who leads it approves with one look,
 * and the analyst reads; both see who can see it, since when and why. Then an administrator opens a campaign, the officer keeps
 * one post and leaves the analyst's; the last day passes, the analyst's window loses the case, and as an auditor they read how.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DAY } from '../../shared/primitives/units.ts';
import type { Servers } from '../support/servers.ts';
import { startServers } from '../support/servers.ts';
import type { Actor } from './actors.ts';
import { actor } from './actors.ts';
import { button, choose, dialog, field, region } from './find.ts';
import { expect, test } from './launch.ts';

let servers: Servers;
let dir: string;
test.beforeAll(async () => {
  test.setTimeout(180_000); // setting up an organisation takes many commands, and a busy machine long for each
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-access-'));
  servers = await startServers({ dir });
  const unit = ['--unit', 'Kendal CID'];
  const police = (...args: string[]) => servers.authority('police', ...args);
  await police('person', 'add', '--name', 'Una Field', '--post', 'Analyst, Kendal CID', ...unit);
  await police('post', 'role', '--post', 'Analyst, Kendal CID', '--role', 'emergency access');
  await police('post', 'add', '--title', 'Auditor', '--role', 'auditor');
  await police('person', 'hold-post', '--person', 'Una Field', '--post', 'Auditor');
  await police('person', 'add', '--name', 'Ada Min', '--post', 'Access administrator', '--role', 'administrator');
  // Personnel says that somebody came, and next that they are there no more.
  const staff = path.join(dir, 'staff.csv');
  const stays = 'E2,Sam Hale,Penrith,Clerk,2020-01-06,';
  for (const rows of [['E1,Lena Farr,Penrith,Clerk,2020-01-06,', stays], [stays]]) {
    await writeFile(staff, ['staff number,name,unit,post,start,end', ...rows].join('\n'));
    await police('hr', 'import', staff, '--force');
  }
});
test.afterAll(async () => {
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
});

test('an emergency, until it is judged; a request, from asking to reading; and a campaign, until what nobody reviewed is gone', async ({
  launch,
}) => {
  test.setTimeout(200_000); // three starts of the application, and a busy machine long for each
  const { code } = await servers.authority('police', 'enrol-code', '--person', 'Una Field');
  const clock = path.join(dir, 'clock');
  const env = { JOINDER_TEST_CLOCK: clock };
  const [atOfficer, atAnalyst] = await Promise.all([launch({ env }), launch({ env })]);
  const [officer, analyst] = [actor(atOfficer), actor(atAnalyst)];
  await officer.enrol(servers.relayUrl, await servers.newCode('officer'));
  await analyst.enrol(servers.relayUrl, String(code));
  await officer.newCase({ title: 'R v Rowan' });
  await officer.write('What the officer wrote.');
  await officer.whenSaved();

  await inAnEmergency(officer, analyst);

  await analyst.goTo('Access');
  await button(analyst.window, 'Requests').click();
  await button(analyst.window, 'Ask for access…').click();
  const asking = analyst.window.getByRole('dialog', { name: 'Ask for access' });
  await field(asking, 'Case').fill('R v Rowan');
  await field(asking, 'Reason').fill('The same number is in another enquiry.');
  await choose(analyst.window, asking, 'Whom to ask', /^Officer in the case/);
  await button(asking, 'Ask').click();
  const mine = region(analyst.window, 'Asked before');
  await expect(mine.getByText(/^Waits for Officer in the case/)).toBeVisible();
  await expect(mine.getByText(/It expires /)).toBeVisible();
  // One that is over is asked again with its reason filled in.
  await button(mine, 'Take back').click();
  await button(mine, 'Ask again for R v Rowan').click();
  const again = dialog(analyst.window, 'Ask again for access');
  await expect(field(again, 'Reason')).toHaveValue('The same number is in another enquiry.');
  await analyst.window.screenshot({ path: test.info().outputPath('ask-again.png') });
  await button(again, 'Ask').click();
  await expect(mine.getByText('Taken back')).toBeVisible();
  await expect(mine.getByText(/^Waits for Officer in the case/)).toBeVisible();

  await officer.goTo('Access');
  await button(officer.window, 'Requests').click();
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

  // The supervisors are let in too; an administrator asks who may stay.
  await officer.openCase('R v Rowan');
  await button(officer.window, 'Who can see this').click();
  await button(officer.window, 'Let a post in…').click();
  const letting = dialog(officer.window, 'Let a post in');
  await choose(officer.window, letting, 'Post', /^Supervisor/);
  await field(letting, 'Reason').fill('Supervises the enquiry.');
  await button(letting, 'Let in').click();
  await expect(letting).toHaveCount(0);

  const { code: adas } = await servers.authority('police', 'enrol-code', '--person', 'Ada Min');
  const atAdmin = await launch({ env });
  const admin = actor(atAdmin);
  await admin.enrol(servers.relayUrl, String(adas));
  await admin.goTo('Access');
  // Nobody could bring lost keys back: an administrator is told.
  await button(admin.window, 'Recovery').click();
  await expect(admin.window.getByText(/^There are not two custodians/)).toBeVisible();
  await shot(admin.window, 'recovery');
  await holdALeaver(admin.window);
  await button(admin.window, 'Recertification').click();
  await button(admin.window, 'Open a campaign…').click();
  const opening = dialog(admin.window, 'Open a campaign');
  await field(opening, 'Name').fill('Spring');
  await opening.getByLabel('Last day').fill(new Date().toISOString().slice(0, 10));
  await button(opening, 'Open').click();
  const progress = admin.window.getByRole('status', { name: 'Progress of Spring' });
  await expect(progress).toContainText('3 posts: 0 kept, 0 removed, 2 not reviewed yet, 1 only lead stays', {
    timeout: 20_000,
  });

  await officer.goTo('Needs me');
  await button(officer.window, /^Reminder: Spring: 2 posts to keep or remove/).click();
  const list = officer.window.getByRole('grid', { name: 'Posts of Spring' });
  await list.getByRole('checkbox', { name: /^Tick Supervisor/ }).check();
  // Who loses what is said before anything is removed.
  await button(officer.window, 'Remove…').click();
  const removing = dialog(officer.window, 'Remove access');
  await expect(removing.getByRole('list', { name: 'What is removed' })).toContainText(
    'Supervisor, Kendal CID, in R v Rowan',
  );
  await shot(officer.window, 'removing');
  await button(removing, 'Cancel').click();
  await button(officer.window, 'Keep').click();
  await expect(list.getByText('Kept by DC Priya Nair')).toBeVisible();
  await expect(progress).toContainText('1 kept, 0 removed, 1 not reviewed yet');

  await writeFile(clock, String(2 * DAY));
  await expect(list.getByText('Removed: nobody reviewed it')).toBeVisible();
  await expect(list.getByText('Stays: the case has no other lead')).toBeVisible();
  await analyst.goTo('Cases');
  await expect(analyst.window.getByText('R v Rowan')).toHaveCount(0);
  await expect(progress).toContainText('1 kept, 0 removed, 1 removed unreviewed');
  expect(await admin.window.getByText('R v Rowan').count(), 'a word of the case with the administrator').toBe(0);

  await onAPastDay(officer);

  await analyst.goTo('Access');
  await button(analyst.window, 'Audit').click();
  await expect(analyst.window.getByText('What this cannot show')).toBeVisible();
  await shot(analyst.window, 'audit');
  const audit = analyst.window.getByRole('grid', { name: 'Audit' });
  await expect(audit.getByText(/^Ended access of Analyst, Kendal CID.*Not reviewed/)).toBeVisible();
  await expect(audit.getByText(/^Opened the recertification Spring/)).toBeVisible();
  // An auditor reads: no act of an administrator, and no answer, is theirs.
  await button(analyst.window, 'Recertification').click();
  await expect(button(analyst.window, 'Open a campaign…')).toHaveCount(0);
  await expect(button(analyst.window, 'Keep')).toHaveCount(0);
  await expect(button(analyst.window, 'Posts')).toHaveCount(0);
});

/** Who could see the case before the analyst's access ended, and what the analyst could see; and on a day before there was a case. */
async function onAPastDay(officer: Actor): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  await officer.openCase('R v Rowan');
  await button(officer.window, 'Who can see this').click();
  const now = officer.window.getByRole('table', { name: 'Who can see Working papers', exact: true });
  await expect(now).toBeVisible();
  await expect(now.getByRole('row', { name: /^Una Field/ })).toHaveCount(0);
  await field(officer.window, 'On a past day').fill(day);
  const then = officer.window.getByRole('table', { name: /^Who could see Working papers on/ });
  await expect(then.getByRole('row', { name: /^Una Field/ }).first()).toContainText('Analyst, Kendal CID');
  await expect(then.getByRole('row', { name: /^Una Field In an emergency/ })).toContainText('A child is missing');
  await shot(officer.window, 'who-on-a-past-day');
  await field(officer.window, 'On a past day').fill('2020-02-03');
  await expect(officer.window.getByText('Nobody could see it on 3 Feb 2020.').first()).toBeVisible();
  await field(officer.window, 'On a past day').fill(day);
  await then.getByRole('button', { name: 'Una Field' }).first().click();
  const una = officer.window.getByRole('article', { name: 'Una Field' });
  await expect(una.getByRole('table', { name: 'What Una Field can see', exact: true })).toHaveCount(0);
  await field(officer.window, 'On a past day').fill(day);
  await expect(una.getByRole('table', { name: /^What Una Field could see on/ })).toContainText('R v Rowan');
  await expect(una.getByText(/^Posts held on .*Analyst, Kendal CID/)).toBeVisible();
  await shot(officer.window, 'person-on-a-past-day');
}

/** What a picture of the screen is called, where somebody looks at it. */
const shot = async (window: Actor['window'], name: string): Promise<void> =>
  void (await window.screenshot({ path: test.info().outputPath(`${name}.png`) }));

/** What is kept of somebody who left is held for a reason, and let go again; both say first what follows. */
async function holdALeaver(window: Actor['window']): Promise<void> {
  await button(window, 'Joiners, movers, leavers').click();
  const kept = region(window, 'What is kept of leavers');
  await button(kept, 'Hold: Lena Farr').click();
  const holding = dialog(window, 'Hold what is kept of Lena Farr');
  await expect(holding.getByText(/this would be deleted: account, profile/)).toBeVisible();
  await field(holding, 'Reason').fill('Inquiry 12 asks for it.');
  await shot(window, 'hold');
  await button(holding, 'Hold').click();
  await expect(kept.getByText('Inquiry 12 asks for it.')).toBeVisible();
  await expect(kept.getByText('Not while it is held')).toBeVisible();
  await shot(window, 'held');
  await button(kept, 'Lift the hold: Lena Farr').click();
  const lifting = dialog(window, 'Lift the hold: Lena Farr');
  await shot(window, 'lift');
  await button(lifting, 'Lift the hold').click();
  await expect(button(kept, 'Hold: Lena Farr')).toBeVisible();
}

async function inAnEmergency(officer: Actor, analyst: Actor): Promise<void> {
  await analyst.goTo('Cases');
  await button(analyst.window, 'I need access in an emergency').click();
  await button(analyst.window, 'I need access in an emergency…').click();
  const asking = analyst.window.getByRole('alertdialog', { name: 'Access in an emergency' });
  await field(asking, 'Case').fill('R v Rowan');
  const found = asking.getByText(/^There is such a case\. It is with DC Priya Nair/);
  await expect(async () => {
    await button(asking, 'Find the case').click({ timeout: 1000 });
    await expect(found).toBeVisible({ timeout: 1000 });
  }, 'the case in the index').toPass({ timeout: 20_000 });
  await field(asking, 'Reason').fill('A child is missing; the last address is in there.');
  await shot(analyst.window, 'asking');
  await button(asking, 'Open it in an emergency').click();
  const mine = region(analyst.window, 'Opened by you');
  await expect(mine.getByText(/^Open until/)).toBeVisible();
  await shot(analyst.window, 'opened');
  await button(mine, 'Open the case').click();
  await expect(
    region(analyst.window, 'Emergency access').getByText('You opened this case in an emergency'),
  ).toBeVisible();
  await expect(analyst.window.getByText('What the officer wrote.')).toBeVisible();
  await shot(analyst.window, 'reading');

  const line = region(officer.window, 'Emergency access');
  await expect(line.getByText(/^Una Field .* A child is missing/)).toBeVisible();
  await shot(officer.window, 'told');
  await officer.goTo('Needs me');
  await expect(officer.window.getByText(/Una Field has opened this case in an emergency/).first()).toBeVisible();
  await shot(officer.window, 'needs');
  await officer.openCase('R v Rowan');
  await button(line, 'End it now').click();
  await expect(analyst.window.getByText('This case is not on this computer any more')).toBeVisible();
  await button(line, 'Judge…').click();
  const judging = officer.window.getByRole('dialog', { name: 'Was this emergency access justified?' });
  await choose(officer.window, judging, 'Your word', /^Justified/);
  await field(judging, 'Note').fill('The child was found.');
  await shot(officer.window, 'judging');
  await button(judging, 'Save').click();
  await expect(line).toBeHidden();
  await analyst.goTo('Access');
  await button(analyst.window, 'Emergency access').click();
  await expect(mine.getByText(/^Judged justified by DC Priya Nair/)).toBeVisible();
  await shot(analyst.window, 'judged');
}
