/**
 * Adding files is cut off in the middle: locked, quit by the battery, or the process that seals them dies. It goes on by itself,
 * each file is there once, and what could not be added is named until somebody has read it.
 */
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright';
import { chunkCount, chunkSizeFor } from '../../electron/evidence/format.ts';
import { killComputer, offeredName } from '../support/launch.ts';
import { within } from '../support/within.ts';
import { findings } from './axe.ts';
import { EVIDENCE } from './evidence.ts';
import { button, escaped, region, reveal } from './find.ts';
import type { Desk, World } from './world.ts';
import { expect, noise, test } from './world.ts';

const MiB = 1024 * 1024;
const SIZE = 8 * MiB;
const TITLE = 'R v Garside';
const NAMES = Array.from({ length: 12 }, (_, i) => `Camera ${String(i + 1).padStart(2, '0')}.bin`);

test.setTimeout(150_000);

const adding = (desk: Desk): Locator => region(desk.window, 'Adding files');
const file = (name: string): RegExp => new RegExp(name.replace('.', String.raw`\.`));

async function beginAdding(world: World): Promise<{ desk: Desk; drive: string }> {
  const desk = await world.desk('officer');
  await desk.newCase({ title: TITLE });
  const drive = path.join(world.dir, 'drive');
  await mkdir(drive);
  for (const name of NAMES) await writeFile(path.join(drive, name), noise(SIZE, name));
  await desk.addFolder(drive);
  await expect(adding(desk).getByRole('status')).toHaveText(/^Adding [3-8] of 12 files$/);
  return { desk, drive };
}

async function hasAll(desk: Desk): Promise<void> {
  await expect(adding(desk)).toHaveCount(0, { timeout: 60_000 });
  await expect(region(desk.window, EVIDENCE)).toContainText(`${NAMES.length} files`);
  for (const name of NAMES)
    await expect(await reveal(desk.window, EVIDENCE, file(name))).toContainText('On this computer');
}

const kinds = {
  'the computer loses power': async (desk, world) => {
    await killComputer(desk.computer);
    const again = await world.restart(desk);
    await again.unlock();
    return again;
  },
  'it is locked': async (desk) => {
    await desk.lock();
    await desk.unlock();
    return desk;
  },
  'the process that seals dies': async (desk) => {
    const found = desk.computer.app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ serviceName, name }) => /evidence/i.test(`${serviceName} ${name}`))?.pid,
    );
    const pid = await within('the evidence process', found);
    process.kill(pid as number, 'SIGKILL');
    return desk;
  },
} satisfies Record<string, (desk: Desk, world: World) => Promise<Desk>>;

for (const [what, cut] of Object.entries(kinds))
  test(`${what} while files are added: adding goes on by itself, and each file is there once`, async ({ world }) => {
    const { desk } = await beginAdding(world);
    const again = await cut(desk, world);
    await again.openCase(TITLE);
    await hasAll(again);
    await again.leave();
    // What the cut left half sealed goes with the next unlocking.
    const last = await world.restart(again);
    await last.unlock();
    const store = path.join(last.computer.profile, 'evidence');
    const chunks = async (): Promise<number> =>
      (await readdir(path.join(store, 'chunks'), { recursive: true, withFileTypes: true })).filter((one) =>
        one.isFile(),
      ).length;
    await expect.poll(chunks).toBe(NAMES.length * chunkCount(SIZE, chunkSizeFor(SIZE)));
    await expect.poll(() => readdir(path.join(store, 'unnamed'))).toEqual([]);
  });

test('the drive is pulled out while the computer is off: what was not added is named, also after another restart, and added when it is back', async ({
  world,
}) => {
  const { desk, drive } = await beginAdding(world);
  await killComputer(desk.computer);
  await rename(drive, `${drive} away`);
  let again = await world.restart(desk);
  await again.unlock();
  await again.goTo('Needs me');
  await expect(again.window.getByRole('row', { name: new RegExp(TITLE) })).toContainText(/\d files were not added/);
  await again.openCase(TITLE);
  const status = adding(again).getByRole('status');
  await expect(status).toHaveText(/^\d of 12 files were not added$/);
  const named = await adding(again).getByRole('listitem').allInnerTexts();
  expect(named).toHaveLength(Number.parseInt(await status.innerText()));
  const said = await status.innerText();
  expect(await findings(again.window)).toEqual([]);

  await again.leave();
  again = await world.restart(again);
  await again.unlock();
  await again.openCase(TITLE);
  await expect(adding(again).getByRole('status')).toHaveText(said);
  expect(await adding(again).getByRole('listitem').allInnerTexts()).toEqual(named);
  await rename(`${drive} away`, drive);
  await button(adding(again), 'Add them again').click();
  await hasAll(again);

  // A name that would read as a PDF's is shown as it is, and what it is stands beside it.
  const tricky = path.join(world.dir, 'Statement\u202Efdp.exe');
  await writeFile(tricky, noise(1000, 'tricky'));
  await again.addFiles([tricky]);
  const row = await reveal(again.window, EVIDENCE, /Statement\[U\+202E\]fdp\.exe/);
  await expect(row).toContainText('Take care: a program, named as if it were a document');

  // A device's name, a way up, a double ending: kept and shown as they are; a copy gets a plain name.
  const names = ['CON.txt', '..\\..\\Windows\\win.ini', 'Report.pdf.exe'];
  for (const name of names) await writeFile(path.join(world.dir, name), `What stands in ${name}.`);
  await again.addFiles(names.map((name) => path.join(world.dir, name)));
  for (const name of names)
    await expect(await reveal(again.window, EVIDENCE, new RegExp(escaped(name)))).toContainText('On this computer');
  await expect(await reveal(again.window, EVIDENCE, /Report\.pdf\.exe/)).toContainText(
    'Take care: a program, named as if it were a document',
  );
  for (const [name, plain] of [
    ['CON.txt', 'file CON.txt'],
    ['..\\..\\Windows\\win.ini', '_.._Windows_win.ini'],
  ] as const) {
    await again.exportFile(name, path.join(world.dir, 'copy'), EVIDENCE);
    expect(path.basename(await offeredName(again.computer))).toBe(plain);
  }
});
