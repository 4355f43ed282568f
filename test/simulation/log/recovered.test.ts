/**
 * The case store of a computer is gone, or is yesterday's copy, while there is no network and work was not sent: edits and
 * files come back from journal, disk and relay, and it is said from where, and what still waits, until somebody has read it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { filedIn } from '../../../renderer/sync/cases/caseIndex.ts';
import { computeView } from '../../../renderer/sync/views/views.ts';
import type { Alarm } from '../../../shared/ipc/worker.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { makeCase } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { EvidenceLine } from '../files/evidenceLine.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let line: EvidenceLine;
beforeAll(async () => {
  world = await World.begin();
}, 20_000);
afterAll(() => world.end(), 20_000);
let made = 0;
beforeEach(async () => {
  officer = world.add(new Computer(path.join(world.dir, `officer ${made++}`)));
  line = officer.evidence = new EvidenceLine(officer.folder);
  await officer.enrol(world.relayUrl, await world.code('officer'));
}, 20_000);

const sent = (): Promise<boolean> => until(async () => (await officer.session.db.outbox.count()) === 0, 'all sent');
const notices = async (): Promise<readonly Alarm[]> => (await computeView(officer.desktop, 'alarms')) as Alarm[];
const said = async (): Promise<string> => (await notices()).flatMap(({ details = [] }) => details).join('\n');
const saying = (words: string): Promise<boolean> =>
  until(
    async () => (await said()).includes(words),
    () => words,
  );
const names = (of: CaseId): string[] =>
  filedIn(officer.session, of)
    .map(({ fact }) => fact.file.name)
    .sort();

async function add(of: CaseId, name: string): Promise<void> {
  const folder = path.join(world.dir, `drive ${made}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, name), `The content of ${name}.`);
  const before = names(of).length;
  const added = await officer.desktop.importing.add(of, await line.choose([path.join(folder, name)]));
  expect(added.ok).toBe(true);
  await until(() => names(of).length > before, `${name} in the case`);
}

it('a store that is gone, off line: unsent words and files are back at once where the journal has all, the rest with the link', async () => {
  const known = await makeCase(officer, 'At the relay');
  const first = await officer.openDocument(await officer.area(known, 'working papers'), 'summary');
  first.text.insert(0, 'Sent. ');
  await until(() => first.isSaved);
  await add(known, 'sent.txt');
  await sent();
  officer.goOffline();
  first.text.insert(first.text.length, 'Not sent.');
  await until(() => first.isSaved);
  await add(known, 'not sent.txt');
  const fresh = await makeCase(officer, 'Made off line');
  await add(fresh, 'of a new case.txt');

  await officer.loseStore();
  expect(officer.alarms.join()).toContain('case store was found empty');
  // The case that the relay has never seen needs nothing but the journal.
  expect(names(fresh)).toEqual(['of a new case.txt']);
  await saying('On this disk: all of 1 file');
  expect(await said()).toMatch(
    /From the journal: \d+ entries of yours, in 2 places\. .* safe but not on screen yet.* still to be sent/,
  );
  expect(await said()).toContain('From the relay: waits for the link.');

  officer.goOnline();
  await saying('The relay has all of them now.');
  await saying('Nothing is missing any more.');
  await until(() => names(known).length === 2, 'both files');
  const again = await officer.openDocument(await officer.area(known, 'working papers'), 'summary');
  await until(
    () => again.text.toJSON() === 'Sent. Not sent.',
    () => again.text.toJSON(),
  );
  await saying('On this disk: all of 3 files');

  // It stays over a restart, and goes when it was read.
  await officer.crash();
  await saying('Nothing is missing any more.');
  for (const { id } of await notices()) await officer.session.alarms.markSeen(id);
  await officer.crash();
  expect(await notices()).toEqual([]);
});

it('yesterday\u2019s copy of the store, off line: what was written since is back from the journal, and it is said', async () => {
  const of = await makeCase(officer, 'Yesterday');
  const area = await officer.area(of, 'working papers');
  const text = await officer.openDocument(area, 'summary');
  text.text.insert(0, 'Yesterday. ');
  await until(() => text.isSaved);
  await sent();
  const putBack = await officer.copyStore();
  officer.pass(DAY);
  text.text.insert(text.text.length, 'Today, sent. ');
  await until(() => text.isSaved);
  await add(of, 'sent today.txt');
  await sent();
  officer.goOffline();
  text.text.insert(text.text.length, 'This morning. ');
  await until(() => text.isSaved);
  officer.pass(DAY / 4);
  text.text.insert(text.text.length, 'This evening.');
  await until(() => text.isSaved);
  await add(of, 'not sent.txt');

  await putBack();
  expect(officer.alarms.join()).toContain('found older than what was written here');
  expect(names(of)).toEqual(['not sent.txt']);
  await saying('From the relay: waits for the link.');
  officer.goOnline();
  await saying('Nothing is missing any more.');
  await until(() => names(of).length === 2, 'both files');
  const again = await officer.openDocument(area, 'summary');
  await until(
    () => again.text.toJSON() === 'Yesterday. Today, sent. This morning. This evening.',
    () => again.text.toJSON(),
  );
  expect(officer.alarms).toHaveLength(1);
});

it('a crash between journal and database is no such thing: nothing is said', async () => {
  const of = await makeCase(officer, 'A crash');
  const text = await officer.openDocument(await officer.area(of, 'working papers'), 'summary');
  await sent();
  await until(async () => (await officer.journal()).length === 0, 'an empty journal');
  officer.goOffline();
  officer.session.db.outbox.bulkAdd = () => new Promise(() => {}) as never;
  text.text.insert(0, 'Only in the journal.');
  await until(async () => (await officer.journal()).length > 0, 'the journal');
  await officer.crash();
  expect(await notices()).toEqual([]);
});
