/**
 * How a server's data file of an earlier version comes to the shape that this one wants. Steps go forward only and are never
 * changed once released; before the first of them the database is copied aside, whole. A database of a later version is
 * for its owner to refuse (`isLater`): nothing here touches it.
 */
import { chmodSync, existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BUSY, inTransaction } from './sqlite.ts';

export interface Migrations {
  readonly newest: number;
  /** Brings the database to the newest version; `isFresh`: nothing is in it that needs a copy first. */
  migrate(db: DatabaseSync, file: string, isFresh: boolean): void;
  /** Whether a later version has kept its data in this file. False where there is none. */
  isLater(file: string): boolean;
}

export const versionOf = (db: DatabaseSync): number => {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  return version === 0 ? 1 : version;
};

/** Where the database is copied to before it is brought from `version` to a newer one. */
export const asideOf = (file: string, version: number): string =>
  file.replace(/\.sqlite$/, `.before-${version + 1}.sqlite`);

/** Step i brings a database from version i + 1 to i + 2. Version 1 is what the schema makes, which only adds tables. */
export function migrations(steps: readonly string[]): Migrations {
  const newest = steps.length + 1;
  return {
    newest,
    migrate(db, file, isFresh) {
      const from = versionOf(db);
      if (from >= newest) return;
      const aside = asideOf(file, from);
      if (!isFresh && !existsSync(aside)) {
        db.prepare('VACUUM INTO ?').run(aside);
        chmodSync(aside, 0o600);
      }
      inTransaction(db, () => {
        // Asked again within the transaction: another process may have been quicker.
        for (const step of steps.slice(versionOf(db) - 1)) db.exec(step);
        db.exec(`PRAGMA user_version = ${newest}`);
      });
    },
    isLater(file) {
      if (!existsSync(file)) return false;
      const db = new DatabaseSync(file, { readOnly: true, timeout: BUSY });
      try {
        return versionOf(db) > newest;
      } finally {
        db.close();
      }
    },
  };
}
