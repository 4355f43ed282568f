/**
 * A closed case can be read and not be changed: what is written after its closing, by a modified client or by one that was
 * away and did not know, counts with nobody while it is closed, is named to everybody, and comes in when it is reopened.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as Y from 'yjs';
import { filedIn } from '../../../renderer/sync/cases/caseIndex.ts';
import { eventPiece } from '../../../renderer/sync/cases/pieces.ts';
import { doWork } from '../../../renderer/sync/cases/work/doing.ts';
import { isClosed } from '../../../renderer/sync/cases/work/folded.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import type { AreaId, CaseId } from '../../../shared/primitives/ids.ts';
import type { WorkAct } from '../../../shared/ipc/work.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { addFile, deliver, fileRecord, makeCase, me, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import type { OpenDocument } from '../log/openDocument.ts';
import { World } from '../world.ts';

let world: World;
let sergeant: Computer;
let modified: Computer;
let away: Computer;
let of: CaseId;
let area: AreaId;

beforeAll(async () => {
  world = await World.begin();
  [sergeant, modified] = await Promise.all([
    world.computer('sergeant', 'officer2'),
    world.computer('modified', 'officer'),
  ]);
  away = await world.computer('away', 'officer');
  of = await makeCase(sergeant);
  area = await sergeant.area(of, 'working papers');
  await Promise.all([modified.area(of, 'working papers'), away.area(of, 'working papers')]);
  await addFile(sergeant, of, 'before.txt');
}, 40_000);
afterAll(() => world.end(), 20_000);

const everybody = (): readonly Computer[] => [sergeant, modified, away];
const filesOn = ({ session }: Computer): readonly string[] => filedIn(session, of).map(({ fact }) => fact.file.name);
const summary = (computer: Computer): Promise<OpenDocument> => computer.openDocument(area, 'summary');
const setAside = async (computer: Computer): Promise<readonly string[]> =>
  (await computer.view(of)).work.keeping.setAside;

async function does({ session }: Computer, what: WorkAct): Promise<void> {
  expect(await doWork(session, of, what)).toMatchObject({ ok: true });
}
const closes = async (): Promise<void> => {
  await does(sergeant, { is: 'closed', outcome: 'No further action', retention: null, reason: 'No prospect' });
};
const reopens = (): Promise<void> => does(sergeant, { is: 'reopened', reason: 'A witness came forward' });
const hears = (computers: readonly Computer[], closed: boolean): Promise<unknown> =>
  until(() => computers.every(({ session }) => isClosed(session, of) === closed), `closed: ${closed}`);

/** Signed, sealed and asked of nobody. */
async function writesLate({ session }: Computer, name: string, text: string): Promise<void> {
  const doc = new Y.Doc();
  doc.getText('text').insert(0, text);
  const stream = await streamOf(session.platform, area, 'summary');
  const plain = encodeFact({ client: doc.clientID, update: Y.encodeStateAsUpdate(doc) });
  const file = fileRecord(session, name);
  const done = await session.log.writer.write([
    await eventPiece(session, area, { is: 'added', file, by: me(session), at: session.platform.now() }),
    { area, stream, kind: 'edit', plain, seal: 'stream' },
  ]);
  expect(done.ok).toBe(true);
}

it('takes nothing into a closed case, says what was set aside and whose, and has it all once it is reopened', async () => {
  const first = await summary(sergeant);
  first.text.insert(0, 'As it was closed. ');
  const far = await summary(away);
  await until(() => far.text.toJSON() === 'As it was closed. ', 'the text everywhere');

  away.goOffline();
  await closes();
  await hears([sergeant, modified], true);
  await writesLate(modified, 'late.txt', 'Written by a modified client. ');
  await addFile(away, of, 'far.txt');
  far.text.insert(far.text.length, 'Typed far away. ');
  await until(() => far.isSaved, 'what was typed far away');
  away.goOnline();
  await hears(everybody(), true);
  for (const computer of everybody()) {
    await until(async () => (await setAside(computer)).length === 3, 'what was set aside');
    expect([...(await setAside(computer))].sort()).toEqual([
      'far.txt, added by DC Priya Nair',
      'late.txt, added by DC Priya Nair',
      'text by DC Priya Nair, Fellshire Police',
    ]);
    expect(filesOn(computer)).toEqual(['before.txt']);
    expect((await summary(computer)).text.toJSON()).toBe('As it was closed. ');
    expect((await computer.view(of)).activity.map(({ sentence }) => sentence)).toContain(
      'Set aside, because it came after the case was closed: late.txt, added by DC Priya Nair. It comes in if the case is reopened.',
    );
    expect(computer.alarms).toEqual([]);
  }
}, 60_000);

