/**
 * A server's SQLite file: only its owner may read it, write-ahead log, a commit is durable when it returns. Several
 * processes may use it (a server and commands).
 */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Millis } from '../../shared/primitives/units.ts';

/** How long a process waits for another that has the file to itself for a moment: who makes it, leaves it last, or writes. */
export const BUSY: Millis = 10_000;
const PAUSE: Millis = 20;

export function openSqlite(file: string, schema: string): DatabaseSync {
  closeSync(openSync(file, 'a', 0o600)); // SQLite gives its journal files the permissions of this one
  const db = new DatabaseSync(file, { timeout: BUSY });
  try {
    switchToWal(db);
    db.exec('PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;');
    inTransaction(db, () => db.exec(schema));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** SQLite does not wait by itself where the mode of a new file is changed while another process has it: it may be changing it too. */
function switchToWal(db: DatabaseSync): void {
  const until = performance.now() + BUSY;
  for (;;) {
    try {
      return db.exec('PRAGMA journal_mode = WAL');
    } catch (error) {
      if (primaryCode(error) !== LOCKED || performance.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

/**
 * Runs `work`, which must not wait, in one transaction that is taken for writing at once. `unflushed`: it is whole when this
 * returns, and durable only once the caller has flushed the log.
 */
export function inTransaction<T>(db: DatabaseSync, work: () => T, unflushed = false): T {
  if (unflushed) db.exec('PRAGMA synchronous = NORMAL');
  try {
    db.exec('BEGIN IMMEDIATE');
    const value = work();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  } finally {
    if (unflushed) db.exec('PRAGMA synchronous = FULL');
  }
}

const LOCKED = 5;
const FULL = 13;
const IO_ERROR = 10;

/** Whether an error of SQLite means that the disk takes no more. */
export function isStorageFull(error: unknown): boolean {
  const primary = primaryCode(error);
  return primary === FULL || primary === IO_ERROR;
}

/** SQLite's primary result code of an error; null: it is none of SQLite's. */
function primaryCode(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return null;
  return Number(error.errcode) & 0xff;
}
