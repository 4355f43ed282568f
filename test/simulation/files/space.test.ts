/**
 * Space and bytes, over a real relay and real evidence processes, with a proxy before the relay that counts: what was sent
 * once is not sent again; what is given back is whole elsewhere and comes again when it is opened; what is nowhere else is
 * never dropped.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { CaseId, PackageId } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { callsOf } from '../../../renderer/sync/calls.ts';
import { filedIn } from '../../../renderer/sync/cases/caseIndex.ts';
import type { FaultProxy } from '../../support/faultProxy.ts';
import { startFaultProxy } from '../../support/faultProxy.ts';
import { makeCase, partnerPost, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { computerWithFiles } from './withFiles.ts';
import { World } from '../world.ts';

const FILM = randomBytes(3 * MiB);
/** Far more than what a package, its receipts and the words around it take. */
const WORDS = MiB / 2;

let world: World;
let up: FaultProxy;
let down: FaultProxy;
let officer: Computer;
let prosecutor: Computer;
let of: CaseId;
let first: FileRecord;

beforeAll(async () => {
  world = await World.begin();
  [up, down] = await Promise.all([
    startFaultProxy({ target: world.relayUrl }),
    startFaultProxy({ target: world.relayUrl }),
  ]);
  [officer, prosecutor] = await Promise.all([
    computerWithFiles(world, 'officer', 'officer', up.url),
    computerWithFiles(world, 'prosecutor', 'prosecutor', down.url),
  ]);
  of = await makeCase(officer);
  first = await add('Film.bin', FILM);
}, 60_000);
afterAll(async () => {
  await world.end();
  await Promise.all([up.close(), down.close()]);
}, 20_000);

async function add(name: string, bytes: Uint8Array): Promise<FileRecord> {
  const folder = path.join(world.dir, 'drive');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, name), bytes);
  const tokens = (await officer.evidence?.choose([path.join(folder, name)])) ?? [];
  expect((await officer.desktop.importing.add(of, tokens)).ok).toBe(true);
  return until(
    () => filedIn(officer.session, of).find(({ fact }) => fact.is === 'added' && fact.file.name === name)?.fact.file,
    'the file added',
  );
}
const isHere = ({ desktop }: Computer, { content }: FileRecord): boolean => desktop.moving.here.has(content.version);
const calls = (computer: Computer) => callsOf(computer.desktop);
const bytesHere = async (computer: Computer): Promise<number> => (await computer.view(of)).offline.bytes;
async function fileRow(computer: Computer, id: PackageId, { content }: FileRecord) {
  const pkg = (await computer.view(of)).packages.find((one) => one.package === id);
  const file = pkg?.files.find(({ version }) => version === content.version);
  if (!file) throw new Error('no such file');
  return file;
}
/** What goes over a wire while something is done. */
async function counted(wire: FaultProxy, direction: 'up' | 'down', act: () => Promise<unknown>): Promise<number> {
  const before = wire.bytes(direction);
  await act();
  return wire.bytes(direction) - before;
}
const delivered = (computer: Computer, id: PackageId, file: FileRecord): Promise<unknown> =>
  until(async () => (await fileRow(computer, id, file)).receipts.length > 0, 'its receipt');
const sentAll = (id: PackageId): Promise<unknown> =>
  until(() => officer.session.facts.of('all sent').some(({ fact }) => fact.package === id), 'all of it at the relay');

let sent: PackageId;

it('drops nothing that is nowhere else, or that only the relay has', async () => {
  const none = await calls(officer).freeSpace(of);
  expect(none).toEqual({ files: 0, bytes: 0, kept: [{ files: 1, why: 'it was not released, so it is nowhere else' }] });
  await calls(officer).keepOffline(of, 'all');
  prosecutor.goOffline();
  sent = await releaseTo(officer, of, [first]);
  await sentAll(sent);
  const relayAlone = await calls(officer).freeSpace(of);
  expect(relayAlone.files).toBe(0);
  expect(relayAlone.kept).toEqual([{ files: 1, why: 'no other computer has signed yet that it holds it whole' }]);
  expect(isHere(officer, first)).toBe(true);
  expect(await bytesHere(officer)).toBeGreaterThan(3 * MiB);
});

