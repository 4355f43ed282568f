/**
 * Nothing of a case can be read where it is only kept or carried: not in the relay's data, in the authorities', in either
 * profile on the disk, on the wire, or in anything that a program said. The same search on the same story finds all of it
 * once sealing is off, so that its silence means something.
 */
import type { Locator } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { makeEvidence, MARKER } from '../demo/evidence.ts';
import type { Needle } from '../leaks/needles.ts';
import { phrase, samplesOf } from '../leaks/needles.ts';
import type { Report } from '../leaks/search.ts';
import { leakSearch } from '../leaks/search.ts';
import { unsealedApp } from '../leaks/unsealed/place.ts';
import { root } from '../support/programs.ts';
import { closeViewer, FILES } from './evidence.ts';
import { button } from './find.ts';
import type { Desk, World } from './world.ts';
import { expect, test } from './world.ts';

const TITLE = 'R v Quillfeather';
const SUSPECT = 'Barnaby Quillfeather';
const WITNESS = 'Odile Wraxhall';
const NOTEBOOK = 'Notebook of Osric Thornbury.txt';
const MiB = 1024 * 1024;

test.use({ captured: true });
test.setTimeout(180_000);

interface Played {
  readonly officer: Desk;
  readonly prosecutor: Desk;
  readonly needles: readonly Needle[];
}

/** A case is made, released, delivered and looked at. */
async function play(world: World): Promise<Played> {
  const paths = await makeEvidence(path.join(world.dir, 'files'), 3 * MiB);
  const notebook = await world.makeFile(
    NOTEBOOK,
    `Notebook, page 14. The witness said that ${MARKER}, and pointed to it.\n`.repeat(3),
  );
  const files = [...paths, notebook];
  const [officer, prosecutor] = await Promise.all([world.desk('officer'), world.desk('prosecutor')]);
  await officer.newCase({ title: TITLE, suspect: SUSPECT, offence: 'Burglary of a dwelling', witness: WITNESS });
  await officer.write(`On the evening in question ${MARKER}. `);
  await officer.whenSaved();
  await officer.addFiles(files);
  for (const file of files) await expect(officer.fileRow(path.basename(file))).toContainText('On this computer');
  await officer.release({ to: 'Charging lawyer' });
  await prosecutor.openInbox(TITLE);
  await expect(prosecutor.packageStatus()).toContainText('Ready to open', { timeout: 60_000 });
  // The last one stays open while it is searched.
  let viewer: Locator | null = null;
  for (const name of [NOTEBOOK, 'Rear window.png', 'Custody record.pdf']) {
    if (viewer !== null) await closeViewer(viewer);
    viewer = await prosecutor.open(name);
    await expect(viewer.getByText('Opening is recorded')).toBeVisible();
  }
  await button(officer.window, 'Show package').click();
  await expect(officer.fileRow(NOTEBOOK, FILES)).toContainText('Opened by');
  return { officer, prosecutor, needles: await needlesOf(files) };
}

async function needlesOf(files: readonly string[]): Promise<readonly Needle[]> {
  const samples = await Promise.all(files.map((file, index) => samplesOf(`file ${index + 1}`, file)));
  const names = files.map((file, index) => phrase(`name of file ${index + 1}`, path.basename(file)));
  return [
    phrase('marker', MARKER),
    phrase('title', TITLE),
    phrase('suspect', SUSPECT),
    phrase('witness', WITNESS),
    ...names,
    ...samples.flat(),
  ];
}

/** Everything that is kept or was said, by where it is. The evidence's own folder is not among them. */
async function placesOf(
  { dir, wire }: World,
  desks: readonly Desk[],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const said = path.join(dir, 'said');
  await mkdir(said, { recursive: true });
  for (const [index, desk] of desks.entries()) await writeFile(path.join(said, `${index}.txt`), desk.computer.said());
  const logs = (await readdir(dir)).filter((name) => name.endsWith('.log'));
  const at = (name: string): string[] => [path.join(dir, name)];
  return {
    relay: at('relay'),
    police: at('police'),
    prosecution: at('prosecution'),
    officer: at('officer'),
    prosecutor: at('prosecutor'),
    wire: [wire],
    logs: [said, ...logs.map((name) => path.join(dir, name))],
  };
}

