/** The disk under the journal gets full while somebody types: it is said, nothing is lost, and it is saved when there is room. */
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeCase } from '../simulation/cast.ts';
import { Computer, until } from '../simulation/computer.ts';
import { World } from '../simulation/world.ts';
import type { SmallDisk } from './matrix/smallDisk.ts';
import { makeSmallDisk, mayMount } from './matrix/smallDisk.ts';

let world: World;
let disk: SmallDisk | null = null;
beforeEach(async () => {
  world = await World.begin();
  disk = mayMount() ? makeSmallDisk(16) : null;
}, 20_000);
afterEach(async () => {
  await world.end();
  disk?.end();
}, 20_000);

it.skipIf(!mayMount())('typing into a journal whose disk is full', async () => {
  if (disk === null) throw new Error('no disk');
  const officer = world.add(new Computer(path.join(disk.folder, 'officer')));
  await officer.enrol(world.relayUrl, await world.code('officer'));
  const of = await makeCase(officer);
  const mine = await officer.openDocument(await officer.area(of, 'working papers'), 'summary');
  mine.text.insert(0, 'Before. ');
  await until(() => mine.isSaved);

  disk.fill(0);
  // The journal may have a little room left in a block of its own.
  await until(() => {
    mine.text.insert(mine.text.length, 'x'.repeat(3000));
    return officer.alarms.join().includes('disk is full');
  }, 'the word');
  mine.text.insert(mine.text.length, ' The last word.');
  expect(mine.isSaved).toBe(false);
  const all = mine.text.toJSON();

  disk.free();
  await until(() => mine.isSaved, 'saved when there is room');
  expect(officer.alarms).toEqual([]);
  await officer.crash();
  const again = await officer.openDocument(await officer.area(of, 'working papers'), 'summary');
  expect(again.text.toJSON()).toBe(all);
});
