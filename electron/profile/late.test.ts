/** What was not sent stays until the relay has taken it, also where this disk takes no more. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DeviceId, OrgId } from '../../shared/primitives/ids.ts';
import { decodeLate } from '../../shared/wire/late.ts';
import type { Late } from './late.ts';
import { lateIn } from './late.ts';

let folder: string;
let status: number;
let asked: number;
/** How many entries each request that was taken had. */
let taken: number[];
let room: number;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'late-'));
  [status, asked, taken, room] = [503, 0, [], Number.POSITIVE_INFINITY];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const started = (): Late =>
  lateIn(folder, path.join(folder, 'evidence'), (url, init) => {
    asked++;
    const body = init?.body;
    const entries = url.endsWith('/v1/late') && body instanceof Uint8Array ? decodeLate(body)?.entries : undefined;
    if (status === 200 && entries) {
      if (entries.length > room) return Promise.resolve({ status: 413, json: () => Promise.resolve({}) });
      room -= entries.length;
      taken.push(entries.length);
    }
    return Promise.resolve({ status, json: () => Promise.resolve({}) });
  });
const work = {
  org: 'cd'.repeat(16) as OrgId,
  device: 'ab'.repeat(16) as DeviceId,
  entries: [new Uint8Array([1, 2, 3])],
  boxes: [],
  held: [],
};

it('is on disk until it was taken, whatever starts next', async () => {
  await started().keep('http://127.0.0.1:1', work);
  const late = started();
  await late.sendNow();
  expect([asked, await late.isEmpty(), await late.wasSent()]).toEqual([1, false, false]);
  status = 200;
  await late.sendNow();
  expect([asked, await late.isEmpty(), await late.wasSent()]).toEqual([2, true, true]);
});

it('counts as not sent where the disk did not take it; is written once there is room, or sent from memory', async () => {
  const blocked = path.join(folder, 'late.new'); // where it is written first
  await mkdir(blocked);
  const late = started();
  await late.keep('http://127.0.0.1:1', work);
  await late.sendNow();
  expect([asked, await late.isEmpty()]).toEqual([1, false]);
  await rm(blocked, { recursive: true });
  await late.sendNow();
  expect(await readdir(folder)).toEqual(['late']);
  await mkdir(blocked);
  await late.keep('http://127.0.0.1:1', work);
  status = 200;
  await late.sendNow();
  expect([await late.isEmpty(), await late.wasSent()]).toEqual([true, true]);
});

it('keeps, of a lane that is full, what it did not take, and brings that alone when there is room', async () => {
  const entries = Array.from({ length: 6 }, () => new Uint8Array(1_000_000));
  [status, room] = [200, 4];
  const late = started();
  await late.keep('http://127.0.0.1:1', { ...work, entries });
  await late.send();
  expect([taken, await late.isEmpty(), await late.wasSent()]).toEqual([[4], false, false]);
  await late.send();
  expect(asked, 'not asked again at once').toBe(2);
  room = 4;
  const next = started();
  await next.send();
  expect([taken, await next.isEmpty(), await next.wasSent()]).toEqual([[4, 2], true, true]);
});
