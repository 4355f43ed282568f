/**
 * A profile put back from an older copy, and one copied by somebody else: two computers that are one device. What either
 * writes bears numbers that the other's entries have. Nobody's words are lost, nobody is taken for a liar, and it is said.
 */
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addFile, makeCase } from '../cast.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
beforeAll(async () => (world = await World.begin()));
afterAll(() => world.end(), 20_000);

const PUT_BACK = 'This computer’s profile was put back from an older copy.';

it('goes on under an incarnation of its own, with what was written before and after the copy', async () => {
  const [first, colleague] = [await world.computer('first', 'officer'), await world.computer('colleague', 'officer2')];
  const of = await makeCase(first);
  const area = await colleague.area(of, 'working papers');
  const seen = await colleague.openDocument(area, 'summary');
  const before = await first.openDocument(area, 'summary');
  before.text.insert(0, 'Before the copy. ');
  await until(() => seen.text.toJSON() === 'Before the copy. ', 'what was written before the copy');
  await until(async () => (await first.session.db.outbox.count()) === 0);

  const copy = world.add(await first.copyTo(path.join(world.dir, 'copy')));
  copy.offline = true;
  await copy.start();
  before.text.insert(0, 'On the first. ');
  await until(() => seen.text.toJSON().includes('On the first'), 'what the first wrote since');

  const put = await copy.openDocument(area, 'summary');
  expect(put.text.toJSON()).toBe('Before the copy. ');
  put.text.insert(put.text.length, 'On the copy. ');
  await until(() => put.isSaved);
  const file = await addFile(copy, of, 'added on the copy.txt');
  copy.goOnline();
  await until(() => copy.alarms.includes(PUT_BACK), 'the copy to notice');
  const all = (text: string): boolean =>
    ['Before the copy', 'On the first', 'On the copy'].every((part) => text.includes(part));
  await until(() => all(seen.text.toJSON()) && all(put.text.toJSON()), 'all the words on both');
  await until(
    async () => (await colleague.view(of)).items.some((item) => item.file.name === file.name),
    'the file that was added on the copy',
  );
  await until(async () => (await copy.session.db.outbox.count()) === 0, 'nothing of the copy to wait');
  expect((await copy.view(of)).items).toHaveLength(1);

  await copy.crash();
  const again = await copy.openDocument(area, 'summary');
  again.text.insert(0, 'After a restart. ');
  await until(() => seen.text.toJSON().includes('After a restart'), 'what was written after a restart');
  expect(again.text.toJSON()).toBe(seen.text.toJSON());
  expect(colleague.alarms).toEqual([]);
  expect(copy.alarms).toEqual([PUT_BACK]);
});
