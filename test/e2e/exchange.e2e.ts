/**
 * A case goes out as JSON with its files and as a PDF, is held against the model by its command, and comes back as a new
 * case that says the same, with its files where its folder is chosen. What is faulty is named and makes no case.
 */
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Manifest } from '../../shared/model/exchange/manifest.ts';
import type { Locator } from 'playwright';
import { answerOpen, answerSave } from '../support/launch.ts';
import { findings } from './axe.ts';
import { button, dialog, field, heading, region, row } from './find.ts';
import type { Desk } from './world.ts';
import { expect, test } from './world.ts';

const TITLE = 'R v Garside';

test.setTimeout(120_000);
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function showActivity({ window }: Desk): Promise<void> {
  await window.getByRole('button', { name: 'Activity', exact: true }).click();
  await heading(window, 'Activity').waitFor();
}

/** Exports into a new folder; answers where it is. */
async function exportCase(desk: Desk, into: string, withFiles: boolean): Promise<string> {
  const { window } = desk;
  await mkdir(into, { recursive: true });
  await answerOpen(desk.computer, [into]);
  await button(window, 'Export case…').click();
  const asked = dialog(window, 'Export the case');
  if (withFiles) await asked.getByRole('checkbox').setChecked(true, { force: true });
  expect(await findings(window)).toEqual([]);
  await button(asked, 'Choose a folder').click();
  await asked.getByText(/The case was exported/).waitFor({ timeout: 30_000 });
  expect(await findings(window)).toEqual([]);
  await button(asked, 'Close').click();
  const [folder = ''] = await readdir(into);
  return path.join(into, folder);
}

interface Plain {
  readonly case: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}
/** What an import brings along. */
async function recordIn(folder: string): Promise<unknown> {
  const all = JSON.parse(await readFile(path.join(folder, 'case.json'), 'utf8')) as Plain;
  return { ...all, case: { ...all.case, id: '', stage: '' }, files: [], packages: [], work: {} };
}

