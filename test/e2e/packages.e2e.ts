/**
 * What becomes of a package, and of the Case file that goes live with it: released before anybody can receive it, withdrawn,
 * returned and answered, a file dropped from it. Both sides say the same, and say it again after a restart.
 */
import type { Locator } from '@playwright/test';
import { findings } from './axe.ts';
import { EVIDENCE, FILES, giveReason, pressRelease } from './evidence.ts';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { answerOpen, answerSave } from '../support/launch.ts';
import { check } from '../tools/verify/check.ts';
import { button, dialog, field, region } from './find.ts';
import { film, tone } from './recordings.ts';
import type { Desk, World } from './world.ts';
import { expect, test } from './world.ts';

const TITLE = 'R v Garside';
const TEXT = 'Statement.txt';

test.setTimeout(120_000);

async function caseWith(officer: Desk, world: World, ...names: string[]): Promise<void> {
  await officer.newCase({ title: TITLE });
  await officer.addFiles(await Promise.all(names.map((name) => world.makeFile(name, `The text of ${name}.`))));
  for (const name of names) await expect(officer.fileRow(name)).toContainText('On this computer');
}

const LIVE_THERE = /Live with Fellshire Prosecution Service since \d\d:\d\d/;
const LIVE_HERE = /Live with Fellshire Police since \d\d:\d\d/;
const shows = (desk: Desk) => desk.packageStatus();

test('released before anybody there has a computer: the first opens it later, a second while the officer is off', async ({
  world,
}) => {
  const officer = await world.desk('officer');
  await caseWith(officer, world, TEXT);
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.packageRow()).toContainText('Waiting: nobody at Fellshire Prosecution Service can receive yet');

  const first = await world.desk('prosecutor');
  await first.openInbox(TITLE);
  await expect(first.fileRow(TEXT, FILES)).toContainText('Ready to open');
  await expect(officer.packageRow()).toContainText('Delivered');
  await officer.showTab('Case file');
  await expect(officer.window.getByRole('tabpanel')).toContainText(LIVE_THERE);
  await officer.leave();

  const second = await world.desk('prosecutor2');
  await second.openInbox(TITLE);
  for (const desk of [first, second]) {
    await expect(desk.fileRow(TEXT, FILES)).toContainText(/Ready to open|Opened by/);
    const viewer = await desk.open(TEXT);
    await expect(viewer).toContainText(`The text of ${TEXT}.`);
    await expect(viewer).toContainText('Opening is recorded');
    await button(viewer, 'Close').click();
  }
  await expect(second.fileRow(TEXT, FILES)).toContainText('Opened by you');
  for (const desk of [first, second]) {
    await desk.openCase(TITLE, 'Case file');
    await expect(desk.window.getByRole('tabpanel')).toContainText(LIVE_HERE);
    await expect(desk.fileRow(TEXT)).toBeVisible();
  }
});

test('released before anybody there has a computer, and then the officer is off: a colleague’s computer does what is left', async ({
  world,
}) => {
  const [officer, colleague] = [await world.desk('officer'), await world.desk('officer2')];
  await caseWith(officer, world, TEXT);
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.fileRow(TEXT)).toContainText('Sent');
  await colleague.openCase(TITLE, 'Case file');
  const file = colleague.window.getByRole('tabpanel');
  await expect(file).toContainText(
    'Will be live with Fellshire Prosecution Service when the package has been delivered',
  );
  await officer.leave();

  const prosecutor = await world.desk('prosecutor');
  await prosecutor.openInbox(TITLE);
  await expect(prosecutor.fileRow(TEXT, FILES)).toContainText('Ready to open');
  await expect(file).toContainText(LIVE_THERE);
  await prosecutor.openCase(TITLE, 'Case file');
  await expect(prosecutor.window.getByRole('tabpanel')).toContainText(LIVE_HERE);
  await expect(prosecutor.fileRow(TEXT)).toContainText('DC Priya Nair');
  await colleague.write('Written by the colleague.');
  await expect(prosecutor.summaryBox()).toContainText('Written by the colleague.');
});

