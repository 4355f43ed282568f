/**
 * Flushes SQLite's write-ahead log on a thread, for commits that did not wait for the disk. SQLite itself goes on flushing
 * that log before it copies from it, and the database before it begins the log anew (`synchronous = NORMAL`), so that a
 * crash at any moment leaves whole commits, and all that a flush has answered for.
 * A flush that failed is not tried again, since the system may have let go what it could not write: all of the log is then
 * copied to the database and flushed there. Until that has succeeded nothing is sound.
 */
import { closeSync, fdatasync, openSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Of a database in write-ahead mode that stays open meanwhile: whoever closes it last deletes the log. */
export function openFlush(db: DatabaseSync, file: string, flushFile: typeof fdatasync = fdatasync) {
  const wal = openSync(`${file}-wal`, 'r+');
  let sound = true;

  function makeSound(): boolean {
    try {
      sound = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
    } catch {
      sound = false;
    }
    return sound;
  }

  return {
    /** Whether all that was committed until now is on disk; never throws. */
    now: (): Promise<boolean> =>
      new Promise((resolve) => flushFile(wal, (error) => resolve(error === null || makeSound()))),
    /** False: what was committed may not be on disk, and cannot be put there. Tries again to. */
    isSound: (): boolean => sound || makeSound(),
    close: (): void => closeSync(wal),
  };
}
export type Flush = ReturnType<typeof openFlush>;
