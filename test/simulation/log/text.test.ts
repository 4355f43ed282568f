/**
 * Text between computers, through the sealed log, with a real relay and real authorities: what was written off line
 * merges, what was saved survives a crash, and a second computer of the same post gets its keys from the first.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCase } from '../cast.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
beforeAll(async () => (world = await World.begin()));
afterAll(() => world.end());

it('merges what two computers of one post wrote, also off line, and keeps what was saved over a crash', async () => {
  const first = await world.computer('first', 'officer');
  first.goOffline();
  const made = await makeCase(first);
  const area = await first.area(made, 'working papers');
  const mine = await first.openDocument(area, 'summary');
  mine.text.insert(0, 'Seen at the depot. ');
  await until(() => mine.saved === mine.sent);
  await first.crash();
  const again = await first.openDocument(area, 'summary');
  expect(again.text.toJSON()).toBe('Seen at the depot. ');

  first.goOnline();
  const second = await world.computer('second', 'officer2');
  expect(await second.area(made, 'working papers')).toBe(area);
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