it('fetches a file when it is opened, where that was chosen, and says so until then', async () => {
  await calls(prosecutor).keepOffline(of, 'when opened');
  prosecutor.goOnline();
  const row = await until(
    async () =>
      prosecutor.session.facts.of('package').length === 1 &&
      prosecutor.session.link.open &&
      (await fileRow(prosecutor, sent, first)),
    'the package',
  );
  expect([row.happened.text, row.here?.text, row.canOpen]).toEqual([
    'Expected from Fellshire Police',
    'Not kept on this computer: fetch',
    true,
  ]);
  expect(down.bytes('down')).toBeLessThan(WORDS);
  const opened = await calls(prosecutor).openVersion(first.content.version);
  expect(opened).toMatchObject({ ok: true, value: { whole: true } });
  await delivered(officer, sent, first);
});

it('gives the space back once it is safe elsewhere, says how much, and fetches again what is opened', async () => {
  for (const [computer, wire] of [
    [officer, up],
    [prosecutor, down],
  ] as const) {
    const freed = await calls(computer).freeSpace(of);
    expect(freed).toMatchObject({ files: 1, kept: [] });
    expect(freed.bytes).toBeGreaterThan(3 * MiB);
    expect([isHere(computer, first), await bytesHere(computer)]).toEqual([false, 0]);
    await computer.crash(); // and it is not taken for lost, nor fetched, after a restart
    await until(() => computer.session.link.open, 'the link');
    const row = await until(async () => {
      const one = await fileRow(computer, sent, first);
      return one.canOpen && one;
    }, 'that it can be opened');
    expect(row.here?.text).toBe('Not kept on this computer: fetch');
    const came = await counted(wire, 'down', async () => {
      const opened = await calls(computer).openVersion(first.content.version);
      expect(opened).toMatchObject({ ok: true, value: { whole: true } });
    });
    expect(came).toBeGreaterThan(3 * MiB);
    expect((await fileRow(computer, sent, first)).here).toBe(null);
    expect((await fileRow(computer, sent, first)).happened.text).not.toContain('Expected');
  }
});

it('keeps all again where that is chosen again', async () => {
  for (const computer of [officer, prosecutor]) {
    expect((await calls(computer).freeSpace(of)).files).toBe(1);
    await calls(computer).keepOffline(of, 'all');
    await until(() => isHere(computer, first), 'it here again');
  }
});

it('sends no byte of what is released again, also where its space was given back', async () => {
  const again = await counted(up, 'up', async () => sentAll(await releaseTo(officer, of, [first])));
  expect(again).toBeLessThan(WORDS);
  expect((await calls(officer).freeSpace(of)).files).toBe(1);
  const freed = await counted(up, 'up', async () => sentAll(await releaseTo(officer, of, [first])));
  expect(freed).toBeLessThan(WORDS);
});

it('keeps what the relay does not say with its signature that it holds, and what it cannot be asked for', async () => {
  await calls(officer).keepOffline(of, 'all');
  await until(() => isHere(officer, first), 'it here again');
  const stays = async (): Promise<void> => {
    const { files, kept } = await calls(officer).freeSpace(of);
    expect([files, kept]).toEqual([0, [{ files: 1, why: 'the relay does not say that it holds all of it' }]]);
    expect(isHere(officer, first)).toBe(true);
  };
  const { link } = officer.session;
  const ask = link.ask.bind(link);
  const answers = [
    { t: 'declined', q: 0, cause: 'not here' },
    { t: 'custody', q: 0, time: 1, signature: new Uint8Array(64) },
  ];
  for (const answer of answers) {
    link.ask = ((message: { t: string }) =>
      message.t === 'custody' ? Promise.resolve(answer) : ask(message as never)) as typeof link.ask;
    await stays();
  }
  link.ask = ask;
  officer.goOffline();
  await stays();
  officer.goOnline();
});

