/** Wrong passphrases slow the next one, whatever ends in between. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SECOND } from '../../shared/primitives/units.ts';
import { triesIn } from './tries.ts';

let folder: string;
beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'tries-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const NOW = 1_000_000;
const begun = () => triesIn(path.join(folder, 'tries'), () => NOW);

it('is kept over a restart, and forgotten with a passphrase that is right', async () => {
  for (let i = 0; i < 3; i++) await begun().begin();
  expect(await begun().waitUntil()).toBe(NOW + SECOND);
  await begun().succeeded();
  expect(await begun().waitUntil()).toBe(null);
});

it('slows on a disk that takes no more, too', async () => {
  await mkdir(path.join(folder, 'tries.new')); // where it is written first
  const tries = begun();
  for (let i = 0; i < 4; i++) await tries.begin();
  expect(await tries.waitUntil()).toBe(NOW + 2 * SECOND);
  await tries.succeeded();
  expect(await tries.waitUntil()).toBe(null);
});
