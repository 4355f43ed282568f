/**
 * Looking at what has not arrived: with the way down held after three tenths of a recording and of a long document, going
 * to four fifths shows that moment and that page after fetching the chunks in which they lie, counted on the wire.
 */
import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { FILES } from './evidence.ts';
import { button } from './find.ts';
import { scan, tone } from './recordings.ts';
import type { Desk } from './world.ts';
import { test } from './world.ts';

const TITLE = 'Burglary, 12 Mill Lane';
const MiB = 1024 * 1024;
/** The largest chunk (docs/evidence-format.md). */
const CHUNK = 8;

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

/** Opens what has not arrived and goes somewhere in it; answers how many MiB came for that. */
async function early(
  { cable, ...person }: Desk,
  name: string,
  go: (viewer: Locator) => Promise<void>,
): Promise<number> {
  const before = cable.bytes('down');
  const viewer = await person.open(name);
  await expect(viewer).toContainText('Still arriving');
  await go(viewer);
  await expect(viewer).toContainText('Viewing is recorded');
  const came = (cable.bytes('down') - before) / MiB;
  await button(viewer, 'Close').click();
  await expect(person.fileRow(name, FILES)).toContainText('Paused');
  return came;
}

test('a recording and a long document are gone to before they have arrived', async ({ world }) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  const files = { 'Interview.wav': Buffer.from(tone(3600)), 'Scanned file.pdf': Buffer.from(scan(300)) };
  const paths: string[] = [];
  for (const [name, bytes] of Object.entries(files)) {
    paths.push(await world.makeFile(name, ''));
    await writeFile(paths.at(-1) ?? '', bytes);
  }
  await officer.newCase({ title: TITLE });
  await officer.addFiles(paths);
  for (const name of Object.keys(files)) await expect(officer.fileRow(name)).toContainText('On this computer');
  prosecutor.cable.slow(8 * MiB);
  await officer.release({ to: 'Charging lawyer' });
  await prosecutor.openInbox(TITLE);

  // The smaller comes first, and its rest makes way for the other's beginning.
  await hold(prosecutor, 'Scanned file.pdf', 0.3 * files['Scanned file.pdf'].length);
  await hold(prosecutor, 'Interview.wav', 0.3 * files['Interview.wav'].length);

  const sound = await early(prosecutor, 'Interview.wav', async (viewer) => {
    const at = await viewer.locator('audio').evaluate(async (one: HTMLAudioElement) => {
      if (one.readyState === 0)
        await new Promise((known) => one.addEventListener('loadedmetadata', known, { once: true }));
      one.currentTime = 0.8 * one.duration;
      await one.play();
      await new Promise((moved) => one.addEventListener('timeupdate', moved, { once: true }));
      one.pause();
      return one.currentTime;
    });
    expect(at).toBeGreaterThanOrEqual(2880);
    // With no link, what has not come is not waited for without a word.
    prosecutor.cable.refuse(true);
    await expect(viewer).toContainText('What has not arrived cannot be shown until there is a link');
    prosecutor.cable.refuse(false);
    await expect(viewer).toContainText('Still arriving', { timeout: 30_000 });
  });
  // The first chunk, for what the recording is; the one that was gone to; and what comes next after it.
  console.info(`recording: ${sound.toFixed(1)} of ${(files['Interview.wav'].length / MiB).toFixed(1)} MiB`);
  expect(sound).toBeLessThan(4 * CHUNK + 1);

  const pages = await early(prosecutor, 'Scanned file.pdf', async (viewer) => {
    const page = viewer.getByRole('textbox', { name: 'Page, of 300' });
    await page.fill('240');
    await page.press('Enter');
    await expect(viewer.getByText('Page 240', { exact: true })).toBeAttached();
    await expect(page).toHaveValue('240');
  });
  console.info(`document: ${pages.toFixed(1)} of ${(files['Scanned file.pdf'].length / MiB).toFixed(1)} MiB`);
  expect(pages).toBeLessThan(4 * CHUNK + 1);
});
