/**
 * Leaving and coming back: pausing, the question before quitting with unsent work, and the same words after a restart.
 */
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { cp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { DatabaseSync } from 'node:sqlite';
import { runJson } from '../support/programs.ts';
import { PASSPHRASE } from './actors.ts';
import { findings } from './axe.ts';
import { closeViewer, EVIDENCE, FILES } from './evidence.ts';
import { button, choose, dialog, row } from './find.ts';
import { camera, secondShown } from './recordings.ts';
import type { World } from './world.ts';
import { expect, test } from './world.ts';

const TITLE = 'R v Garside';
const NAME = 'cctv.bin';
const VIDEO = 'CCTV.webm';
const URGENT = 'Urgent note.txt';
const MiB = 1024 * 1024;

test.setTimeout(120_000);

test('paused, quit after a warning, opened again: the same words, and it goes on when it is resumed', async ({
  world,
}) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.newCase({ title: TITLE });
  await officer.addFiles([await world.makeFile(VIDEO, await camera(officer.window, 180))]);
  await expect(officer.fileRow(VIDEO)).toContainText('On this computer');
  officer.cable.slow(MiB);
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.fileRow(VIDEO)).toContainText('Sending');
  // What is urgent and comes later overtakes the video.
  await officer.addFiles([await world.makeFile(URGENT, 'He was seen again at 14:02.')]);
  await expect(officer.fileRow(URGENT)).toContainText('On this computer');
  await officer.release({ to: 'Charging lawyer', urgency: 'Urgent' });
  await expect(officer.fileRow(URGENT)).toContainText('Delivered');
  await expect(officer.fileRow(VIDEO)).toContainText('Sending');
  // How far, how fast, and for how long yet: of the case, of the package, of all.
  const main = officer.window.getByRole('main');
  const ways = /MB of 31 MB · [\d.]+ [KM]B\/s · about \d+ (s|min) left/;
  await expect(officer.fileRow(VIDEO)).toContainText(ways);
  await expect(main.getByRole('progressbar', { name: 'Files of this case' })).toContainText(ways);
  await expect(main.getByRole('grid', { name: 'Packages' })).toContainText(ways);
  await officer.goTo('Transfers');
  await expect(main).toContainText(/1 file, \d+ MB to go at [\d.]+ [KM]B\/s, about \d+ (s|min) left/);
  await button(row(officer.window, 'Transfers', VIDEO), 'Pause').click();
  await expect(row(officer.window, 'Transfers', VIDEO)).toContainText('Paused');
  const paused = /Sending \d+%/.exec((await officer.fileWords(VIDEO, 'Transfers')).join(' '))?.[0] ?? 'no such word';

  void officer.computer.app.evaluate((electron) => electron.app.quit()).catch(() => undefined);
  const warning = officer.window.getByRole('alertdialog', { name: 'Not everything has been sent' });
  await expect(warning).toContainText('1 file');
  await button(warning, 'Stay').click();
  await expect(warning).toBeHidden();
  await officer.leave();

  officer.cable.slow(null);
  const again = await world.restart(officer);
  await again.unlock();
  await again.openCase(TITLE);
  await expect(again.fileRow(VIDEO, EVIDENCE)).toContainText(paused);
  await expect(again.fileRow(VIDEO, EVIDENCE)).toContainText('Paused');
  await button(again.fileRow(VIDEO, EVIDENCE), 'Resume').click();
  await expect(again.fileRow(VIDEO, EVIDENCE)).toContainText('Delivered', { timeout: 60_000 });
  await prosecutor.openInbox(TITLE);
  await expect(prosecutor.fileRow(VIDEO, FILES)).toContainText('Ready to open');
  const viewer = await prosecutor.open(VIDEO);
  await expect.poll(() => secondShown(viewer.locator('video'))).toBe(0);
  await expect(viewer).toContainText('Opening is recorded');
  await closeViewer(viewer);

  await again.leave();
  const third = await world.restart(again);
  await third.unlock();
  await third.openCase(TITLE);
  await expect(third.fileRow(VIDEO, EVIDENCE)).toContainText('Opened by Helen Marsh');
});