test('a case is exported with its files, is a good case to the model, and comes back as a new case', async ({
  world,
}) => {
  const desk = await world.desk('officer');
  const { window } = desk;
  await desk.newCase({ title: TITLE, suspect: 'Garside, Tom', offence: 'Robbery', witness: 'Marsh, Alice' });
  await desk.write('It was dark.\nThe till was open.');
  await desk.whenSaved();
  await desk.addFiles([await world.makeFile('MG11 Marsh.pdf', 4000), await world.makeFile('JS-1 till.jpg', 3000)]);
  await expect(desk.fileRow('JS-1 till.jpg')).toContainText('On this computer');
  await expect(desk.fileRow('MG11 Marsh.pdf')).toContainText('On this computer');
  await window.getByRole('button', { name: 'Documents', exact: true }).click();
  await button(window, 'Accept all').click();
  await row(window, 'Documents', 'MG11 Marsh.pdf').click();
  await field(window, 'Title').fill('Statement of Alice Marsh');
  await window.getByText('Saved', { exact: true }).waitFor();
  await showActivity(desk);
  const folder = await exportCase(desk, path.join(world.dir, 'out'), true);
  await expect(window.getByText(/exported the case, with 2 files/)).toBeVisible();

  expect(path.basename(folder)).toMatch(/^Joinder export \d{4}-\d{2}-\d{2}$/);
  const manifest = JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')) as Manifest;
  expect(manifest.case.sha256).toBe(sha256(await readFile(path.join(folder, 'case.json'))));
  const written = manifest.files.map(({ file }) => file ?? '');
  expect(written.map((file) => file.slice(0, 5))).toEqual(['0001 ', '0002 ']);
  // Sealed side by side: either may have been the first.
  expect(written.map((file) => file.slice(5)).sort()).toEqual(['JS-1 till.jpg', 'MG11 Marsh.pdf']);
  for (const { file, sha256: hash } of manifest.files)
    expect(sha256(await readFile(path.join(folder, file ?? '')))).toBe(hash);
  expect((await readdir(folder)).sort()).toEqual([...written, 'case.json', 'manifest.json']);
  const said = execFileSync('node', ['test/tools/model.ts', 'validate', path.join(folder, 'case.json')], {
    encoding: 'utf8',
  });
  expect(said).toContain('The file is a good case.');

  const list = path.join(world.dir, 'items.csv');
  await answerSave(desk.computer, list);
  await button(window, 'Export item list…').click();
  await window.getByText('The list of items was saved.').waitFor();
  expect(await readFile(list, 'utf8')).toContain(',MG11 Marsh.pdf,');

  const paper = path.join(world.dir, 'case.pdf');
  await answerSave(desk.computer, paper);
  await button(window, 'Export as PDF…').click();
  const writing = dialog(window, 'Export as PDF');
  expect(await findings(window)).toEqual([]);
  await button(writing, 'Choose where').click();
  await writing.getByText('The PDF was saved.').waitFor({ timeout: 60_000 });
  await button(writing, 'Close').click();
  await expect(window.getByText(/exported the case as a PDF/)).toBeVisible();
  expect((await readFile(paper)).subarray(0, 5).toString()).toBe('%PDF-');

  const faulty = path.join(world.dir, 'faulty.json');
  const good = await readFile(path.join(folder, 'case.json'), 'utf8');
  await writeFile(faulty, JSON.stringify({ ...(JSON.parse(good) as object), suspects: [{ id: 'a', born: 'soon' }] }));
  await desk.goTo('Cases');
  await button(window, 'Import a case').click();
  const asked = dialog(window, 'Import a case');
  await answerOpen(desk.computer, [faulty]);
  await button(asked, 'Choose a file').click();
  await expect(asked.getByRole('list', { name: 'Faults' })).toContainText('suspects/a/born');
  expect(await findings(window)).toEqual([]);
  await answerOpen(desk.computer, [path.join(folder, 'case.json')]);
  await button(asked, 'Choose a file').click();
  await asked.waitFor({ state: 'detached' });
  await heading(window, TITLE).waitFor();
  expect(await desk.summary()).toBe('It was dark.\nThe till was open.');
  await showActivity(desk);
  await expect(window.getByText(/made this case from an exported one/)).toBeVisible();
  const again = await exportCase(desk, path.join(world.dir, 'again'), false);
  expect(await recordIn(again)).toEqual(await recordIn(folder));

  await test.step('the folder comes back with its files, each the document that it was; what is not as the manifest says is named', async () => {
    await writeFile(path.join(folder, 'notes.txt'), 'not of the export');
    await rm(path.join(folder, written.find((file) => file.endsWith('JS-1 till.jpg')) ?? ''));
    await desk.goTo('Cases');
    await button(window, 'Import a case').click();
    await answerOpen(desk.computer, [folder]);
    await button(dialog(window, 'Import a case'), 'Choose a folder').click();
    await heading(window, TITLE).waitFor();
    const added = region(window, 'Adding files');
    await expect(added).toContainText('notes.txt');
    await expect(added).toContainText('JS-1 till.jpg');
    await window.getByRole('button', { name: 'Documents', exact: true }).click();
    await expect(row(window, 'Documents', 'Statement of Alice Marsh')).toContainText('Statement');
    await window.getByRole('button', { name: 'Statements', exact: true }).click();
    await row(window, 'Statements', /Marsh/).click();
    await expect(region(window, /^Statement: /)).toContainText('MG11 Marsh.pdf');
  });
  await desk.goTo('Cases');
  await expect(window.getByRole('status').filter({ hasText: '3 cases' })).toBeVisible();
});