test('a person who is given another post while their window is open receives what a partner releases to it', async ({
  world,
}) => {
  const { servers } = world;
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await caseWith(officer, world, TEXT);
  const given = await servers.authority('prosecution', 'post', 'add', '--title', 'Duty lawyer', '--unit', 'Fellshire');
  const holder = ['--person', servers.people.prosecutor.id, '--post', String(given['id'])];
  await servers.authority('prosecution', 'person', 'hold-post', ...holder);
  await officer.release({ to: 'Duty lawyer' });
  await expect(officer.packageRow()).toContainText('Delivered');
  await prosecutor.openInbox(TITLE);
  await expect(prosecutor.fileRow(TEXT, FILES)).toContainText('Ready to open');
  await expect(await prosecutor.open(TEXT)).toContainText(`The text of ${TEXT}.`);
});

test('withdrawn before delivery nobody can fetch it; withdrawn after, it stays, marked; both sides say so, also after a restart', async ({
  world,
}) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await caseWith(officer, world, TEXT);
  prosecutor.cable.refuse(true);
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.packageRow()).toContainText('Sent');
  await button(officer.window, 'Show package').click();
  await officer.withdraw('Sent to the wrong post.');
  await expect(shows(officer)).toContainText('Withdrawn');
  // Nobody ever read its Case file, and nobody had written there: all is as it was before.
  await officer.openCase(TITLE, 'Case file');
  await expect(officer.window.getByRole('tabpanel')).toContainText('There is no Case file yet');
  prosecutor.cable.refuse(false);
  await prosecutor.openInbox('A package that never arrived');
  await expect(shows(prosecutor)).toContainText('Withdrawn');
  // Its keys are gone from the relay: not even what it held, or of which case it was, can be said here.
  for (const words of [TEXT, TITLE]) await expect(prosecutor.window.getByRole('main')).not.toContainText(words);

  await officer.openCase(TITLE);
  await officer.addFiles([await world.makeFile('Second.txt', 'The text of Second.txt.')]);
  await expect(officer.fileRow('Second.txt')).toContainText('On this computer');
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.fileRow('Second.txt')).toContainText('Delivered');
  await button(officer.window, 'Show package').first().click();
  await officer.withdraw('It names somebody it should not.');
  await expect(shows(officer)).toContainText('Withdrawn');
  await prosecutor.goTo('Inbox');
  const received = prosecutor.window.getByRole('grid', { name: 'Inbox' }).getByRole('row', { name: /R v Garside/ });
  await expect(received).toHaveCount(2); // the second comes over the network
  await received.last().click();
  await expect(shows(prosecutor)).toContainText('Withdrawn');
  await expect(prosecutor.window.getByRole('main')).toContainText(/un-?seen/);
  await expect(button(prosecutor.fileRow('Second.txt', FILES), 'Open')).toBeEnabled();
  await prosecutor.openCase(TITLE, 'Case file');
  await expect(prosecutor.window.getByRole('tabpanel')).toContainText(LIVE_HERE);
  await expect(prosecutor.fileRow('Second.txt')).toBeVisible();
  await expect(prosecutor.fileRow(TEXT)).toBeHidden();

  await prosecutor.leave();
  const again = await world.restart(prosecutor);
  await again.unlock();
  await again.openInbox(TITLE);
  await expect(shows(again)).toContainText('Withdrawn');
});

