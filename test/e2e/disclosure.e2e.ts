/**
 * Disclosure in both windows: unused material makes its schedule; what is sensitive is moved to a place of its own, with
 * words on what was read before, and shared with a prosecutor by name; a later release brings new rows; and the bundle for
 * the defence holds what is served and nothing else.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ServedManifest } from '../../shared/model/disclosure/servedText.ts';
import { answerOpen } from '../support/launch.ts';
import { findings } from './axe.ts';
import { button, choose, dialog, field, region, row } from './find.ts';
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';

test.setTimeout(180_000);

const TITLE = 'R v Quillfeather: burglary of a bakery';
const SOURCE = 'Note of a neighbour who does not want to be known';

const part = async (desk: Desk, name: string): Promise<void> =>
  desk.window.getByRole('navigation', { name: 'Joinder' }).getByRole('button', { name, exact: true }).click();

async function addMaterial(desk: Desk, reference: string, description: string): Promise<void> {
  const { window } = desk;
  await button(window, 'Add item of material').click();
  await field(window, 'Reference').fill(reference);
  await field(window, 'Description').fill(description);
  await expect(window.getByText('Saved', { exact: true })).toBeVisible();
}

test('sensitive material is kept apart, shared by name, and in nothing else', async ({ world }) => {
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.newCase({ title: TITLE, suspect: 'Quillfeather, Bertram', witness: 'Wraxhall, Odile' });
  await officer.addFiles([await world.makeFile('MG11 Wraxhall.txt', 'A statement.')]);
  await expect(officer.fileRow('MG11 Wraxhall.txt')).toContainText('On this computer');

  await part(officer, 'Documents');
  await button(officer.window.getByRole('listitem').filter({ hasText: 'MG11 Wraxhall.txt' }), 'Accept').click();
  await expect(row(officer.window, 'Documents', 'MG11 Wraxhall.txt')).toContainText('Statement');

  await test.step('an item that is marked sensitive is moved, after words on what that means', async () => {
    await part(officer, 'Unused material');
    await addMaterial(officer, 'U/1', 'Pocket notebook of PC Lamb, 3 to 5 November, about the search');
    await addMaterial(officer, 'U/2', SOURCE);
    await choose(officer.window, officer.window, 'Sensitivity', /^sensitive$/);
    const note = officer.window.getByRole('note').filter({ hasText: '1 item is marked sensitive' });
    await button(note, 'Move to sensitive material…').click();
    const asked = dialog(officer.window, 'Move to sensitive material');
    await expect(asked).toContainText('Colleagues who read Working papers before may have read it');
    expect(await findings(officer.window)).toEqual([]);
    await officer.window.screenshot({ path: test.info().outputPath('move.png') });
    await button(asked, 'Move').click();
    await expect(note).toHaveCount(0);
    await expect(row(officer.window, 'Other material', /U\/1/)).toBeVisible();
    await expect(row(officer.window, 'Other material', /U\/2/)).toHaveCount(0);
  });

  await test.step('it stands apart, with who can read it and what the schedule lacks', async () => {
    await part(officer, 'Sensitive material');
    await expect(region(officer.window, 'Who can read this')).toContainText('DC Priya Nair');
    await expect(row(officer.window, 'Other material', /U\/2/)).toBeVisible();
    await expect(officer.window.getByText('Say why it is sensitive')).toBeVisible();
    expect(await findings(officer.window)).toEqual([]);
    await officer.window.screenshot({ path: test.info().outputPath('sensitive.png') });
  });

  await part(officer, 'Overview');
  await officer.release({ to: 'Charging lawyer' });
  await expect(officer.packageRow()).toContainText('Delivered', { timeout: 60_000 });
  await prosecutor.openCase(TITLE, 'Case file');
  await part(prosecutor, 'Sensitive material');
  await expect(prosecutor.window.getByText('No sensitive material was shared with you')).toBeVisible();
  await prosecutor.window.screenshot({ path: test.info().outputPath('none.png') });

  await test.step('it is shared with a post by name, and comes live there', async () => {
    await part(officer, 'Sensitive material');
    await button(officer.window, 'Share with the prosecutor…').click();
    const asked = dialog(officer.window, 'Share with the prosecutor');
    await expect(asked.getByRole('list')).toContainText('Item of material: U/2');
    await asked
      .getByText(/Charging lawyer/)
      .first()
      .click();
    expect(await findings(officer.window)).toEqual([]);
    await officer.window.screenshot({ path: test.info().outputPath('share.png') });
    await button(asked, 'Share').click();
    await expect(asked).toHaveCount(0);
    const banner = region(prosecutor.window, 'Who can read this');
    await expect(banner).toContainText('Live with Fellshire Police', { timeout: 30_000 });
    await expect(row(prosecutor.window, 'Other material', /U\/2/)).toBeVisible();
    await prosecutor.window.screenshot({ path: test.info().outputPath('shared.png') });
  });

  await test.step('a later release says which rows it brings, and brings them with its delivery', async () => {
    await part(prosecutor, 'Unused material');
    await expect(prosecutor.window.getByText('No unused material yet.')).toBeVisible();
    await part(officer, 'Unused material');
    await officer.window.getByRole('tab', { name: 'Working papers' }).click();
    await row(officer.window, 'Other material', /U\/1/).click();
    await choose(officer.window, officer.window, 'Sensitivity', 'non-sensitive');
    await part(officer, 'Overview');
    await officer.addFiles([await world.makeFile('Plan of the bakery.txt', 'A plan.')]);
    await expect(officer.fileRow('Plan of the bakery.txt')).toContainText('On this computer');
    await officer.release({ to: 'Charging lawyer' });
    await expect(row(prosecutor.window, 'Other material', /U\/1/)).toBeVisible({ timeout: 60_000 });
    await expect(prosecutor.window.getByText(SOURCE)).toHaveCount(0);
  });

  await test.step('its certificate reaches the prosecutor with whom it is shared, and nobody else', async () => {
    await part(officer, 'Review and decisions');
    await button(officer.window, 'Certify a schedule').click();
    const certifying = dialog(officer.window, 'Certify a schedule');
    await certifying.getByText('MG6D', { exact: true }).click();
    await button(certifying, 'Certify MG6D').click();
    await expect(certifying).toHaveCount(0);
    await part(officer, 'Sensitive material');
    await button(officer.window, 'Share with the prosecutor…').click();
    const asked = dialog(officer.window, 'Share with the prosecutor');
    await expect(asked.getByRole('list')).toContainText('The certificate of MG6D by DC Priya Nair, with its 1 row');
    await button(asked, 'Share').click();
    await expect(asked).toHaveCount(0);
    await part(prosecutor, 'Sensitive material');
    const certificate = region(prosecutor.window, 'Disclosure certificate (MG6D)');
    await expect(certificate).toContainText('Certified by DC Priya Nair', { timeout: 30_000 });
    await expect(certificate).toContainText(SOURCE);
    expect(await findings(prosecutor.window)).toEqual([]);
    await prosecutor.window.screenshot({ path: test.info().outputPath('certificate.png') });
  });

  await test.step('a prosecutor\u2019s post is taken out again, on a recorded reason', async () => {
    await officer.window.getByText('What Fellshire Prosecution Service was shown').click();
    await button(officer.window, 'Take somebody out…').click();
    const asked = dialog(officer.window, 'Take somebody out');
    await field(asked, 'Reason').fill('The case was allocated to another lawyer.');
    expect(await findings(officer.window)).toEqual([]);
    await officer.window.screenshot({ path: test.info().outputPath('take-out.png') });
    await button(asked, 'Take out').click();
    await expect(asked).toHaveCount(0);
    await expect(region(officer.window, 'Who can read this')).not.toContainText('Charging lawyer', { timeout: 30_000 });
  });

  await test.step('an export leaves it out, unless one of its readers asks for it', async () => {
    await part(officer, 'Activity');
    await expect(officer.window.getByText(/moved an item of material to the sensitive list/)).toBeVisible();
    const exportTo = async (name: string, sensitive: boolean): Promise<string> => {
      const into = path.join(world.dir, name);
      await mkdir(into);
      await answerOpen(officer.computer, [into]);
      await button(officer.window, 'Export case…').click();
      const asked = dialog(officer.window, 'Export the case');
      if (sensitive)
        await asked.getByRole('checkbox', { name: /^Include sensitive material/ }).setChecked(true, { force: true });
      await button(asked, 'Choose a folder').click();
      await asked.getByText(/The case was exported/).waitFor({ timeout: 30_000 });
      await button(asked, 'Close').click();
      const [folder = ''] = await readdir(into);
      const files = await readdir(path.join(into, folder));
      return (await Promise.all(files.map((file) => readFile(path.join(into, folder, file), 'utf8')))).join();
    };
    expect(await exportTo('plain', false)).not.toContain(SOURCE);
    expect(await exportTo('whole', true)).toContain(SOURCE);
    await expect(officer.window.getByText(/exported the case, sensitive material included/)).toBeVisible();
  });

  await test.step('the prosecutor makes the bundle for the defence, and nothing sensitive is in it', async () => {
    await part(officer, 'Defence bundle');
    await expect(region(officer.window, 'Statement')).toContainText('MG11 Wraxhall.txt');
    await expect(button(officer.window, 'Make the bundle…')).toHaveCount(0);
    await part(prosecutor, 'Defence bundle');
    const { window } = prosecutor;
    await expect(region(window, 'Statement')).toContainText('MG11 Wraxhall.txt');
    await expect(region(window, 'MG6C')).toContainText('Pocket notebook of PC Lamb');
    await expect(region(window, 'What stays out')).toContainText('Plan of the bakery.txt');
    await expect(window.getByText(/no back sheet is on record/)).toBeVisible();
    await expect(window.getByText(SOURCE)).toHaveCount(0);
    expect(await findings(window)).toEqual([]);
    await window.screenshot({ path: test.info().outputPath('bundle.png') });
    const into = path.join(world.dir, 'out');
    await mkdir(into);
    await answerOpen(prosecutor.computer, [into]);
    await button(window, 'Make the bundle…').click();
    const asked = dialog(window, 'Make the bundle for the defence');
    await button(asked, 'Choose a folder').click();
    await asked.getByText(/The bundle was made, with 1 document/).waitFor({ timeout: 30_000 });
    await window.screenshot({ path: test.info().outputPath('made.png') });
    const [folder = ''] = await readdir(into);
    const read = (name: string): Promise<string> => readFile(path.join(into, folder, name), 'utf8');
    const manifest = JSON.parse(await read('manifest.json')) as ServedManifest;
    expect(manifest.files.map(({ file }) => file)).toEqual(['0001 MG11 Wraxhall.txt']);
    expect((await readdir(path.join(into, folder))).sort()).toEqual([
      '0001 MG11 Wraxhall.txt',
      'Index.html',
      'manifest.json',
    ]);
    for (const { file, sha256 } of [...manifest.files, manifest.index])
      expect(
        createHash('sha256')
          .update(await read(file))
          .digest('hex'),
      ).toBe(sha256);
    const index = await read('Index.html');
    expect(index).toContain('Pocket notebook of PC Lamb');
    expect(index).not.toMatch(/neighbour|Plan of the bakery/);
  });
});
