/**
 * What comes late or fails for a while, without anybody's ill will: a key after the entries that it opens, a database that
 * takes nothing, a crash between journal and database, a sieve that does not start. Everything gets there in the end.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeCase } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
beforeAll(async () => {
  world = await World.begin();
  officer = await world.computer('officer', 'officer');
}, 20_000);
afterAll(() => world.end(), 20_000);

it('opens in order what came before its key, with what is typed while the key comes', async () => {
  const of = await makeCase(officer, 'Late key');
  const area = await officer.area(of, 'working papers');
  const mine = await officer.openDocument(area, 'summary');
  for (const word of ['one ', 'two ', 'three ']) {
    mine.text.insert(mine.text.length, word);
    await until(() => mine.isSaved);
  }
  await until(async () => (await officer.session.db.outbox.count()) === 0);
  officer.goOffline();
  const colleague = await world.computer('colleague', 'officer2');
  await until(
    () => colleague.session.log.replica(area).row.n > 4 && colleague.session.log.isBehind(),
    'entries without a key',
  );
  expect(colleague.session.facts.all()).toEqual([]);
  mine.text.insert(mine.text.length, 'four ');
  officer.goOnline();
  mine.text.insert(mine.text.length, 'five ');
  expect(await colleague.area(of, 'working papers')).toBe(area);
  const theirs = await colleague.openDocument(area, 'summary');
  await until(
    () => theirs.text.toJSON() === 'one two three four five ',
    () => theirs.text.toJSON(),
  );
  expect(colleague.alarms).toEqual([]);
});

it('says saved when the journal has it, whatever the database does, and sends it when that is well again', async () => {
  const of = await makeCase(officer, 'Database full');
  const area = await officer.area(of, 'working papers');
  const mine = await officer.openDocument(area, 'summary');
  await until(async () => (await officer.session.db.outbox.count()) === 0);
  const { outbox } = officer.session.db;
  const bulkAdd = outbox.bulkAdd.bind(outbox);
  outbox.bulkAdd = () => Promise.reject(new Error('QuotaExceededError')) as never;
  mine.text.insert(0, 'While it was full. ');
  await until(() => mine.isSaved);
  mine.text.insert(0, 'Not yet saved. ');
  await new Promise((next) => setTimeout(next, 0));
  await until(() => officer.alarms.join().includes('disk is full'), 'the word');
  expect(mine.isSaved).toBe(false);
  outbox.bulkAdd = bulkAdd;
  await until(() => mine.isSaved, 'saved once there is room');
  await until(async () => (await outbox.count()) === 0, 'everything at the relay');
  expect(officer.session.log.replica(area).row.n).toBeGreaterThan(4);
  expect(officer.alarms).toEqual([]);
});

it('finds after a crash what only the journal had, and sends it in its order', async () => {
  const of = await makeCase(officer, 'Journal only');
  const area = await officer.area(of, 'working papers');
  const mine = await officer.openDocument(area, 'summary');
  await until(async () => (await officer.session.db.outbox.count()) === 0);
  await until(async () => (await officer.journal()).length === 0, 'an empty journal');
  officer.goOffline();
  const { outbox } = officer.session.db;
  outbox.bulkAdd = () => new Promise(() => {}) as never; // the computer dies before the database answers
  mine.text.insert(0, 'Only in the journal. ');
  await until(async () => (await officer.journal()).length > 0, 'the journal');
  await officer.crash();
  const again = await officer.openDocument(area, 'summary');
  expect(again.text.toJSON()).toBe('Only in the journal. ');
  again.text.insert(0, 'And after it. ');
  officer.goOnline();
  await until(async () => (await officer.session.db.outbox.count()) === 0, 'everything at the relay');
  expect(officer.alarms).toEqual([]);
});

it('takes no edits while the sieve cannot start, says so, and takes them when it can', async () => {
  const colleague = await world.computer('another colleague', 'officer2');
  const of = await makeCase(officer, 'No sieve');
  const area = await colleague.area(of, 'working papers');
  const mine = await officer.openDocument(area, 'summary');
  colleague.sieveFails = true;
  await colleague.crash();
  const theirs = await colleague.openDocument(area, 'summary');
  mine.text.insert(0, 'Unsieved. ');
  await until(
    () => colleague.alarms.some((sentence) => sentence.includes('could not be worked off')),
    'the fault to be said',
  );
  expect(theirs.text.toJSON()).toBe('');
  expect(await colleague.word(of)).toBe('Needs attention: a fault in Joinder');
  colleague.sieveFails = false;
  colleague.goOffline();
  await until(() => !colleague.session.link.open);
  colleague.goOnline();
  await until(() => theirs.text.toJSON() === 'Unsieved. ', 'the edit, once the sieve stands');
});