test('a new version replaces, a redacted copy derives, and a file that was sent in error is destroyed there', async ({
  world,
}) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await caseWith(officer, world, TEXT, 'Names.txt');
  await officer.release({ to: 'Charging lawyer' });
  await prosecutor.openInbox(TITLE);
  for (const name of [TEXT, 'Names.txt']) await expect(prosecutor.fileRow(name, FILES)).toContainText('Ready to open');

  const make = async (from: string, way: string, name: string): Promise<void> => {
    await button(officer.fileRow(from), /^(Details|Receipts)/).click();
    const details = dialog(officer.window, 'File');
    await answerOpen(officer.computer, [await world.makeFile(name, `The text of ${name}.`)]);
    await button(details, way).click();
    await expect(region(details, 'Versions and copies').getByRole('listitem').filter({ hasText: name })).toBeVisible();
    await button(details, 'Close').click();
  };
  await make(TEXT, 'Add new version…', 'Statement signed.txt');
  await make('Names.txt', 'Add redacted copy…', 'Names redacted.txt');
  await expect(officer.fileRow(TEXT)).toContainText('Replaced by version 2');
  await button(officer.window, 'Release').click();
  const asked = dialog(officer.window, 'Release');
  for (const name of ['Statement signed.txt, version 2', 'Names redacted.txt'])
    await expect(asked.getByRole('checkbox', { name, exact: true })).toBeChecked();
  await expect(asked.getByRole('checkbox', { name: TEXT, exact: true })).not.toBeChecked();
  await expect(asked).toContainText('Statement signed.txt, version 2: it replaces version 1, which they have');
  await pressRelease(asked);
  await prosecutor.openCase(TITLE, 'Case file');
  await expect(prosecutor.fileRow(TEXT)).toContainText('Replaced by version 2');
  await expect(prosecutor.fileRow('Statement signed.txt, version 2')).toContainText('Version 2');

  await button(officer.window, 'Show package').last().click();
  await button(officer.fileRow('Names.txt', FILES), /^Receipts/).click();
  await button(dialog(officer.window, 'File'), 'Sent in error…').click();
  await giveReason(officer.window, 'Sent in error', 'This file was sent in error', 'It names somebody else.');
  const said = 'Sent in error: 1 of 1 device has destroyed it';
  await expect(officer.fileRow('Names.txt', FILES)).toContainText(said);
  const report = region(officer.window, 'Sent in error');
  await expect(report).toContainText('Every computer that could hold it has signed that it destroyed its copy.');
  await expect(report).toContainText('It names somebody else.');
  await prosecutor.openInbox(TITLE);
  const gone = prosecutor.fileRow('Names.txt', FILES);
  await expect(gone).toContainText('Destroyed on this computer');
  await expect(gone).toContainText('Was delivered here');
  await expect(button(gone, 'Open')).toBeDisabled();
  await expect(button(prosecutor.fileRow(TEXT, FILES), 'Open')).toBeEnabled();

  // The space of what is safe elsewhere is given back, and a file comes again when it is opened.
  await prosecutor.openCase(TITLE, 'Case file');
  await button(prosecutor.window, 'Off line…').click();
  const space = dialog(prosecutor.window, 'Files on this computer');
  await button(space, 'Free space').click();
  await expect(space).toContainText(/freed: 3 files dropped/);
  await expect(space.getByRole('radio', { name: 'Fetch a file when it is opened' })).toBeChecked();
  await button(space, 'Close').click();
  await expect(prosecutor.fileRow(TEXT)).toContainText('Not kept on this computer: fetch');
  await expect(await prosecutor.open(TEXT, EVIDENCE)).toContainText(`The text of ${TEXT}.`);

  // The history of all that, filtered and taken out.
  await officer.goTo('Transfers');
  await button(officer.window, 'History').click();
  const history = officer.window.getByRole('grid', { name: 'Transfer history' });
  await expect(history.getByRole('row', { name: /Names\.txt/ })).toContainText('Sent in error');
  await field(officer.window, 'Find').fill('statement signed');
  await expect(history.getByRole('row', { name: /Statement signed/ })).toContainText('Delivered');
  await expect(history.getByRole('row', { name: /Names/ })).toHaveCount(0);
  expect(await findings(officer.window)).toEqual([]);
  const saved = path.join(world.dir, 'transfers.csv');
  await answerSave(officer.computer, saved);
  await button(officer.window, 'Export as CSV…').click();
  await officer.window.getByText('1 row saved.').waitFor();
  expect((await readFile(saved, 'utf8')).split('\r\n')).toHaveLength(3);
});

test('returned with a reason, the officer sees what needs them, and answers with a new package that is accepted', async ({
  world,
}) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await caseWith(officer, world, TEXT);
  await officer.release({ to: 'Charging lawyer' });
  await prosecutor.openInbox(TITLE);
  await expect(prosecutor.fileRow(TEXT, FILES)).toContainText('Ready to open');
  await prosecutor.returnPackage('The statement is not signed.');
  await expect(shows(prosecutor)).toContainText('Returned: The statement is not signed.');

  await officer.goTo('Needs me');
  const need = officer.window.getByRole('row', { name: `${TITLE}, charging decision` });
  await expect(need).toContainText(/Returned by .+: The statement is not signed\./);
  await need.focus();
  await officer.window.keyboard.press('Enter');
  await expect(shows(officer)).toContainText('Returned: The statement is not signed.');
  await officer.openCase(TITLE);
  await officer.addFiles([await world.makeFile('Signed.txt', 'Signed now.')]);
  await expect(officer.fileRow('Signed.txt')).toContainText('On this computer');
  await button(officer.window, 'Show package').click();
  await button(officer.window, 'Answer with a new package').click();
  const asked = dialog(officer.window, 'Answer with a new package');
  await pressRelease(asked);
  await officer.goTo('Needs me');
  await expect(officer.window.getByText('Nothing needs you')).toBeVisible();

  await prosecutor.goTo('Inbox');
  const received = prosecutor.window.getByRole('grid', { name: 'Inbox' }).getByRole('row', { name: /R v Garside/ });
  await expect(received).toHaveCount(2); // the second comes over the network
  await received.last().click();
  await expect(prosecutor.window.getByText('It answers an earlier package of this case.')).toBeVisible();
  await expect(prosecutor.fileRow('Signed.txt', FILES)).toContainText('Ready to open');
  await prosecutor.accept();
  await expect(shows(prosecutor)).toContainText('Accepted');
  await officer.openCase(TITLE);
  const sent = officer.window.getByRole('grid', { name: 'Packages', exact: true }).getByRole('row');
  await expect(sent.filter({ hasText: 'Accepted' })).toHaveCount(1);
  await expect(sent.filter({ hasText: 'Returned' })).toHaveCount(1);
});

