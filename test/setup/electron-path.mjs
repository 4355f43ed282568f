/**
 * Owns the answer to "which Electron, and how is it started here?": the binary that `npm ci` or the set-up brought, and
 * the switches it needs on this machine. Promises an existing path or a sentence saying what to run. Never downloads.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cache, root, SetupError } from './exec.mjs';

/** Where the fallback lives; the folder's name is the version of Electron in it. */
export const fallbackFolder = path.join(cache, 'electron', '25.1.1');

/** The application that is started: the root, whose package.json names out/main/main.cjs. */
export const appFolder = root;

/** @returns {{ path: string, fallback: boolean } | undefined} */
export function findElectron() {
  const real = findReal();
  if (real !== undefined) return { path: real, fallback: false };
  const fallback = path.join(fallbackFolder, 'electron');
  return existsSync(fallback) ? { path: fallback, fallback: true } : undefined;
}

/** @returns {string} */
export function electronPath() {
  const found = findElectron();
  if (found === undefined) throw new SetupError('Electron is not here yet. Run: node test/setup/with.mjs --desktop');
  return found.path;
}

/** Chromium's sandbox refuses to run as root, which is what containers and CI machines are. */
export function electronArgs() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

function findReal() {
  const folder = path.join(root, 'node_modules', 'electron');
  try {
    const file = path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8').trim());
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
