/** Nothing is called durable, or shown to anybody, before the disk has answered for it; a flush that fails is never taken for one that did not. */
import type { fdatasync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AreaId, DeviceId, OrgId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { emptyDirectory } from '../../../shared/seal/directory/directory.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import type { Log } from '../../common/log.ts';
import { openSqlite } from '../../common/sqlite.ts';
import { pull } from '../answers/pull.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { openCommits } from './commit.ts';
import { openFlush } from './flush.ts';

type Answer = (error: NodeJS.ErrnoException | null) => void;
let dir = '';
let db: DatabaseSync;
/** Flushes asked for and not answered. */
let asked: Answer[] = [];
let close = (): void => {};
const errors: string[] = [];
const log = { error: (text: string) => void errors.push(text) } as unknown as Log;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'joinder-flush-'));
  db = openSqlite(path.join(dir, 'a.sqlite'), 'CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY) STRICT');
  asked = [];
  close = () => {};
  errors.length = 0;
});
afterEach(() => {
  close();
  db.close();
  rmSync(dir, { recursive: true });
});

function begin() {
  const flush = openFlush(db, path.join(dir, 'a.sqlite'), ((_wal: number, answer: Answer) => {
    asked.push(answer);
  }) as unknown as typeof fdatasync);
  close = flush.close;
  const commits = openCommits<number>({ db, flush, log, took: () => {} });
  const settled: [number, boolean][] = [];
  const told: number[] = [];
  commits.onDurable((batch) => Promise.resolve(void told.push(...batch)));
  const insert = db.prepare('INSERT INTO t (n) VALUES (?)');
  const add = (from: number, to: number, mayWait: boolean): void => {
    for (let n = from; n <= to; n++)
      commits.add({
        tell: n,
        write: () => void insert.run(n),
        settle: (durable) => void settled.push([n, durable]),
        ...(mayWait ? { mayWait } : {}),
      });
  };
  const stored = (): number => Number(db.prepare('SELECT count(*) AS n FROM t').get()?.['n']);
  return { commits, settled, told, add, stored };
}
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

test('of a crowd nobody hears before the flush, and nothing more is committed until then', async () => {
  const { commits, settled, told, add, stored } = begin();
  add(1, 8, true);
  await expect.poll(() => asked.length).toBe(1);
  expect([stored(), settled, told]).toEqual([8, [], []]);
  let isFlushed = false;
  const flushed = commits.flushed().then(() => (isFlushed = true));
  add(9, 20, true);
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
  expect([stored(), settled, told, isFlushed]).toEqual([8, [], [], false]);
  asked[0]?.(null);
  await flushed;
  await expect.poll(() => told).toEqual(upTo(8));
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.(null);
  await commits.drained();
  expect(settled).toEqual(upTo(20).map((n) => [n, true]));
});

test('few, and what others read at once, are flushed by the commit itself', async () => {
  const { commits, told, add } = begin();
  add(1, 4, true);
  await commits.drained();
  add(5, 30, false);
  await commits.drained();
  expect([told, asked.length]).toEqual([upTo(30), 0]);
});

test('a flush that fails is made good from the database, or nothing is called durable until it can be', async () => {
  const { commits, settled, add } = begin();
  add(1, 8, true);
  await expect.poll(() => asked.length).toBe(1);
  asked[0]?.(new Error('EIO'));
  await commits.drained();
  expect([settled, errors]).toEqual([upTo(8).map((n) => [n, true]), []]);

  const reader = openSqlite(path.join(dir, 'a.sqlite'), 'SELECT 1');
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM t').get(); // holds on to what the log held: it cannot be copied whole
  db.exec('PRAGMA busy_timeout = 20');
  settled.length = 0;
  add(9, 16, true);
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.(new Error('EIO'));
  await commits.drained();
  expect(settled).toEqual(upTo(8).map((n) => [n + 8, false]));
  add(17, 17, true);
  await commits.drained();
  expect(settled.at(-1)).toEqual([17, false]);
  expect(errors).toEqual(Array.from({ length: 2 }, () => expect.stringContaining('storage is full or failing')));
  reader.exec('COMMIT');
  reader.close();
  add(18, 18, true);
  await commits.drained();
  expect(settled.at(-1)).toEqual([18, true]);
});

test('who pulls is given nothing that is stored and not yet durable', async () => {
  const [org, seat, person] = ['a'.repeat(32) as OrgId, 'b'.repeat(32) as SeatId, 'c'.repeat(32) as PersonId];
  const device = '1'.repeat(32) as DeviceId;
  const directory = {
    ...emptyDirectory(org),
    devices: new Map([[device, { person }]]),
    holds: new Map([[person, new Set([seat])]]),
  } as unknown as DirectoryState;
  const id = 'd'.repeat(32) as AreaId;
  const area = { id, row: 1, intake: { org, seat }, durable: { place: { n: 2 }, access: null }, left: new Set() };
  const relay = {
    areas: { find: () => ({ ...area, now: () => 0 }), tipOf: () => Promise.resolve({ n: 2 }) },
    directories: { state: () => directory },
    logs: { items: () => upTo(3).map((n) => ({ n, time: 0, h: '', entry: null, org, directory: null })) },
  } as unknown as Relay;
  const told: FromRelay[] = [];
  const link = { org, device, tell: (message: FromRelay) => void told.push(message) } as unknown as DeviceLink;
  await pull(relay, link, { t: 'pull', q: 1, area: id, after: 0, limit: 10 });
  expect(told).toMatchObject([{ t: 'log', items: [{ n: 1 }, { n: 2 }] }]);
});
