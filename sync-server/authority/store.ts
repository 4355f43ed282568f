/**
 * An authority's durable state, in one SQLite file that only its owner may read: the signed statements, in order, and the
 * enrolment codes handed out. Several processes use it at once (the server and commands), so every change is one
 * transaction that says which head it stands on. Promises that what `commit` returned true for survives a power cut.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PersonId } from '../../shared/primitives/ids.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import type { SignedStatement } from '../../shared/seal/directory/directory.ts';
import { firstUpTo } from '../common/firstUpTo.ts';
import { migrations } from '../common/migrations.ts';
import { inTransaction, openSqlite } from '../common/sqlite.ts';
import type { DeviceStore } from './devices/deviceStore.ts';
import { DEVICE_SCHEMA, deviceStore } from './devices/deviceStore.ts';
import type { AdminStore } from './adminStore.ts';
import { ADMIN_SCHEMA, adminStore } from './adminStore.ts';
import type { PeopleStore } from './people/peopleStore.ts';
import { PEOPLE_SCHEMA, peopleStore } from './people/peopleStore.ts';

/** An enrolment code as the authority keeps it. `secret` is emptied once it can serve no more. */
export interface CodeRow {
  readonly name: string;
  readonly secret: string;
  readonly person: string;
  readonly expires: Millis;
  readonly wrong: number;
  /** Id of the device that used it, or null. */
  readonly usedBy: string | null;
}

export interface Store {
  /** Statements after a place, oldest first: at most `limit`, and no more than one message takes. */
  statements(after: number, limit: number): SignedStatement[];
  count(): number;
  /** Adds statements after place `after`; false, and nothing changed, where others came first or the code was used meanwhile. */
  commit(
    after: number,
    statements: readonly SignedStatement[],
    use?: { readonly code: string; readonly device: string },
  ): boolean;
  /** False where a code of that name exists. */
  addCode(row: Omit<CodeRow, 'wrong' | 'usedBy'>): boolean;
  code(name: string): CodeRow | null;
  countWrong(name: string): void;
  /** Forgets secrets that have expired, and codes a while after that, so that names become free again. */
  tidyCodes(now: Millis): void;
  openCodes(now: Millis): number;
  /** Codes of a person who has left serve no more. */
  endCodes(person: PersonId): void;
  /** Codes of a person of whom nothing is kept any more. */
  dropCodes(person: PersonId): void;
  /** Changes whenever another process committed. */
  version(): number;
  /** It serves no more, as after too many wrong tries. */
  voidCode(name: string): void;
  readonly people: PeopleStore;
  /** What administrators did from the application. */
  readonly admin: AdminStore;
  readonly devices: DeviceStore;
  close(): void;
}

/** Wrong secrets after which a code is void. */
export const WRONG_LIMIT = 5;
const KEPT_AFTER_EXPIRY: Millis = 90 * 86_400_000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS statements (n INTEGER PRIMARY KEY, body BLOB NOT NULL, signature BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS codes (
    name TEXT PRIMARY KEY, secret TEXT NOT NULL, person TEXT NOT NULL, expires INTEGER NOT NULL,
    wrong INTEGER NOT NULL DEFAULT 0, used_by TEXT) STRICT;
`;

const fileIn = (dir: string): string => path.join(dir, 'authority.sqlite');
const authorityMigrations = migrations([]);

/** Whether an authority newer than this one has kept its data here: this one must not touch them. */
export const isLater = (dir: string): boolean => authorityMigrations.isLater(fileIn(dir));

export function openStore(dir: string): Store {
  const isFresh = !existsSync(fileIn(dir));
  const db = openSqlite(fileIn(dir), SCHEMA + ADMIN_SCHEMA + PEOPLE_SCHEMA + DEVICE_SCHEMA);
  db.exec('PRAGMA secure_delete = ON'); // secrets of codes that are gone
  authorityMigrations.migrate(db, fileIn(dir), isFresh);

  const after = db.prepare('SELECT body, signature FROM statements WHERE n > ? ORDER BY n LIMIT ?');
  const newest = db.prepare('SELECT coalesce(max(n), 0) AS n FROM statements');
  const insert = db.prepare('INSERT INTO statements (n, body, signature) VALUES (?, ?, ?)');
  const addCode = db.prepare(
    'INSERT INTO codes (name, secret, person, expires) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const findCode = db.prepare(
    'SELECT name, secret, person, expires, wrong, used_by AS usedBy FROM codes WHERE name = ?',
  );
  const useCode = db.prepare('UPDATE codes SET used_by = ? WHERE name = ? AND used_by IS NULL');
  const countWrong = db.prepare(
    `UPDATE codes SET wrong = wrong + 1, secret = iif(wrong + 1 >= ${WRONG_LIMIT}, '', secret) WHERE name = ?`,
  );
  const forget = db.prepare("UPDATE codes SET secret = '' WHERE expires < ? AND secret <> ''");
  const drop = db.prepare('DELETE FROM codes WHERE expires < ?');
  const open = db.prepare(
    `SELECT count(*) AS n FROM codes WHERE expires >= ? AND wrong < ${WRONG_LIMIT} AND used_by IS NULL`,
  );
  const endCodes = db.prepare(
    `UPDATE codes SET secret = '', wrong = ${WRONG_LIMIT} WHERE person = ? AND used_by IS NULL`,
  );
  const voidCode = db.prepare(
    `UPDATE codes SET secret = '', wrong = ${WRONG_LIMIT} WHERE name = ? AND used_by IS NULL`,
  );
  const dropCodes = db.prepare('DELETE FROM codes WHERE person = ?');
  const dropApprovals = db.prepare('DELETE FROM approvals WHERE code NOT IN (SELECT name FROM codes)');
  const version = db.prepare('PRAGMA data_version');
  const count = (): number => Number(newest.get()?.['n']);

  return {
    count,
    statements: (place, limit) => firstUpTo(read(after.iterate(place, limit))),
    commit: (place, statements, use) =>
      inTransaction(db, () => {
        if (count() !== place) return false;
        if (use !== undefined && useCode.run(use.device, use.code).changes === 0) return false;
        statements.forEach(({ body, signature }, i) => insert.run(place + 1 + i, body, signature));
        return true;
      }),
    addCode: (row) => addCode.run(row.name, row.secret, row.person, row.expires).changes === 1,
    code: (name) => (findCode.get(name) as unknown as CodeRow | undefined) ?? null,
    countWrong: (name) => void countWrong.run(name),
    tidyCodes: (now) => {
      forget.run(now);
      drop.run(now - KEPT_AFTER_EXPIRY);
      dropApprovals.run();
    },
    openCodes: (now) => Number(open.get(now)?.['n']),
    endCodes: (person) => void endCodes.run(person),
    dropCodes: (person) => void dropCodes.run(person),
    voidCode: (name) => void voidCode.run(name),
    people: peopleStore(db),
    admin: adminStore(db),
    devices: deviceStore(db),
    version: () => Number(version.get()?.['data_version']),
    close: () => db.close(),
  };
}

function* read(rows: Iterable<Record<string, unknown>>): Generator<SignedStatement> {
  for (const row of rows) yield { body: bytes(row['body']), signature: bytes(row['signature']) };
}
const bytes = (value: unknown): Uint8Array => new Uint8Array(value as Uint8Array);
