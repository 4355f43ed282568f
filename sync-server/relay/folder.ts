/**
 * One relay to a data folder: two would order one log twice, which is the fork that clients stop at. The hold is a
 * lock of SQLite's, so that it ends with the process, however that ends. Beside it lies, for `status`, where the running
 * relay listens and the word by which it answers.
 */
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { writePrivateFile } from '../common/files.ts';
import { refusedBy } from '../common/options.ts';
import { makeDataFolder } from './store/schema.ts';

export interface Hold {
  release(): void;
}

export function holdFolder(dir: string): Result<Hold, 'held by another'> {
  makeDataFolder(dir);
  const lock = path.join(dir, 'relay.lock');
  closeSync(openSync(lock, 'a', 0o600));
  const db = new DatabaseSync(lock);
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (x); COMMIT;');
  } catch (error) {
    db.close();
    const word = refusedBy(error);
    if (word === 'SQLITE_BUSY' || word === 'SQLITE_LOCKED') return fail('held by another');
    throw error; // a disk that is full, or fails: whoever asked says which
  }
  return ok({ release: () => db.close() });
}

export interface Running {
  readonly url: string;
  /** Where commands on this machine ask, in the clear, when `url` speaks TLS; left out: `url`. */
  readonly local?: string;
  /** Bearer for `/v1/status`, known to whoever may read the data folder. */
  readonly secret: string;
}

const file = (dir: string): string => path.join(dir, 'running.json');

export const writeRunning = (dir: string, running: Running): void =>
  writePrivateFile(file(dir), JSON.stringify(running));
export const forgetRunning = (dir: string): void => rmSync(file(dir), { force: true });

/** Where a relay said it listens; it may have died since. */
export function readRunning(dir: string): Running | null {
  try {
    return JSON.parse(readFileSync(file(dir), 'utf8')) as Running;
  } catch {
    return null; // no relay has run here, or it has shut down
  }
}