test('what files may be is proposed by their names, and nothing is sorted but what a person accepts', async ({
  world,
}) => {
  const desk = await world.desk('officer');
  const { window } = desk;
  await desk.newCase({ title: TITLE, witness: 'Marsh, Alice' });
  const names = ['MG11 Marsh.pdf', 'JS-1 till.jpg', 'MG6D.pdf', 'scan.pdf'];
  await desk.addFiles(await Promise.all(names.map((name) => world.makeFile(name, 3000))));
  await expect(desk.fileRow('scan.pdf')).toContainText('On this computer');
  await window.getByRole('button', { name: 'Documents', exact: true }).click();
  const proposals = window.getByRole('list', { name: 'Proposals' });
  await expect(proposals.getByRole('listitem')).toHaveCount(3);
  await expect(proposals).not.toContainText('scan.pdf');
  const sorted = (name: string | RegExp): Locator => row(window, 'Documents', name);
  await expect(sorted('MG11 Marsh.pdf')).toContainText('Not sorted yet');
  expect(await findings(window)).toEqual([]);
  await button(proposals.getByRole('listitem').filter({ hasText: 'MG6D.pdf' }), 'Leave').click();
  await button(proposals.getByRole('listitem').filter({ hasText: 'JS-1' }), 'Accept').click();
  await expect(sorted('JS-1 till.jpg')).toContainText('Exhibit');
  await expect(sorted('MG11 Marsh.pdf')).toContainText('Not sorted yet');
  await button(window, 'Accept all').click();
  await expect(sorted('MG11 Marsh.pdf')).toContainText('Statement');
  await expect(proposals).toHaveCount(0);
  await expect(sorted('MG6D.pdf')).toContainText('Not sorted yet');
  await window.getByRole('button', { name: 'Statements', exact: true }).click();
  await expect(row(window, 'Statements', /^Marsh, Alice/)).toContainText('MG11');
  await window.getByRole('button', { name: 'Exhibits', exact: true }).click();
  await expect(row(window, 'Exhibits', /JS\/1/)).toBeVisible();

  await test.step('many are ticked with the keyboard, renamed by a pattern, and named as before with one Undo', async () => {
    await window.getByRole('button', { name: 'Documents', exact: true }).click();
    const documents = window.getByRole('grid', { name: 'Documents' });
    await documents.getByRole('row').nth(1).focus();
    await window.keyboard.press('Shift+ArrowDown');
    await expect(window.getByText('2 documents ticked')).toBeVisible();
    await window.keyboard.press('Control+a');
    await expect(window.getByText('4 documents ticked')).toBeVisible();
    await button(window, 'Rename…').click();
    const asked = dialog(window, 'Rename 4 documents');
    await asked.getByLabel('Pattern').fill('{form} {surname} {nn}');
    await expect(asked.getByRole('grid')).toContainText('MG11 Marsh 0');
    await expect(asked.getByRole('grid')).toContainText('Keeps its name');
    expect(await findings(window)).toEqual([]);
    await button(asked, 'Rename 1 document').click();
    await expect(sorted(/^MG11 Marsh 0\d$/)).toContainText('Statement');
    await documents.getByRole('row').nth(1).focus();
    await window.keyboard.press('Control+z');
    await expect(window.getByText('Taken back: 1 document renamed.')).toBeVisible();
    await expect(sorted('MG11 Marsh.pdf')).toContainText('Statement');
  });
  await test.step('rows are moved with keys and with the mouse, and a row joins the group that it is put into', async () => {
    const documents = window.getByRole('grid', { name: 'Documents' });
    const inOrder = (): Promise<string[]> =>
      documents.locator('[data-index]').evaluateAll((rows) => rows.map((one) => one.getAttribute('aria-label') ?? ''));
    await window.keyboard.press('Escape');
    const before = await inOrder();
    await documents.getByRole('row').nth(1).focus();
    await window.keyboard.press('Alt+ArrowDown');
    await expect.poll(inOrder).toEqual([before[1], before[0], ...before.slice(2)]);
    await expect(documents.getByRole('row').nth(2)).toBeFocused();
    await row(window, 'Documents', 'scan.pdf').locator('.drag-handle').dragTo(sorted('MG11 Marsh.pdf'));
    await expect(sorted('scan.pdf')).toContainText('Statement');
    await button(window, 'Undo').click();
    await expect(sorted('scan.pdf')).toContainText('Not sorted yet');
  });
});
