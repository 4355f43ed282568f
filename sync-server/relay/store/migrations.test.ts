/** From an earlier relay's database to this one's: a copy first, nothing lost; a later relay's is left alone. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeLog } from '../../common/log.ts';
import { asideOf, versionOf } from '../../common/migrations.ts';
import { nodePlatform } from '../../common/node.ts';
import { serveRelay } from '../serve.ts';
import { runHere } from '../testing/commandLine.fixture.ts';
import { dropFolder, makeFolder } from '../testing/process.fixture.ts';
import { relayMigrations } from './migrations.ts';
import { fileIn, openDatabase } from './schema.ts';

const NEWEST = relayMigrations.newest;
let data: string;
beforeEach(() => void (data = makeFolder()));
afterEach(() => dropFolder(data));

/** As the relay before migrations left it: without a version, and without what came with them. */
function makeEarlier(): void {
  const db = openDatabase(data);
  for (const table of [
    'suspended',
    'kept',
    'used',
    'limits',
    'contacts',
    'acts',
    'orders',
    'disposed',
    'accounts',
    'holds',
    'proposals',
    'late',
    'checkpoints',
    'covered',
  ])
    db.exec(`DROP TABLE ${table}`);
  db.exec(`
    CREATE TABLE owners (chunk TEXT NOT NULL, org TEXT NOT NULL, PRIMARY KEY (chunk, org)) STRICT, WITHOUT ROWID;
    INSERT INTO chunks (chunk, size) VALUES ('whole', 1000);
    INSERT INTO owners (chunk, org) VALUES ('whole', 'x');
    INSERT INTO refs (area, chunk, tag, org, size) VALUES
      ('a', 'whole', 't', 'x', 1000), ('a', 'whole', 'u', 'x', 1000), ('b', 'half', 't', 'x', 500), ('b', 'none', 't', 'x', 0)`);
  db.exec("PRAGMA user_version = 0; INSERT INTO settings (name, value) VALUES ('kept', 'yes')");
  db.close();
}
const kept = (db: DatabaseSync): unknown =>
  db.prepare("SELECT value FROM settings WHERE name = 'kept'").get()?.['value'];

test('a new folder has the newest shape, and no copy', () => {
  const db = openDatabase(data);
  expect(versionOf(db)).toBe(NEWEST);
  db.close();
  expect(existsSync(asideOf(fileIn(data), 1))).toBe(false);
});

test('an earlier one is copied aside, for its owner alone, and brought up to date once', () => {
  makeEarlier();
  const db = openDatabase(data);
  expect([versionOf(db), kept(db)]).toEqual([NEWEST, 'yes']);
  db.exec("INSERT INTO limits (org, of, bytes) VALUES ('x', 'intake', 1)");
  const rows = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => Object.values(row));
  expect(rows('SELECT area, chunk, size, whole FROM kept')).toEqual([
    ['a', 'whole', 1000, 1],
    ['b', 'half', 500, 0],
  ]);
  expect(rows('SELECT area, bytes FROM used')).toEqual([
    ['a', 1000],
    ['b', 500],
  ]);
  db.close();
  const aside = new DatabaseSync(asideOf(fileIn(data), 1), { readOnly: true });
  expect([versionOf(aside), kept(aside)]).toEqual([1, 'yes']);
  aside.close();
  expect(statSync(asideOf(fileIn(data), 1)).mode & 0o077).toBe(0);
  const again = openDatabase(data);
  expect(again.prepare('SELECT count(*) AS n FROM limits').get()?.['n']).toBe(1);
  again.close();
});

test('a later one is refused by relay and commands, and stays byte for byte', async () => {
  const db = openDatabase(data);
  db.exec(`PRAGMA user_version = ${NEWEST + 1}; PRAGMA wal_checkpoint(TRUNCATE)`);
  db.close();
  const before = readFileSync(path.join(data, 'relay.sqlite'));
  const settings = { data, host: '127.0.0.1', port: 0, quota: 1 };
  expect(await serveRelay(nodePlatform, makeLog('silent'), settings)).toEqual({ ok: false, cause: 'store is later' });
  const said = await runHere('status', '--data', data);
  expect([said.code, said.err]).toEqual([1, expect.stringContaining('A newer relay has kept its data here')]);
  expect(readFileSync(path.join(data, 'relay.sqlite')).equals(before)).toBe(true);
});
