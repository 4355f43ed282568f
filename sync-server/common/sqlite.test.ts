/** Opening a server's file while another process has it: a command waits its turn beside a server, and does not fail. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, it } from 'vitest';
import { migrations } from './migrations.ts';
import { openSqlite } from './sqlite.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'joinder-sqlite-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Another holder of the file, in a thread of its own because SQLite waits without letting anything else run; it lets go a moment after it has it. */
async function heldBy(file: string, begin: string): Promise<Worker> {
  const holder = new Worker(
    `const { DatabaseSync } = require('node:sqlite');
     const { parentPort, workerData } = require('node:worker_threads');
     const db = new DatabaseSync(workerData.file);
     db.exec('CREATE TABLE IF NOT EXISTS other (n)');
     db.exec(workerData.begin);
     parentPort.postMessage('held');
     Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
     db.exec('COMMIT');
     db.close();`,
    { eval: true, workerData: { file, begin } },
  );
  await new Promise((held) => holder.once('message', held));
  return holder;
}
const ended = (holder: Worker): Promise<unknown> => new Promise((exit) => holder.once('exit', exit));

it('a new file whose mode another is about to change is waited for', async () => {
  const file = path.join(dir, 'fresh.sqlite');
  const holder = await heldBy(file, 'BEGIN IMMEDIATE');
  const over = ended(holder);
  const db = openSqlite(file, 'CREATE TABLE IF NOT EXISTS mine (n INTEGER) STRICT');
  expect(db.prepare('PRAGMA journal_mode').get()?.['journal_mode']).toBe('wal');
  db.close();
  await over;
});

it('whether a later version kept a file is asked once nobody has it for themselves', async () => {
  const file = path.join(dir, 'held.sqlite');
  const holder = await heldBy(file, 'BEGIN EXCLUSIVE');
  const over = ended(holder);
  expect(migrations([]).isLater(file)).toBe(false);
  await over;
});
