/**
 * Owns the rule that one set-up at a time works on a work tree: two terminals may start one at once. The lock is a folder
 * that names its holder's process; a lock whose holder has died is taken over. Never held while a command runs.
 */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cache, say } from './exec.mjs';

/**
 * @param {string} name
 * @returns {Promise<() => void>} releases the lock
 */
export async function holdLock(name) {
  const folder = path.join(cache, `${name}.lock`);
  mkdirSync(cache, { recursive: true });
  let said = false;
  while (!take(folder)) {
    if (holderIsGone(folder)) {
      rmSync(folder, { recursive: true, force: true });
      continue;
    }
    if (!said) say('waiting for another set-up of this work tree to end ...');
    said = true;
    await delay(200);
  }
  return () => rmSync(folder, { recursive: true, force: true });
}

/** @param {string} folder */
function take(folder) {
  try {
    mkdirSync(folder);
  } catch {
    return false;
  }
  writeFileSync(path.join(folder, 'pid'), String(process.pid));
  return true;
}

/** @param {string} folder */
function holderIsGone(folder) {
  try {
    process.kill(Number(readFileSync(path.join(folder, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ESRCH' || (code === 'ENOENT' && isOld(folder));
  }
}

/**
 * A holder writes its number right after it took the lock; one that has not after ten seconds died in between.
 * @param {string} folder
 */
function isOld(folder) {
  const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > 10_000;
}