it('still does after a restart, and on a computer that comes later', async () => {
  await Promise.all(everybody().map((computer) => computer.crash()));
  const later = await world.computer('later', 'officer2');
  await later.area(of, 'working papers');
  await hears([...everybody(), later], true);
  for (const computer of [...everybody(), later]) {
    await until(async () => (await setAside(computer)).length === 3, 'what was set aside');
    expect(filesOn(computer)).toEqual(['before.txt']);
    expect((await summary(computer)).text.toJSON()).toBe('As it was closed. ');
  }
}, 60_000);

it('takes no typing of a window that has not heard of the closing', async () => {
  const window = await summary(sergeant);
  window.text.insert(0, 'Typed all the same. ');
  await until(() => window.wasSentAway, 'the window opens it anew');
  expect((await summary(sergeant)).text.toJSON()).toBe('As it was closed. ');
});

it('has everything once it is reopened, on every computer alike', async () => {
  await reopens();
  await hears(everybody(), false);
  for (const computer of everybody()) {
    const opened = await summary(computer);
    await until(
      () => opened.text.toJSON().includes('modified client') && opened.text.toJSON().includes('far away'),
      () => `the text: ${opened.text.toJSON()}`,
    );
    expect([...filesOn(computer)].sort()).toEqual(['before.txt', 'far.txt', 'late.txt']);
    expect(await setAside(computer)).toEqual([]);
    expect(computer.alarms).toEqual([]);
  }
  const texts = await Promise.all(everybody().map(async (computer) => (await summary(computer)).text.toJSON()));
  expect(new Set(texts).size).toBe(1);
  const mine = await summary(sergeant);
  const theirs = await summary(modified);
  mine.text.insert(0, 'Work goes on. ');
  await until(() => theirs.text.toJSON().startsWith('Work goes on. '), 'text that is typed again');
}, 60_000);

it('refuses for good what may not be done to a closed case, and names it', async () => {
  await closes();
  await hears(everybody(), true);
  const fact = {
    is: 'answered' as const,
    question: 'Is it so?',
    answer: 'yes' as const,
    note: '',
    by: me(modified.session),
    at: modified.session.platform.now(),
  };
  const written = await modified.session.log.writer.write([await eventPiece(modified.session, area, fact)]);
  expect(written.ok).toBe(true);
  await until(
    async () =>
      (await sergeant.view(of)).activity.some(({ sentence }) => /was refused: the case was closed/.test(sentence)),
    'the refusal in the activity',
  );
});

it('sets a package aside that comes for a closed case, at the other organisation too, until it is reopened', async () => {
  await reopens();
  await hears(everybody(), false);
  const prosecutor = await world.computer('prosecutor', 'prosecutor');
  const first = await addFile(modified, of, 'first.txt');
  await deliver(prosecutor, await releaseTo(modified, of, [first]));
  await prosecutor.area(of, 'case file');
  await closes();
  await hears([...everybody(), prosecutor], true);
  const late = await releaseTo(modified, of, [first]); // as no honest window lets anybody
  const said = 'a package from DC Priya Nair, Fellshire Police';
  await until(async () => (await setAside(prosecutor)).includes(said), 'what was set aside');
  const shown = async () => (await prosecutor.view(of)).packages.map((row) => row.package);
  expect(await shown()).not.toContain(late);
  expect((await prosecutor.view(of)).activity.map(({ sentence }) => sentence)).toContain(
    `Set aside, because it came after the case was closed: ${said}. It comes in if the case is reopened.`,
  );
  await reopens();
  await hears([...everybody(), prosecutor], false);
  expect(await shown()).toContain(late);
}, 60_000);