it('keeps and sends the same content once across items of an area, and says that it was sent', async () => {
  await until(() => officer.session.link.open, 'the link');
  for (const computer of [officer, prosecutor]) {
    await calls(computer).keepOffline(of, 'all');
    await until(() => isHere(computer, first), 'it here again');
  }
  const before = await bytesHere(officer);
  const copy = await add('The same film.bin', FILM);
  expect([copy.item === first.item, copy.content.version === first.content.version]).toEqual([false, false]);
  expect(copy.content.chunks).toEqual(first.content.chunks);
  expect(await bytesHere(officer)).toBe(before);
  const told = await until(() => officer.desktop.importing.rows(of).find(({ finished }) => finished), 'its end');
  expect(told.problems[0]?.sentence).toMatch(
    /kept and sent once\. It was already sent to Fellshire Prosecution Service on .*, not opened yet\./,
  );
  await officer.crash();
  expect(isHere(officer, copy)).toBe(true);
  await until(() => officer.session.link.open, 'the link');
  const [wentBefore, cameBefore] = [up.bytes('up'), down.bytes('down')];
  const id = await releaseTo(officer, of, [copy]);
  await sentAll(id);
  await delivered(officer, id, copy);
  expect([up.bytes('up') - wentBefore < WORDS, down.bytes('down') - cameBefore < WORDS]).toEqual([true, true]);
  const opened = await calls(prosecutor).openVersion(copy.content.version);
  expect(opened).toMatchObject({ ok: true, value: { whole: true } });
  expect((await calls(officer).freeSpace(of)).files).toBe(2);
  expect(await bytesHere(officer)).toBe(0);
});

it('sends once what goes to a second organisation as well, later or at the same time', async () => {
  await calls(officer).keepOffline(of, 'all');
  await until(() => isHere(officer, first), 'it here again');
  const one = partnerPost(officer.session).seat;
  await Promise.all([world.pin('police', 'strangers'), world.pin('strangers', 'police')]);
  const other = await computerWithFiles(world, 'other', 'stranger');
  const { org } = other.session.identity;
  const two = await until(
    () => [...(officer.session.directories.current(org)?.posts.keys() ?? [])][0],
    'the second organisation’s post',
  );
  const later = await counted(up, 'up', async () => sentAll(await releaseTo(officer, of, [first], two)));
  expect(later).toBeLessThan(WORDS);
  await until(() => isHere(other, first), 'it there');

  const second = await add('Second film.bin', randomBytes(3 * MiB));
  const both = await counted(up, 'up', async () => {
    officer.goOffline();
    const packages = [await releaseTo(officer, of, [second], one), await releaseTo(officer, of, [second], two)];
    officer.goOnline();
    for (const id of packages) await sentAll(id);
  });
  expect(both).toBeGreaterThan(3 * MiB);
  expect(both).toBeLessThan(3 * MiB + WORDS);
  await until(() => isHere(other, second), 'it there');
});

it('sends again at once, unasked, what the relay’s disk spoiled after all of it was sent', async () => {
  const film = await add('Spoiled film.bin', randomBytes(3 * MiB));
  prosecutor.goOffline();
  const id = await releaseTo(officer, of, [film]);
  await sentAll(id);
  const [chunk] = film.content.chunks;
  const file = path.join(world.relayFolder, 'chunks', chunk!.hash.slice(0, 2), chunk!.hash);
  const bytes = await readFile(file);
  bytes.writeUInt8(bytes.readUInt8(1234) ^ 1, 1234);
  await writeFile(file, bytes);
  const again = await counted(up, 'up', async () => {
    prosecutor.goOnline();
    await until(() => isHere(prosecutor, film), 'it there, whole');
  });
  expect(again).toBeLessThan(chunk!.size + WORDS);
  expect(officer.session.lacking.size).toBe(0);
  await delivered(officer, id, film);
});
