/**
 * By stick in both directions, in two windows: a first release with no network on either side, in a case that the relay has never
 * seen; the receipts back; then the link, over which no file goes. Both windows say the same.
 */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { answerOpen } from '../support/launch.ts';
import { findings } from './axe.ts';
import { FILES } from './evidence.ts';
import { button, dialog, row } from './find.ts';
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';

test.setTimeout(120_000);

async function exportTo(desk: Desk, name: string, stick: string): Promise<string> {
  const { window } = desk;
  await mkdir(stick);
  await answerOpen(desk.computer, [stick]);
  await button(window, name).click();
  const asked = dialog(window, 'Export to stick');
  expect(await findings(window)).toEqual([]);
  await button(asked, 'Choose the stick').click();
  await asked.getByText(/It is on the stick: one file/).waitFor({ timeout: 30_000 });
  await button(asked, 'Close').click();
  const [file = ''] = await readdir(stick);
  expect(file).toMatch(/^joinder-[0-9a-f]{8}\.stick$/);
  return path.join(stick, file);
}

async function importFrom(desk: Desk, file: string, says: RegExp): Promise<void> {
  const { window } = desk;
  await answerOpen(desk.computer, [file]);
  await button(window, 'Import from stick…').click();
  const asked = dialog(window, 'Import from stick');
  await button(asked, 'Choose the files').click();
  await asked.getByText(says).waitFor({ timeout: 30_000 });
  expect(await findings(window)).toEqual([]);
  await button(asked, 'Close').click();
}

test('a first release and its receipts go by stick, and no file goes over the link afterwards', async ({ world }) => {
  const prosecutor = await world.desk('prosecutor');
  const officer = await world.desk('officer');
  for (const { statusBar, cable } of [prosecutor, officer]) {
    await expect(statusBar()).toContainText('Connected');
    cable.refuse(true);
  }
  await officer.newCase({ title: 'R v Oakes', suspect: 'Oakes, Lee' });
  const names = ['MG11 Marsh.pdf', 'CCTV 3.mp4'];
  await officer.addFiles([await world.makeFile('MG11 Marsh.pdf', 4000), await world.makeFile('CCTV 3.mp4', 3_000_000)]);
  for (const name of names) await expect(officer.fileRow(name)).toContainText('On this computer');
  await officer.release({ to: 'Charging lawyer' });
  await button(officer.window, 'Show package').click();
  const bundle = await exportTo(officer, 'Export to stick…', path.join(world.dir, 'stick out'));
  await expect(officer.window.getByText('On a stick: no receipt yet')).toBeVisible();
  // What is carried has no turn on the link.
  await officer.goTo('Transfers');
  await expect(officer.window.getByRole('main')).toContainText('2 files on a stick');
  await expect(officer.fileRow('CCTV 3.mp4', 'Transfers')).toContainText('it is on a stick');
  await expect(button(officer.window, 'Move first')).toHaveCount(0);

  await prosecutor.goTo('Inbox');
  const bytes = await readFile(bundle);
  const spoilt = path.join(world.dir, 'spoilt.stick');
  await writeFile(spoilt, bytes.subarray(0, bytes.length - 1_000_000));
  await importFrom(prosecutor, spoilt, /CCTV 3\.mp4: the stick ends before it/);
  // What is not whole says why it stands still.
  await row(prosecutor.window, 'Inbox', /Oakes/).click();
  await expect(prosecutor.fileRow('CCTV 3.mp4', FILES)).toContainText(/Arriving \d+%/);
  await expect(prosecutor.fileRow('CCTV 3.mp4', FILES)).toContainText('Waiting: the relay cannot be reached');
  await importFrom(prosecutor, bundle, /known already/);
  const { window } = prosecutor;
  for (const name of names)
    await expect(prosecutor.fileRow(name, FILES)).toContainText('Ready to open', { timeout: 30_000 });
  await expect(window.getByText('By stick: not yet through the relay').first()).toBeVisible();
  await button(window, 'Accept').click();
  await expect(window.getByText('Accepted').first()).toBeVisible();
  const receipts = await exportTo(prosecutor, 'Receipts to stick…', path.join(world.dir, 'stick back'));

  await officer.goTo('Transfers');
  await importFrom(officer, receipts, /3 receipts and answers came from/);
  await officer.openCase('R v Oakes');
  await button(officer.window, 'Show package').click();
  await expect(officer.window.getByText('Accepted').first()).toBeVisible();
  for (const name of names) await expect(officer.fileRow(name, FILES)).toContainText('Delivered to');
  await expect(officer.window.getByText('By stick: not yet through the relay')).toBeVisible();

  const before = officer.cable.bytes('up') + prosecutor.cable.bytes('down');
  for (const { cable } of [officer, prosecutor]) cable.refuse(false);
  for (const desk of [officer, prosecutor]) {
    await expect(desk.window.getByText('By stick: not yet through the relay')).toHaveCount(0, { timeout: 60_000 });
    await expect(desk.window.getByText('Accepted').first()).toBeVisible();
  }
  expect(officer.cable.bytes('up') + prosecutor.cable.bytes('down') - before).toBeLessThan(1_000_000);
});
