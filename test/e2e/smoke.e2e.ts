/**
 * The first proof that the whole runs: two computers side by side, each with a profile of its own.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { electronPath } from '../setup/electron-path.mjs';
import { root } from '../setup/exec.mjs';
import { differing, wishedFuses } from '../tools/package/fuses.ts';
import { makeLayout, startOnce } from '../tools/package/layout.ts';
import { expect, test } from './launch.ts';

test('two computers open the application, each in its own profile', async ({ launch }) => {
  const [officer, prosecutor] = await Promise.all([launch(), launch()]);

  for (const { app, window, profile } of [officer, prosecutor]) {
    await expect(window).toHaveTitle('Joinder');
    await expect(window.getByRole('heading', { name: 'Enrol this computer' })).toBeVisible();
    expect(window.url()).toBe('app://joinder/index.html');
    expect(await app.evaluate((electron) => electron.app.getPath('userData'))).toBe(profile);
  }
  expect(officer.profile).not.toBe(prosecutor.profile);
});

test('a test sets the one clock of the application; a packaged one keeps to the machine’s', async ({ launch }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'joinder-clock-'));
  try {
    const file = path.join(folder, 'clock');
    await writeFile(file, String(40 * 86_400_000));
    const env = { JOINDER_TEST_CLOCK: file };
    const { window } = await launch({ env });
    const shift = (page: typeof window): Promise<number> =>
      page.evaluate(() => (globalThis as unknown as { joinder: { clockShift(): number } }).joinder.clockShift());
    expect(Math.round((await shift(window)) / 86_400_000)).toBe(40);
    await writeFile(file, '0');
    await expect.poll(async () => Math.abs(await shift(window))).toBeLessThan(5);

    // Electron calls an application packaged when its program is no longer named `electron`.
    await writeFile(file, String(40 * 86_400_000));
    await promisify(execFile)('cp', ['-al', path.dirname(electronPath()), path.join(folder, 'packaged')]);
    const program = path.join(folder, 'packaged', 'joinder');
    await rename(path.join(folder, 'packaged', path.basename(electronPath())), program);
    const packaged = await launch({ env, program });
    await expect(packaged.window.getByRole('heading', { name: 'Enrol this computer' })).toBeVisible();
    expect(await packaged.app.evaluate(({ app }) => app.isPackaged)).toBe(true);
    expect(await shift(packaged.window)).toBe(0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the layout that is installed starts by itself: one asar, fuses set and read back', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'joinder-layout-'));
  try {
    const wish = wishedFuses(await readFile(path.join(root, 'electron-builder.yml'), 'utf8'));
    const { program } = makeLayout(path.join(folder, 'layout'), wish);
    expect(differing(program, wish)).toEqual([]);
    expect(await startOnce(program)).toMatchObject({ title: 'Joinder', url: 'app://joinder/index.html' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