test('Pause all holds everything, says so in the status bar, and Resume all lets it go', async ({ world }) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.newCase({ title: TITLE });
  await officer.addFiles([await world.makeFile('One.txt', 'one'), await world.makeFile('Two.txt', 'two')]);
  await expect(officer.fileRow('Two.txt')).toContainText('On this computer');
  await officer.goTo('Transfers');
  await button(officer.window, 'Pause all').click();
  await expect(officer.statusBar()).toContainText('all transfers paused');
  await officer.openCase(TITLE);
  await officer.release({ to: 'Charging lawyer' });
  for (const name of ['One.txt', 'Two.txt']) await expect(officer.fileRow(name)).toContainText('Paused');
  await officer.goTo('Transfers');
  await button(officer.window, 'Resume all').click();
  await officer.openCase(TITLE);
  for (const name of ['One.txt', 'Two.txt']) await expect(officer.fileRow(name)).toContainText('Delivered');

  await test.step('on a link that a person calls metered files wait, with the reason, and go on once when told so', async () => {
    await officer.goTo('Transfers');
    await setLink(officer.window, 'Wait while the link is metered or slow', true);
    await officer.openCase(TITLE);
    await officer.addFiles([await world.makeFile('Call.bin', 'what was said')]);
    await expect(officer.fileRow('Call.bin')).toContainText('On this computer');
    await officer.release({ to: 'Charging lawyer' });
    await expect(officer.fileRow('Call.bin')).toContainText('Waiting: metered or slow link');
    await officer.goTo('Transfers');
    await expect(officer.window.getByText('Files wait: this link is metered.')).toBeVisible();
    await officer.window.screenshot({ path: test.info().outputPath('held.png') });
    await button(officer.window, 'Go on this once').click();
    await expect(officer.window.getByText('Files go on over this metered link')).toBeVisible();
    await setLink(officer.window, 'Go on', false);
    await officer.openCase(TITLE);
    await expect(officer.fileRow('Call.bin')).toContainText('Delivered');
  });

  await test.step('on a full disk what is received says so, and comes by itself once there is room', async () => {
    const room = smallDiskAt(path.join(prosecutor.computer.profile, 'evidence'));
    if (room === null) return;
    try {
      await officer.addFiles([await world.makeFile('Film.bin', MiB)]);
      await expect(officer.fileRow('Film.bin')).toContainText('On this computer');
      await officer.release({ to: 'Charging lawyer' });
      await prosecutor.goTo('Transfers');
      const film = row(prosecutor.window, 'Transfers', /^Film\.bin/);
      await expect(film).toContainText('Waiting: this disk is full; free some space', { timeout: 30_000 });
      await prosecutor.window.screenshot({ path: test.info().outputPath('full.png') });
      await prosecutor.goTo('Needs me');
      await prosecutor.window.screenshot({ path: test.info().outputPath('full-needs.png') });
      await prosecutor.goTo('Inbox');
      const why = prosecutor.window.getByText('Waiting: this disk is full; free some space').first();
      await expect(why).toBeVisible();
      await prosecutor.window.screenshot({ path: test.info().outputPath('full-inbox.png') });
      room.grow();
      await expect(officer.fileRow('Film.bin')).toContainText('Delivered', { timeout: 60_000 });
    } finally {
      room.end();
    }
  });

  await test.step('over a quota the file names which, once, and what to do; raised, it goes', async () => {
    await quota(world, '1KiB');
    await officer.addFiles([await world.makeFile('Three.bin', MiB)]);
    await expect(officer.fileRow('Three.bin')).toContainText('On this computer');
    await officer.release({ to: 'Charging lawyer' });
    const three = officer.fileRow('Three.bin');
    await expect(three).toContainText('over the quota for your organisation; ask your administrator for more room', {
      timeout: 60_000,
    });
    await expect(three).toContainText('Waiting to send: no room at the relay');
    await quota(world, 'default');
    await expect(three).toContainText('Delivered', { timeout: 60_000 });
  });

  await test.step('where not even the package fits, that is said too, and not that other files go first', async () => {
    await quota(world, '1KiB', 'intake');
    await officer.addFiles([await world.makeFile('Four.txt', 'four')]);
    await expect(officer.fileRow('Four.txt')).toContainText('On this computer');
    await officer.release({ to: 'Charging lawyer' });
    const four = officer.fileRow('Four.txt');
    await expect(four).toContainText('Waiting to send: over the quota for this post', { timeout: 60_000 });
    await expect(officer.statusBar()).toContainText('not sent: over a quota at the relay');
    await quota(world, 'default', 'intake');
    await expect(four).toContainText('Delivered', { timeout: 60_000 });
    await expect(officer.statusBar()).not.toContainText('quota');
  });
});

