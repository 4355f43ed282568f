/**
 * Owns the npm packages: promises that node_modules holds what package-lock.json asks for, and installs it (`npm ci`)
 * when it does not. Compares the lock with the record that npm itself leaves in node_modules, so that a package somebody
 * has just added with `npm install` never causes a second installation. Never runs a package's own install scripts.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root, runNpm, say } from './exec.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} Locked */

export function ensurePackages() {
  const reason = whatIsMissing();
  if (reason === undefined) return;
  say(`${reason}: installing the npm packages (about a minute) ...`);
  runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    doing: 'Installing the npm packages (npm ci)',
    remedy: 'Check that this computer reaches its npm registry, then run the same command again.',
  });
}

/** @returns {string | undefined} why an installation is needed */
function whatIsMissing() {
  const installed = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return 'node_modules is absent';
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  if (wanted === undefined) return 'package-lock.json cannot be read';
  for (const [where, locked] of Object.entries(wanted)) {
    if (where === '' || locked.optional === true || locked.devOptional === true) continue;
    const present = installed[where];
    if (present?.version !== locked.version || present?.integrity !== locked.integrity) return `${where} has changed`;
  }
  return undefined;
}

/**
 * @param {string} file
 * @returns {Record<string, Locked> | undefined}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
