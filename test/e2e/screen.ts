/**
 * Runs once before all end-to-end tests: promises a screen and a built application, or says what to run.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureDisplay } from '../setup/display.mjs';
import { appFolder } from '../setup/electron-path.mjs';

export default async function prepare(): Promise<() => Promise<void>> {
  if (!existsSync(path.join(appFolder, 'out/main/main.cjs'))) {
    throw new Error('The application is not built. Run: npm run build (npm run e2e does it by itself)');
  }
  return ensureDisplay();
}