/** Puts a folder, as it is, on a disk that is smaller than what is to be left free; null where nothing may be mounted. */
function smallDiskAt(folder: string): { readonly grow: () => void; readonly end: () => void } | null {
  const aside = `${folder} aside`;
  cpSync(folder, aside, { recursive: true });
  const mount = (options: string): void =>
    void execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'joinder', folder], { stdio: 'pipe' });
  try {
    mount('size=64m,mode=700');
  } catch {
    console.log('not tried here: a full disk, since nothing may be mounted');
    return null;
  }
  cpSync(aside, folder, { recursive: true });
  return {
    grow: () => mount('remount,size=2g'),
    end: () => void execFileSync('umount', ['-l', folder], { stdio: 'pipe' }),
  };
}

/** What this computer does on a metered link, and whether a person says that its own is one. */
async function setLink(window: Page, hold: string, metered: boolean): Promise<void> {
  await button(window, 'Limits…').click();
  const asked = dialog(window, 'Limits for transfers');
  await choose(window, asked, 'On a metered or slow link', hold);
  await asked.getByText('The link of this computer is metered').click();
  await expect(asked.getByRole('checkbox', { name: 'The link of this computer is metered' })).toBeChecked({
    checked: metered,
  });
  await window.screenshot({ path: test.info().outputPath('limits.png') });
  await button(asked, 'Save limits').click();
}

/** What each organisation may keep at the relay, which reads it as it starts. */
async function quota({ dir, servers }: World, size: string, of: 'total' | 'intake' = 'total'): Promise<void> {
  const data = path.join(dir, 'relay');
  await servers.kill('relay');
  const { quotas } = await runJson('relay', 'quota', 'list', '--data', data);
  for (const org of new Set((quotas as readonly { readonly org: string }[]).map((one) => one.org)))
    await runJson('relay', 'quota', 'set', org, size, '--of', of, '--data', data);
  await servers.restart('relay');
}

test('locked, nothing of a case is on the screen; unlocked, everything is as it was', async ({ world }) => {
  const officer = await world.desk('officer');
  await officer.newCase({ title: TITLE });
  await officer.write('Under lock and key.');
  await officer.whenSaved();
  await officer.lock();
  await expect(officer.window.getByRole('heading', { name: 'Unlock' })).toBeVisible();
  expect(await officer.window.content()).not.toMatch(/Garside|Under lock/);
  await officer.unlock();
  await officer.openCase(TITLE);
  await expect(officer.summaryBox()).toContainText('Under lock and key.');
});

test('another relay at the same address is sent nothing; the status bar says so, and whom to ask', async ({
  world,
}) => {
  const officer = await world.desk('officer');
  await officer.newCase({ title: TITLE });
  await expect(officer.statusBar()).toContainText('Connected');
  await world.servers.kill('relay');
  await expect(officer.statusBar()).toContainText('Offline: relay unreachable');
  await giveAnotherKey(path.join(world.dir, 'relay'));
  await world.servers.restart('relay');
  await expect(officer.statusBar()).toContainText('Offline: another relay answers', { timeout: 40_000 });
  await expect(officer.statusBar()).toContainText('Nothing of yours was sent to it; ask your administrator');
  await officer.write('Written all the same.');
  await officer.whenSaved();
});