test('an older package that arrives later takes neither what is read nor the row that the keys are on', async ({
  world,
}) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  const { window } = prosecutor;
  const inbox = window.getByRole('grid', { name: 'Inbox' });
  const row = (title: string): Locator => inbox.getByRole('row', { name: new RegExp(`^${title}`) });
  const reads = (title: string): Promise<void> =>
    expect(window.getByRole('article').getByRole('heading', { name: new RegExp(title) })).toBeVisible();
  // Released first, and held back until the other has arrived.
  await officer.newCase({ title: 'R v Early' });
  await officer.addFiles([await world.makeFile(TEXT, 'A text.')]);
  await expect(officer.fileRow(TEXT)).toContainText('On this computer');
  officer.cable.refuse(true);
  await expect(officer.statusBar()).toContainText('Offline');
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.packageRow()).toContainText('Waiting to send');
  const colleague = await world.desk('officer2');
  await colleague.newCase({ title: 'R v Later' });
  await colleague.addFiles([await world.makeFile('Other.txt', 'Another.')]);
  await expect(colleague.fileRow('Other.txt')).toContainText('On this computer');
  await colleague.release({ to: 'Charging lawyer' });
  await prosecutor.goTo('Inbox');
  await reads('R v Later');
  await row('R v Later').focus();

  officer.cable.refuse(false);
  await button(officer.statusBar(), 'Try now').click();
  await expect(officer.statusBar()).toContainText('Connected');
  await expect(row('R v Early')).toBeVisible();
  await reads('R v Later');
  await expect(row('R v Later')).toHaveAttribute('aria-selected', 'true');
  // Out of the list and back: to the same row. One up: the one that came.
  await window.keyboard.press('Shift+Tab');
  await window.keyboard.press('Tab');
  await expect(row('R v Later')).toBeFocused();
  await window.keyboard.press('ArrowUp');
  await expect(row('R v Early')).toBeFocused();
  await window.keyboard.press('Enter');
  await reads('R v Early');
  await row('R v Later').click();
  await reads('R v Later');
});

test('a recording is played in its place, and gone to at once; that is an opening', async ({ world }) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.newCase({ title: TITLE });
  const call = await world.makeFile('999 call.wav', tone(60));
  const camera = await world.makeFile('CCTV.webm', await film(officer.window));
  await officer.addFiles([call, camera]);
  for (const name of ['999 call.wav', 'CCTV.webm'])
    await expect(officer.fileRow(name)).toContainText('On this computer');
  await officer.release({ to: 'Charging lawyer' });
  await prosecutor.openInbox(TITLE);
  for (const name of ['999 call.wav', 'CCTV.webm'])
    await expect(prosecutor.fileRow(name, FILES)).toContainText('Ready to open');

  const sound = await prosecutor.open('999 call.wav');
  const audio = sound.locator('audio');
  await expect.poll(() => audio.evaluate((one: HTMLAudioElement) => one.duration)).toBe(60);
  await button(sound, 'On 10 s').click();
  await expect.poll(() => audio.evaluate((one: HTMLAudioElement) => one.currentTime)).toBe(10);
  const heard = await audio.evaluate(async (one: HTMLAudioElement) => {
    one.currentTime = 48;
    await one.play();
    await new Promise((moved) => one.addEventListener('timeupdate', moved, { once: true }));
    one.pause();
    return one.currentTime;
  });
  expect(heard).toBeGreaterThanOrEqual(48);
  await expect(sound).toContainText('Opening is recorded');
  await button(sound, 'Close').click();

  const pictures = await prosecutor.open('CCTV.webm');
  await expect
    .poll(() => pictures.locator('video').evaluate((one: HTMLVideoElement) => [one.readyState >= 2, one.videoWidth]))
    .toEqual([true, 160]);
  await expect(pictures).toContainText('Opening is recorded');
  await button(pictures, 'Close').click();
  await expect(officer.fileRow('999 call.wav')).toContainText('Opened by Helen Marsh');
  await expect(officer.fileRow('CCTV.webm')).toContainText('Opened by Helen Marsh');
});

