/**
 * The tables of a relay, and the relay's data folder. The log's rows are what was acknowledged; `heads`, `anchors` and
 * `grants` repeat what can be folded from them, kept in the same transaction so that an area opens quickly. Holds sealed
 * bytes, ids and hashes; there is no column for anything a person wrote.
 */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../../common/sqlite.ts';
import { relayMigrations } from './migrations.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS orgs (org TEXT PRIMARY KEY, digits TEXT NOT NULL UNIQUE, card TEXT NOT NULL, since INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS statements (
    org TEXT NOT NULL, n INTEGER NOT NULL, body BLOB NOT NULL, signature BLOB NOT NULL, PRIMARY KEY (org, n)) STRICT;

  CREATE TABLE IF NOT EXISTS areas (
    row INTEGER PRIMARY KEY, area TEXT NOT NULL UNIQUE, n INTEGER NOT NULL, h TEXT NOT NULL, time INTEGER NOT NULL,
    bytes INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS log (
    area INTEGER NOT NULL, n INTEGER NOT NULL, time INTEGER NOT NULL, h TEXT NOT NULL, item TEXT NOT NULL, org TEXT NOT NULL,
    chain INTEGER NOT NULL, directory TEXT, entry BLOB, PRIMARY KEY (area, n)) STRICT;
  CREATE UNIQUE INDEX IF NOT EXISTS log_item ON log (area, item) WHERE entry IS NOT NULL;
  CREATE INDEX IF NOT EXISTS log_chain ON log (area, n) WHERE chain = 1;
  CREATE TABLE IF NOT EXISTS heads (
    area INTEGER NOT NULL, device TEXT NOT NULL, incarnation INTEGER NOT NULL, counter INTEGER NOT NULL, header TEXT NOT NULL,
    PRIMARY KEY (area, device)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS anchors (
    area INTEGER NOT NULL, org TEXT NOT NULL, directory TEXT NOT NULL, PRIMARY KEY (area, org)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS grants (
    org TEXT NOT NULL, seat TEXT NOT NULL, area TEXT NOT NULL, PRIMARY KEY (org, seat, area)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS grants_area ON grants (area);

  CREATE TABLE IF NOT EXISTS boxes (
    subject TEXT NOT NULL, reader TEXT NOT NULL, generation INTEGER NOT NULL, filer TEXT NOT NULL, sealed BLOB NOT NULL,
    given INTEGER NOT NULL DEFAULT 0, UNIQUE (subject, reader, generation, filer)) STRICT;
  CREATE TABLE IF NOT EXISTS withdrawn (area TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (area, entry)) STRICT, WITHOUT ROWID;

  CREATE TABLE IF NOT EXISTS chunks (chunk TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS refs (
    area TEXT NOT NULL, chunk TEXT NOT NULL, tag TEXT NOT NULL, org TEXT NOT NULL, size INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (area, chunk, tag, org)) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS refs_tag ON refs (area, tag, org);
  CREATE INDEX IF NOT EXISTS refs_chunk ON refs (chunk, org);
  CREATE TABLE IF NOT EXISTS gone (area TEXT NOT NULL, chunk TEXT NOT NULL, org TEXT NOT NULL, PRIMARY KEY (area, chunk, org)) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS fetched (
    area TEXT NOT NULL, chunk TEXT NOT NULL, org TEXT NOT NULL, device TEXT NOT NULL, PRIMARY KEY (area, chunk, org, device)) STRICT, WITHOUT ROWID;
`;

export function makeDataFolder(dir: string): void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
}

export const fileIn = (dir: string): string => path.join(dir, 'relay.sqlite');

export const hasDatabase = (dir: string): boolean => existsSync(fileIn(dir));

/** Of an earlier relay it is brought up to date, after a copy; that it is not a later one's was asked before (`isLater`). */
export function openDatabase(dir: string): DatabaseSync {
  makeDataFolder(dir);
  const isFresh = !hasDatabase(dir);
  const db = openSqlite(fileIn(dir), SCHEMA);
  db.exec('PRAGMA secure_delete = ON'); // what is disposed of is overwritten, not only let go
  relayMigrations.migrate(db, fileIn(dir), isFresh);
  return db;
}

/** Whether a relay newer than this one has kept its data here: this one must not touch them. */
export const isLater = (dir: string): boolean => relayMigrations.isLater(fileIn(dir));