test('a case store that does not open is said, with what is safe; put aside, it is filled again from journal and relay', async ({
  world,
}) => {
  const officer = await world.desk('officer');
  await officer.newCase({ title: TITLE });
  await officer.write('Sent. ');
  await officer.whenSaved();
  await expect(officer.statusBar()).toContainText('Nothing of yours waiting');
  officer.cable.refuse(true);
  await officer.write('Not sent.');
  await officer.whenSaved();
  await officer.leave();

  const store = path.join(officer.computer.profile, 'Partitions', 'sync', 'IndexedDB');
  await rename(store, `${store} put aside`);
  await writeFile(store, 'no folder, so that nothing can be made in it');
  const again = await world.restart(officer);
  await again.tryPassphrase(PASSPHRASE);
  const main = again.window.getByRole('main');
  await expect(main).toContainText('Your cases cannot be shown');
  await expect(main).toContainText('their store cannot be read.');
  await expect(main).toContainText('Nothing that said Saved is lost');
  await expect(again.statusBar()).toContainText('Not at work: the case store cannot be read');
  expect(await findings(again.window)).toEqual([]);
  await button(main, 'Retry').click();
  await expect(button(main, 'Retry')).toBeEnabled();

  await rm(store);
  await button(main, 'Retry').click();
  await again.opened();
  await expect(main).toContainText('case store was found empty');
  await expect(main).toContainText(/From the journal: \d+ entr/);
  await expect(main).toContainText('From the relay: waits for the link.');
  expect(await findings(again.window)).toEqual([]);
  again.cable.refuse(false);
  await again.openCase(TITLE);
  await expect(again.summaryBox()).toContainText('Sent. Not sent.');
  await expect(main).toContainText('Nothing is missing any more.');
});

test('a relay that is put back from a copy is given again what it lost, and the words say so', async ({ world }) => {
  const officer = await world.desk('officer');
  await officer.newCase({ title: TITLE });
  await officer.write('Before the copy. ');
  await officer.whenSaved();
  await expect(officer.statusBar()).toContainText('Nothing of yours waiting');
  const relay = path.join(world.dir, 'relay');
  await world.servers.kill('relay');
  await cp(relay, `${relay} copy`, { recursive: true });
  await world.servers.restart('relay');

  await expect(officer.statusBar()).toContainText('Connected', { timeout: 40_000 });
  await officer.write('After it.');
  await officer.addFiles([await world.makeFile(NAME, 24 * MiB)]);
  await expect(officer.fileRow(NAME)).toContainText('On this computer');
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.fileRow(NAME)).toContainText('Sent', { timeout: 60_000 });
  await world.servers.kill('relay');
  await rm(relay, { recursive: true });
  await rename(`${relay} copy`, relay);
  await runJson('relay', 'restore', '--data', relay);
  officer.cable.slow(2 * MiB);
  await world.servers.restart('relay');
  await expect(officer.fileRow(NAME)).toContainText(/Relay restored: sending again \d+%/, { timeout: 60_000 });
  await expect(officer.fileRow(NAME)).toContainText('Sent');
  await expect(officer.window.getByRole('main')).toContainText('The relay was put back from a copy.');
  officer.cable.slow(null);
  await expect(officer.fileRow(NAME)).not.toContainText('Relay restored', { timeout: 60_000 });

  const prosecutor = await world.desk('prosecutor');
  await prosecutor.openInbox(TITLE);
  await expect(prosecutor.fileRow(NAME, FILES)).toContainText('Ready to open', { timeout: 60_000 });
  await prosecutor.openCase(TITLE, 'Case file');
  await expect(prosecutor.summaryBox()).toContainText('Before the copy. After it.');
  await expect(officer.fileRow(NAME)).toContainText('Delivered');
});

/** As if somebody had put a relay of their own in the place of ours, with everything but its key. */
async function giveAnotherKey(relay: string): Promise<void> {
  await rm(path.join(relay, 'relay.key'));
  const db = new DatabaseSync(path.join(relay, 'relay.sqlite'));
  db.exec("DELETE FROM settings WHERE name = 'relay key'");
  db.close();
}