test('a receipt says who, when and on which computer, and shows its proof', async ({ world }) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await caseWith(officer, world, TEXT);
  await officer.release({ to: 'Charging lawyer' });
  await prosecutor.openInbox(TITLE);
  await expect(prosecutor.fileRow(TEXT, FILES)).toContainText('Ready to open');
  const viewer = await prosecutor.open(TEXT);
  await expect(viewer).toContainText('Opening is recorded');
  await expect(officer.fileRow(TEXT)).toContainText('Opened by Helen Marsh, Fellshire Prosecution Service');
  await button(officer.fileRow(TEXT), /^Receipts/).click();
  const details = dialog(officer.window, 'File');
  await expect(details).toContainText('on prosecutor’s laptop');
  await button(details, 'Show proof').first().click();
  await expect(details).toContainText('Verified just now with the computer’s key');

  const passport = path.join(world.dir, 'passport.json');
  await expect(region(details, 'Integrity passport')).toContainText('Delivered whole, hash verified');
  await answerSave(officer.computer, passport);
  await button(details, 'Save passport…').click();
  await expect(details).toContainText('The passport was saved.');
  const sent = path.join(world.dir, 'files', TEXT);
  expect((await check(sent, passport, {})).text).toContain('Everything holds');
  const paper = path.join(world.dir, 'passport.pdf');
  await answerSave(officer.computer, paper);
  await button(details, 'Save as PDF…').click();
  await expect(details).toContainText('The PDF was saved.');
  expect((await readFile(paper)).subarray(0, 5).toString()).toBe('%PDF-');
});

test('a file with a Problem is dropped on a recorded reason, and the rest goes on', async ({ world }) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await caseWith(officer, world, TEXT, 'Other.txt');
  officer.cable.refuse(true);
  await officer.release({ to: 'Charging lawyer' });
  await world.spoilEvidence(officer);
  officer.cable.refuse(false);
  await button(officer.window, 'Show package').click();
  for (const name of [TEXT, 'Other.txt']) await expect(officer.fileRow(name, FILES)).toContainText('Problem');
  await officer.goTo('Needs me');
  const need = officer.window.getByRole('row', { name: `${TITLE}, charging decision` });
  await expect(need).toContainText(/^Problem: .+ \(2 files\)/);
  await need.dblclick();
  await button(officer.fileRow(TEXT, FILES), 'Drop…').click();
  await giveReason(officer.window, 'Drop file', 'Drop this file from the package', 'It is damaged here.');
  await expect(officer.fileRow(TEXT, FILES)).toContainText(/Withdrawn|left out/);
  await expect(officer.window.getByRole('main')).toContainText('It is damaged here.');
  await prosecutor.openInbox(TITLE);
  await expect(prosecutor.window.getByRole('main')).toContainText('It is damaged here.');
});

test('Send when: a time in the future waits and says for what; what is added meanwhile stays behind', async ({
  world,
}) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await caseWith(officer, world, TEXT);
  await button(officer.window, 'Release').click();
  const asked = dialog(officer.window, 'Release');
  await asked.getByText('When all of these hold').click();
  await asked.getByText('Not before a time').click();
  await asked.getByLabel('Not before', { exact: true }).fill('2031-01-02T08:00');
  await field(asked, 'Note to the receiver').fill('For the new year.');
  await pressRelease(asked);
  await expect(officer.packageRow()).toContainText('Waiting to send');
  await officer.addFiles([await world.makeFile('Late.txt', 'Added later.')]);
  await expect(officer.fileRow('Late.txt', EVIDENCE)).toContainText('On this computer');
  await expect(officer.fileRow(TEXT, EVIDENCE)).toContainText('Waiting to send');
  await expect(prosecutor.statusBar()).toContainText('Nothing of yours waiting');
  await prosecutor.goTo('Inbox');
  await expect(prosecutor.window.getByText('Nothing has been released to your posts')).toBeVisible();
});
