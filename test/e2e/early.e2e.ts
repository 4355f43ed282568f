/**
 * Looking at what has not arrived: with the way down held after three tenths of a video and of a long document, going
 * to four fifths shows that very picture and that page after fetching the chunks in which they lie, counted on the wire.
 */
import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { chunkSizeFor } from '../../electron/evidence/format.ts';
import { closeViewer, FILES, giveReason } from './evidence.ts';
import { within } from '../support/within.ts';
import { button, dialog } from './find.ts';
import { camera, scan, secondShown } from './recordings.ts';
import type { Desk } from './world.ts';
import { test } from './world.ts';

const TITLE = 'Burglary, 12 Mill Lane';
const MiB = 1024 * 1024;
/** About 31 MiB: as many chunks as fit before they get larger. */
const SECONDS = 180;

test.setTimeout(180_000);

/** Stops the way down after so many bytes more, and pauses this file before anything else comes. */
async function hold({ cable, ...person }: Desk, name: string, bytes: number): Promise<void> {
  await cable.whenBytes('down', cable.bytes('down') + bytes);
  cable.stall(true);
  const row = person.fileRow(name, FILES);
  await button(row, 'Pause').click();
  await expect(row).toContainText('Paused');
  cable.stall(false);
}

/** Opens what has not arrived and goes somewhere in it; answers how many bytes came for that. */
async function early(
  { cable, ...person }: Desk,
  name: string,
  go: (viewer: Locator) => Promise<void>,
): Promise<number> {
  const before = cable.bytes('down');
  const viewer = await person.open(name);
  await expect(viewer).toContainText(/Arriving \d+%/);
  await go(viewer);
  await expect(viewer).toContainText('Viewing is recorded');
  const came = cable.bytes('down') - before;
  await button(viewer, 'Close').click();
  await expect(person.fileRow(name, FILES)).toContainText('Paused');
  return came;
}

test('a video and a long document are gone to before they have arrived', async ({ world }) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  const files = { 'CCTV.webm': await camera(officer.window, SECONDS), 'Scanned file.pdf': scan(300) };
  const paths: string[] = [];
  for (const [name, bytes] of Object.entries(files)) paths.push(await world.makeFile(name, bytes));
  await officer.newCase({ title: TITLE });
  await officer.addFiles(paths);
  for (const name of Object.keys(files)) await expect(officer.fileRow(name)).toContainText('On this computer');
  prosecutor.cable.slow(8 * MiB);
  await officer.release({ to: 'Charging lawyer' });
  await prosecutor.openInbox(TITLE);

  // The smaller comes first, and its rest makes way for the other's beginning.
  await hold(prosecutor, 'CCTV.webm', 0.3 * files['CCTV.webm'].length);
  await hold(prosecutor, 'Scanned file.pdf', 0.3 * files['Scanned file.pdf'].length);

  const film = await early(prosecutor, 'CCTV.webm', async (viewer) => {
    const video = viewer.locator('video');
    // As soon as there is a place to go to.
    const seconds = video.evaluate(async (one: HTMLVideoElement) => {
      if (one.readyState === 0)
        await new Promise((known) => one.addEventListener('loadedmetadata', known, { once: true }));
      one.currentTime = 0.8 * one.duration + 0.5;
      return one.duration;
    });
    expect(await within('what the film is', seconds)).toBe(SECONDS);
    await expect.poll(() => secondShown(video), { timeout: 30_000 }).toBe(0.8 * SECONDS);
    // With no link, what has not come is not waited for without a word.
    prosecutor.cable.refuse(true);
    await expect(viewer).toContainText('What has not arrived cannot be shown until there is a link');
    prosecutor.cable.refuse(false);
    await expect(viewer).toContainText('What you look at is fetched', { timeout: 30_000 });
  });
  atMost(4, film, files['CCTV.webm'].length);

  const pages = await early(prosecutor, 'Scanned file.pdf', async (viewer) => {
    const page = viewer.getByRole('textbox', { name: 'Page, of 300' });
    await page.fill('240');
    await page.press('Enter');
    await expect(viewer.getByText('Page 240', { exact: true })).toBeAttached();
    await expect(page).toHaveValue('240');
  });
  atMost(4, pages, files['Scanned file.pdf'].length);

  await test.step('what is open says when it has arrived, and seeing it is an opening from then on', async () => {
    const row = prosecutor.fileRow('CCTV.webm', FILES);
    await button(row, 'Resume').click();
    const viewer = await prosecutor.open('CCTV.webm');
    await expect(viewer).toContainText(/Arriving \d+%/);
    await expect.poll(() => secondShown(viewer.locator('video'))).toBe(0);
    prosecutor.cable.slow(null);
    await expect(viewer).toContainText('Opening is recorded', { timeout: 30_000 });
    await expect(viewer).not.toContainText(/Arriving|fetched/);
    await expect(officer.fileRow('CCTV.webm')).toContainText('Opened by Helen Marsh');
  });

  await test.step('what is open and was sent in error leaves the screen', async () => {
    await button(officer.window, 'Show package').click();
    await button(officer.fileRow('CCTV.webm', FILES), /^Receipts/).click();
    await button(dialog(officer.window, 'File'), 'Sent in error…').click();
    await giveReason(officer.window, 'Sent in error', 'This file was sent in error', 'It shows somebody else.');
    const viewer = dialog(prosecutor.window, 'CCTV.webm');
    await expect(viewer).toContainText('This file was sent in error, and can be seen here no more.');
    await expect(viewer).toContainText('It shows somebody else.');
    await expect(viewer.locator('video')).toHaveCount(0);
    await expect(button(viewer, 'Export…')).toHaveCount(0);
    await closeViewer(viewer);
  });

  await test.step('what is open, not here whole, and was withdrawn says that the rest does not come', async () => {
    const viewer = await prosecutor.open('Scanned file.pdf');
    await expect(viewer.getByText('Page 1', { exact: true })).toBeAttached();
    await expect(viewer).toContainText('Paused');
    await officer.withdraw('It is the wrong case.');
    await expect(viewer).toContainText('What has not arrived does not come any more.');
    await expect(viewer).toContainText('It is the wrong case.');
  });
});

/**
 * The chunk that was gone to, the two after it, and the last, where a file says what stands where; and what was left of those
 * that had begun to come.
 */
function atMost(chunks: number, came: number, size: number): void {
  const chunk = chunkSizeFor(size);
  console.info(`${came} of ${size} bytes came: ${(came / chunk).toFixed(1)} of ${(size / chunk).toFixed(1)} chunks`);
  const most = (chunks + 2) * chunk;
  expect(most, 'far less than what had not come').toBeLessThan(0.6 * size);
  expect(came).toBeLessThan(most);
  expect(came).toBeGreaterThan(chunk);
}
