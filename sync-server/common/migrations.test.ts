/** A data file that another process has to itself for a moment is waited for: commands may run side by side. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { migrations } from './migrations.ts';

/** Has the file to itself, says so, and lets it go a moment later: whoever asks meanwhile has to wait. */
const HOLDER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const db = new (require('node:sqlite').DatabaseSync)(workerData);
  db.exec('PRAGMA user_version = 2; BEGIN EXCLUSIVE');
  parentPort.postMessage('held');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  db.exec('COMMIT');
`;

test('the version of a file that is held for a moment is read when it is free', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'joinder-migrations-'));
  const file = path.join(dir, 'data.sqlite');
  const holder = new Worker(HOLDER, { eval: true, workerData: file });
  await new Promise((resolve) => holder.once('message', resolve));
  const ended = new Promise((resolve) => holder.once('exit', resolve));
  expect(migrations([]).isLater(file)).toBe(true);
  expect(migrations(['SELECT 1']).isLater(file)).toBe(false);
  await ended;
  rmSync(dir, { recursive: true });
});
