/**
 * Runs once before all end-to-end tests: promises a screen, a built application or a word what to run, and organisations that
 * are set up, which every test copies: their commands would take most of a short one's time.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { READY_FELLSHIRE, setUpFellshire } from '../support/fellshire.ts';
import { ensureDisplay } from '../setup/display.mjs';
import { appFolder } from '../setup/electron-path.mjs';

export default async function prepare(): Promise<() => Promise<void>> {
  if (!existsSync(path.join(appFolder, 'out/main/main.cjs'))) {
    throw new Error('The application is not built. Run: npm run build (npm run e2e does it by itself)');
  }
  const ready = await mkdtemp(path.join(tmpdir(), 'joinder-fellshire-'));
  await setUpFellshire(ready);
  process.env[READY_FELLSHIRE] = ready; // the processes that tests run in are started with it
  const endDisplay = await ensureDisplay();
  return async () => {
    await endDisplay();
    await rm(ready, { recursive: true, force: true });
  };
}
