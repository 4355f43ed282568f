/**
 * Text between computers, through the sealed log, with a real relay and real authorities: what was written off line
 * merges, what was saved survives a crash, and a second computer of the same post gets its keys from the first.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCase } from '../../renderer/sync/cases/creating.ts';
import type { Servers } from '../support/servers.ts';
import { startServers } from '../support/servers.ts';
import { Computer, until } from './computer.ts';

let dir: string;
let servers: Servers;
const computers: Computer[] = [];

const newCase = {
  title: 'R v Harrow',
  urn: null,
  kind: 'charging',
  officer: 'DC Priya Nair',
  suspects: [],
  offences: [],
  people: [],
} as const;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'joinder-text-'));
  servers = await startServers({ dir: path.join(dir, 'servers') });
}, 60_000);
afterAll(async () => {
  for (const computer of computers) await computer.close();
  await servers.stop();
  await rm(dir, { recursive: true, force: true });
}, 30_000);

async function enrolled(name: string, code: string): Promise<Computer> {
  const computer = new Computer(path.join(dir, name));
  computers.push(computer);
  await computer.enrol(servers.relayUrl, code);
  return computer;
}

it('merges what two computers of one post wrote, also off line, and keeps what was saved over a crash', async () => {
  const first = await enrolled('first', servers.codes.officer);
  first.goOffline();
  const made = await createCase(first.session, newCase);
  if (!made.ok) throw new Error(made.cause);
  const area = await first.area(made.value, 'working papers');
  const mine = await first.openDocument(area, 'summary');
  mine.text.insert(0, 'Seen at the depot. ');
  await until(() => mine.saved === mine.sent);
  await first.crash();
  const again = await first.openDocument(area, 'summary');
  expect(again.text.toJSON()).toBe('Seen at the depot. ');

  first.goOnline();
  const second = await enrolled('second', servers.codes.officer2);
  expect(await second.area(made.value, 'working papers')).toBe(area);
  const theirs = await second.openDocument(area, 'summary');
  await until(() => theirs.text.toJSON() === 'Seen at the depot. ');

  first.goOffline();
  second.goOffline();
  again.text.insert(0, 'A: ');
  theirs.text.insert(theirs.text.length, 'B.');
  await until(() => again.saved === again.sent && theirs.saved === theirs.sent);
  first.goOnline();
  second.goOnline();
  await until(() => again.text.toJSON() === theirs.text.toJSON() && again.text.toJSON() === 'A: Seen at the depot. B.');
  await until(async () => (await first.session.db.outbox.count()) === 0);
  expect(first.session.alarms.open()).toEqual([]);
  expect(second.session.alarms.open()).toEqual([]);
}, 60_000);