async function searchAll(
  world: World,
  desks: readonly Desk[],
  needles: readonly Needle[],
  when: string,
): Promise<Readonly<Record<string, Report>>> {
  const search = leakSearch(needles);
  const start = performance.now();
  const reports = await Promise.all(
    Object.entries(await placesOf(world, desks)).map(async ([place, paths]) => [place, await search(paths)] as const),
  );
  const searched = reports
    .map(([place, { files, bytes }]) => `${place} ${files} files, ${(bytes / MiB).toFixed(1)} MiB`)
    .join('; ');
  console.log(`searched ${when}: ${searched}; ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return Object.fromEntries(reports);
}

test('nothing of a case can be read in what is kept, carried or said: while both work, after they left, and after they came back', async ({
  world,
}) => {
  const { needles, ...desks } = await play(world);
  let now: readonly Desk[] = [desks.officer, desks.prosecutor];
  const all = [...now];
  const clean = async (when: string): Promise<void> => {
    const reports = await searchAll(world, all, needles, when);
    for (const [place, { findings, unread, bytes }] of Object.entries(reports)) {
      expect({ when, place, findings, unread }).toEqual({ when, place, findings: [], unread: [] });
      expect(bytes, `${place} holds something`).toBeGreaterThan(place === 'logs' ? 100 : 1000);
    }
    for (const place of ['relay', 'officer', 'prosecutor', 'wire'])
      expect(reports[place]!.bytes, place).toBeGreaterThan(3 * MiB);
  };
  await clean('while both work');
  await Promise.all(now.map((desk) => desk.leave()));
  await clean('after both left');
  now = await Promise.all(now.map((desk) => world.restart(desk)));
  all.push(...now);
  await Promise.all(now.map((desk) => desk.unlock()));
  await now[0]!.openCase(TITLE);
  await expect(now[0]!.summaryBox()).toContainText(MARKER);
  await now[1]!.openInbox(TITLE);
  await expect(now[1]!.fileRow(NOTEBOOK, FILES)).toContainText('Opened by you');
  await clean('after both came back');
  await Promise.all(now.map((desk) => desk.leave()));
  await clean('after both left again');
});

test.describe('with sealing off', () => {
  test.use({ application: unsealedApp });
  test.beforeAll(async () => {
    await mkdir(unsealedApp, { recursive: true });
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
    await writeFile(
      path.join(unsealedApp, 'package.json'),
      JSON.stringify({ name: 'joinder-unsealed', version, main: 'out/main/main.cjs' }),
    );
    const script = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');
    await promisify(execFile)(
      process.execPath,
      [script, 'build', '--config', 'test/leaks/unsealed/electron.vite.config.ts', '--logLevel', 'error'],
      { cwd: root },
    );
  });

  test('the same search finds the case and its evidence at the relay, in both profiles and on the wire', async ({
    world,
  }) => {
    const { officer, prosecutor, needles } = await play(world);
    await Promise.all([officer.leave(), prosecutor.leave()]);
    const reports = await searchAll(world, [officer, prosecutor], needles, 'with sealing off');
    const found = (place: string): Set<string> => new Set(reports[place]!.findings.map(({ needle }) => needle));
    const wanted = needles.map(({ name }) => name);
    for (const place of ['relay', 'officer', 'prosecutor', 'wire'])
      expect(
        wanted.filter((name) => !found(place).has(name)),
        `not found: ${place}`,
      ).toEqual([]);
    for (const place of ['police', 'prosecution', 'logs']) expect([...found(place)], place).toEqual([]);
  });
});
