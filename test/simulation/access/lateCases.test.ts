/**
 * Late work besides texts: acts, files with their bytes, and a case that nobody else had, of somebody who left while off line.
 * A lead adopts them one by one, with their author's name and time, or declines them on record. Real relay, authority,
 * profiles, journals and evidence processes.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LateRow } from '../../../shared/ipc/late.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { LATE } from '../../../shared/wire/late.ts';
import { filedIn } from '../../../renderer/sync/cases/caseIndex.ts';
import { act, eventPiece } from '../../../renderer/sync/cases/pieces.ts';
import { doWork } from '../../../renderer/sync/cases/work/doing.ts';
import { decideLate } from '../../../renderer/sync/late/adopting.ts';
import { lateRows } from '../../../renderer/sync/late/rows.ts';
import { revokeDevice } from '../../../sync-server/authority/acts.ts';
import { makeCase, me } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { computerWithFiles } from '../files/withFiles.ts';
import { World } from '../world.ts';

const FILM = randomBytes(2 * MiB);

let world: World;
let lead: Computer;
let leaver: Computer;
let colleague: Computer;
let ash: CaseId;
let elm: CaseId;
beforeAll(async () => {
  world = await World.begin();
  [lead, leaver, colleague] = await Promise.all([
    computerWithFiles(world, 'lead', 'officer2'),
    computerWithFiles(world, 'leaver', 'officer'),
    computerWithFiles(world, 'colleague', 'officer2'),
  ]);
  ash = await makeCase(lead, 'R v Ash');
  for (const computer of [leaver, colleague])
    await until(
      async () => computer.session.keyring.areaKey(await computer.area(ash, 'working papers'), 1),
      'the case with all',
    );
}, 60_000);
afterAll(() => world.end(), 20_000);

const rows = (): Promise<readonly LateRow[]> => lateRows(lead.desktop);
const rowOf = async (what: LateRow['what'], said = ''): Promise<LateRow> =>
  until(
    async () => (await rows()).find((row) => row.what === what && (row.said ?? '').includes(said)),
    `late: ${what}`,
  );
const adopt = async (what: LateRow['what'], said = ''): Promise<void> => {
  const { id } = await rowOf(what, said);
  expect(await decideLate(lead.desktop, id, true, '')).toEqual({ ok: true, value: null });
};
const activity = async (computer: Computer, of: CaseId): Promise<string> =>
  (await computer.view(of)).activity.map(({ sentence }) => sentence).join('\n');

async function addFile(of: CaseId, name: string, bytes: Uint8Array): Promise<void> {
  const folder = path.join(world.dir, 'drive');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, name), bytes);
  const tokens = (await leaver.evidence?.choose([path.join(folder, name)])) ?? [];
  expect((await leaver.desktop.importing.add(of, tokens)).ok).toBe(true);
  await until(() => fileIn(leaver, of, name), 'the file added');
}
const fileIn = ({ session }: Computer, of: CaseId, name: string) =>
  filedIn(session, of).find(({ fact }) => fact.is === 'added' && fact.file.name === name);
const say = async (of: CaseId, text: string): Promise<void> => {
  const about = { is: 'case' } as const;
  const done = await doWork(leaver.session, of, { is: 'message', about, text, disclosable: false, replyTo: null });
  expect(done.ok).toBe(true);
};

it('brings acts, files and a whole case of a computer that was shut out off line', async () => {
  leaver.goOffline();
  await addFile(ash, 'Film.bin', FILM);
  await say(ash, 'The neighbour called back.');
  await say(ash, 'This one is a mistake.');
  const { session } = leaver;
  const bar = {
    is: 'barred',
    person: colleague.session.identity.person,
    personName: 'Somebody',
    why: 'knows her',
  } as const;
  const working = await leaver.area(ash, 'working papers');
  const piece = await eventPiece(session, working, { ...bar, by: me(session), at: session.platform.now() });
  expect((await act(session, [piece])).ok).toBe(true);
  // More than one request takes: the case below, with its keys, goes in a later one.
  const read = { is: 'read' as const, messages: [], by: me(session), at: session.platform.now() };
  const many = Array.from({ length: LATE.entries }, () => eventPiece(session, working, read));
  expect((await act(session, await Promise.all(many))).ok).toBe(true);
  elm = await makeCase(leaver, 'R v Elm');
  await makeCase(leaver, 'R v Oak');
  await addFile(elm, 'Note.txt', Buffer.from('What she noted.'));
  await say(elm, 'First word in it.');
  const { device, org } = leaver.session.identity;
  expect((await revokeDevice(world.authority('police'), device)).ok).toBe(true);
  world.publish('police');
  await until(() => lead.session.directories.current(org)?.ended.has(device), 'the revocation');
  leaver.goOnline();
  await until(async () => (await leaver.lockedWhy()) === 'ended', 'the profile locked');
  lead.setClock(20_000); // it asks again only now and then
  const film = await rowOf('file', 'Film.bin');
  expect(film).toMatchObject({ person: 'DC Priya Nair', caseTitle: 'R v Ash', place: 'Working papers' });
  expect(film.arrived).toBeGreaterThan(0);
  expect(film.ended).not.toBe(null);
  // It comes entry by entry, and is listed from the first.
  const whole = await until(
    async () => (await rows()).find(({ what, caseTitle }) => what === 'case' && caseTitle === 'R v Elm'),
    'the whole case, with its title',
  );
  expect(whole.person).toBe('DC Priya Nair');
  const hasNote = ({ what, after }: LateRow): boolean => what === 'case' && after.join('\n').includes('Note.txt');
  await until(async () => (await rows()).some(hasNote), 'its file');
  expect(await activity(lead, ash), 'nothing comes in by itself').not.toContain('Film.bin');
}, 40_000);

it('brings adopted acts and files in as their author’s, marked, and the bytes of the files with them', async () => {
  await adopt('file', 'Film.bin');
  await adopt('act', 'neighbour called back');
  for (const computer of [lead, colleague]) {
    await until(() => fileIn(computer, ash, 'Film.bin'), 'the file in the case');
    const said = await until(async () => {
      const lines = await activity(computer, ash);
      return lines.includes('neighbour called back') && lines;
    }, 'the message in the case');
    expect(said).toContain('Film.bin added by DC Priya Nair (adopted from late work by DS Tom Okafor)');
    expect(said).toMatch(/DC Priya Nair wrote about the case: .*\(adopted from late work by DS Tom Okafor\)/);
    expect(said).toContain('DS Tom Okafor adopted from late work of DC Priya Nair');
  }
  const { fact } = fileIn(colleague, ash, 'Film.bin') ?? {};
  if (fact?.is !== 'added') throw new Error('no file');
  await until(() => colleague.desktop.moving.here.has(fact.file.content.version), 'its bytes with a colleague');
  expect(fact.by.personName).toBe('DC Priya Nair');
}, 40_000);

it('keeps on record what was declined, and why', async () => {
  const { id } = await rowOf('act', 'a mistake');
  expect((await decideLate(lead.desktop, id, false, ' ')).ok, 'without a reason').toBe(false);
  expect((await decideLate(lead.desktop, id, false, 'Said twice')).ok).toBe(true);
  const lines = await until(async () => {
    const said = await activity(colleague, ash);
    return said.includes('Said twice') && said;
  }, 'the record with a colleague');
  expect(lines).toContain('DS Tom Okafor declined late work of DC Priya Nair');
  expect((await rows()).some(({ said }) => said?.includes('a mistake'))).toBe(false);
});

it('lists acts of office with why they are not taken over, and records that they and a whole case were declined', async () => {
  const office = await rowOf('other');
  expect(office.left).toMatchObject([{ why: expect.stringContaining('leads the case now') }]);
  expect(await decideLate(lead.desktop, office.id, true, ''), 'adopted').toMatchObject({ ok: false });
  expect((await decideLate(lead.desktop, office.id, false, 'Not now')).ok).toBe(true);
  await until(async () => (await activity(colleague, ash)).includes('Not now'), 'the record with a colleague');
  const oak = await until(
    async () => (await rows()).find(({ what, caseTitle }) => what === 'case' && caseTitle === 'R v Oak'),
    'the other case',
  );
  expect((await decideLate(lead.desktop, oak.id, false, 'Made by mistake')).ok).toBe(true);
  const declined = await until(
    () => colleague.session.facts.of('late decided').find(({ fact }) => fact.why === 'Made by mistake')?.fact,
    'the record of it with a colleague',
  );
  expect(declined).toMatchObject({ outcome: 'declined', author: { personName: 'DC Priya Nair' } });
  expect(declined.what).toContain('R v Oak');
  expect((await rows()).some(({ caseTitle }) => caseTitle === 'R v Oak')).toBe(false);
});

it('brings a case that nobody else had to who adopts it, and to their post', async () => {
  await adopt('case');
  for (const computer of [lead, colleague]) {
    await until(() => fileIn(computer, elm, 'Note.txt'), 'the case with its file');
    await until(async () => (await activity(computer, elm)).includes('First word in it.'), 'its message');
    await until(async () => (await computer.view(elm)).row.title === 'R v Elm', 'its title');
  }
  const { fact } = fileIn(colleague, elm, 'Note.txt') ?? {};
  if (fact?.is !== 'added') throw new Error('no file');
  await until(() => colleague.desktop.moving.here.has(fact.file.content.version), 'its bytes with a colleague');
  expect(await rows()).toEqual([]);
  expect([
    lead.alarms.filter((said) => !said.includes('shut out')),
    colleague.alarms.filter((said) => !said.includes('shut out')),
  ]).toEqual([[], []]);
}, 40_000);
