/**
 * By stick: a first release, in a case that the relay has never heard of, read with no network at all; the receipt back the same
 * way; then the link. Nothing is sent again (counted on both lines), nobody sees a fork, and both sides say the same. What is
 * damaged, strange or doubled is named, and never taken by halves.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { areaOf, filedIn, packageOf, packages } from '../../../renderer/sync/cases/caseIndex.ts';
import { decide, recordLook } from '../../../renderer/sync/cases/release/receiving.ts';
import { withdraw } from '../../../renderer/sync/cases/release/takingBack.ts';
import { packageRow } from '../../../renderer/sync/views/packages.ts';
import type { StickReport } from '../../../shared/ipc/stick.ts';
import type { CaseId, PackageId } from '../../../shared/primitives/ids.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { orgIdOf } from '../../../shared/seal/directory/card.ts';
import type { Entry } from '../../../shared/seal/entry/entry.ts';
import { decodeEntry, encodeEntry } from '../../../shared/seal/entry/entry.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { CarriedEntry, StickContents } from '../../../shared/seal/stick/contents.ts';
import { openContents, readerOf, sealContents } from '../../../shared/seal/stick/contents.ts';
import { decodeHead, encodeHead, HEAD } from '../../../shared/seal/stick/head.ts';
import { revokeDevice } from '../../../sync-server/authority/acts.ts';
import { nodePlatform as platform } from '../../../sync-server/common/node.ts';
import type { FaultProxy } from '../../support/faultProxy.ts';
import { startFaultProxy } from '../../support/faultProxy.ts';
import { makeCase, partnerPost, releaseTo } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { EvidenceLine } from './evidenceLine.ts';
import type { Role } from '../world.ts';
import { World } from '../world.ts';

const NAMES = ['CCTV.bin', 'MG11 Marsh.txt', 'MG5.txt'] as const;
const LARGE = 3_000_000;
const LATER = 3_500_000;
const WITHOUT_FILES = 400_000;

let world: World;
let officer: Computer;
let prosecutor: Computer;
let proxies: FaultProxy[];

async function enrol(name: Role): Promise<Computer> {
  const proxy = await startFaultProxy({ target: world.relayUrl });
  proxies.push(proxy);
  const computer = world.add(new Computer(path.join(world.dir, name)));
  computer.evidence = new EvidenceLine(computer.folder);
  await computer.enrol(proxy.url, await world.code(name));
  return computer;
}

beforeEach(async () => {
  proxies = [];
  world = await World.begin();
  officer = await enrol('officer');
  prosecutor = await enrol('prosecutor');
  await until(() => {
    const own = officer.session.directories;
    return own.partners().some((org) => (own.current(org)?.seats.size ?? 0) > 0);
  }, 'the key of the post there');
  await until(
    () =>
      prosecutor.session.directories.partners().length > 0 &&
      prosecutor.session.directories.current(officer.session.identity.org)?.known.has(officer.session.identity.device),
    'the officer to be known',
  );
  officer.goOffline();
  prosecutor.goOffline();
}, 40_000);
afterEach(async () => {
  await world.end();
  for (const proxy of proxies) await proxy.close();
}, 20_000);

async function addReal(of: CaseId): Promise<void> {
  const drive = path.join(world.dir, 'drive');
  await mkdir(drive);
  await writeFile(path.join(drive, NAMES[0]), randomBytes(LARGE));
  for (const name of NAMES.slice(1)) await writeFile(path.join(drive, name), `${name} `.repeat(1000));
  const chosen = await officer.evidence!.choose(NAMES.map((name) => path.join(drive, name)));
  const added = await officer.desktop.importing.add(of, chosen);
  if (!added.ok) throw new Error(added.cause);
  await until(() => filedIn(officer.session, of).length === NAMES.length, 'all files');
}

async function firstRelease(): Promise<PackageId> {
  const of = await makeCase(officer);
  await addReal(of);
  return releaseTo(
    officer,
    of,
    filedIn(officer.session, of).map(({ fact }) => fact.file),
  );
}

/** A fresh stick, and what was written onto it. */
let sticks = 0;
async function onto(from: Computer, ...ids: PackageId[]): Promise<string[]> {
  const stick = path.join(world.dir, `stick ${++sticks}`);
  await mkdir(stick);
  const written = await from.desktop.sticks.export(ids, await from.evidence!.chooseFolder(stick));
  if (!written.ok) throw new Error(written.cause);
  return (await readdir(stick)).map((name) => path.join(stick, name)).sort();
}
const into = async (to: Computer, files: readonly string[]): Promise<StickReport> =>
  to.desktop.sticks.import(await to.evidence!.choose(files));

const row = ({ desktop }: Computer, id: PackageId) => {
  const pkg = packageOf(desktop.session, id);
  if (!pkg) throw new Error('no such package');
  return packageRow(desktop, pkg);
};
const word = (computer: Computer, id: PackageId): string => row(computer, id).word.text;
const condition = (computer: Computer, id: PackageId): string | undefined => row(computer, id).condition?.text;
const knows = ({ session }: Computer, id: PackageId): boolean => packageOf(session, id) !== null;
const inStep = ({ session }: Computer): Promise<boolean> =>
  session.db.outbox.count().then((waiting) => session.link.open && waiting === 0 && !session.log.isBehind());
const isLied = ({ session }: Computer): boolean => session.log.all().some((replica) => replica.lie !== null);
const carried = ({ session }: Computer): Promise<number> => session.db.carried.count();
const sent = (): number => proxies.reduce((sum, proxy) => sum + proxy.bytes('up') + proxy.bytes('down'), 0);

async function online(...computers: Computer[]): Promise<void> {
  for (const computer of computers) computer.goOnline();
  await until(async () => (await Promise.all(computers.map(inStep))).every(Boolean), 'everybody in step');
}

it(
  'takes a first release and its receipts by stick, and sends nothing again when the link is back',
  { timeout: 60_000 },
  async () => {
    const id = await firstRelease();
    const bundle = await onto(officer, id);
    expect(bundle.map((file) => path.basename(file))).toEqual([expect.stringMatching(/^joinder-[0-9a-f]{8}\.stick$/)]);
    expect(word(officer, id)).toBe('Waiting to send: it is on a stick');
    expect(condition(officer, id)).toBe('On a stick: no receipt yet');

    const report = await into(prosecutor, bundle);
    expect(report).toMatchObject({ from: ['Fellshire Police'], known: 0, refused: [] });
    expect(report.packages).toMatchObject([{ package: id, isNew: true, files: NAMES.map(() => ({ lost: null })) }]);
    await until(() => word(prosecutor, id) === 'Ready to open', 'all of it, verified');
    expect(condition(prosecutor, id)).toBe('By stick: not yet through the relay');
    const [first] = packageOf(prosecutor.session, id)!.content.files;
    expect(await recordLook(prosecutor.session, first!.content.version, 'opened')).toMatchObject({ ok: true });
    expect(await decide(prosecutor.session, id, 'accepted')).toMatchObject({ ok: true });

    const back = await into(officer, await onto(prosecutor, id));
    expect(back).toMatchObject({ words: NAMES.length + 2, refused: [] });
    expect([word(officer, id), condition(officer, id)]).toEqual(['Accepted', 'By stick: not yet through the relay']);
    expect(row(officer, id).files.map(({ happened }) => happened.text)).toEqual(
      row(officer, id).files.map(({ name }) =>
        name === first!.name
          ? 'Opened by Helen Marsh, Fellshire Prosecution Service'
          : 'Delivered to Fellshire Prosecution Service',
      ),
    );

    // All of it stands after a crash, still without a network.
    await officer.crash();
    await prosecutor.crash();
    expect([word(officer, id), word(prosecutor, id)]).toEqual(['Accepted', 'Accepted']);

    const before = sent();
    await online(officer, prosecutor);
    await until(
      () => condition(officer, id) === undefined && condition(prosecutor, id) === undefined,
      'the relay to have it',
    );
    expect([word(officer, id), word(prosecutor, id)]).toEqual(['Accepted', 'Accepted']);
    expect(await Promise.all([carried(officer), carried(prosecutor)])).toEqual([0, 0]);
    await until(async () => (await inStep(officer)) && (await inStep(prosecutor)), 'in step');
    // Another, released after it and larger than anything in it, goes over the link: whatever went before that is there then.
    const { content } = packageOf(officer.session, id)!;
    const later = path.join(world.dir, 'drive', 'Later.bin');
    await writeFile(later, randomBytes(LATER));
    await officer.desktop.importing.add(content.case, await officer.evidence!.choose([later]));
    const last = await until(
      () => filedIn(officer.session, content.case).find(({ fact }) => fact.file.name === 'Later.bin'),
      'it',
    );
    const after = await releaseTo(officer, content.case, [last.fact.file]);
    await until(() => word(officer, after) === 'Delivered', 'the other');
    const needed = last.fact.file.content.chunks.map(({ hash }) => hash);
    const atRelay = await readdir(path.join(world.relayFolder, 'chunks'), { recursive: true, withFileTypes: true });
    expect(atRelay.flatMap((one) => (one.isFile() ? [one.name] : [])).sort()).toEqual(needed.sort());
    expect(sent() - before - 2 * LATER).toBeLessThan(WITHOUT_FILES);
    await online(officer, prosecutor);
    for (const computer of [officer, prosecutor]) expect([isLied(computer), computer.alarms]).toEqual([false, []]);
    expect(await Promise.all([officer.word(content.case), prosecutor.word(content.case)])).toEqual([
      expect.stringMatching(/^Up to date/),
      expect.stringMatching(/^Up to date/),
    ]);
    // One place each, however often it was carried.
    const ordered = await prosecutor.session.db.log
      .where('hash')
      .equals(packageOf(officer.session, id)!.posted!.entry)
      .count();
    expect(ordered).toBe(1);
  },
);

it(
  'brings it to the relay from the receiver alone, where the sender never comes back',
  { timeout: 60_000 },
  async () => {
    const id = await firstRelease();
    await into(prosecutor, await onto(officer, id));
    await until(() => word(prosecutor, id) === 'Ready to open', 'all of it');
    await online(prosecutor);
    await until(() => condition(prosecutor, id) === undefined, 'a place in the order');
    await online(officer);
    await until(() => word(officer, id) === 'Delivered', 'the receipt over the link');
    expect([isLied(officer), isLied(prosecutor), officer.alarms, prosecutor.alarms]).toEqual([false, false, [], []]);
  },
);

it('changes nothing when it is imported again', { timeout: 60_000 }, async () => {
  const id = await firstRelease();
  const bundle = await onto(officer, id);
  await into(prosecutor, bundle);
  await until(() => word(prosecutor, id) === 'Ready to open', 'all of it');
  const receipts = prosecutor.session.facts.of('receipt').length;
  const again = await into(prosecutor, [...bundle, ...bundle]);
  expect(again).toMatchObject({
    words: 0,
    known: 1,
    refused: [],
    packages: [{ isNew: false, files: NAMES.map(() => ({ lost: null })) }],
  });
  expect(prosecutor.session.facts.of('receipt')).toHaveLength(receipts);
  // A newer stick goes on from the last: what was said since comes along, and what is known is passed over.
  expect(await withdraw(officer.session, id, 'The wrong draft')).toMatchObject({ ok: true });
  const later = await releaseTo(
    officer,
    packageOf(officer.session, id)!.content.case,
    packageOf(officer.session, id)!.content.files.slice(0, 1),
  );
  const next = await into(prosecutor, await onto(officer, later));
  expect(next).toMatchObject({ words: 1, refused: [], packages: [{ package: later, isNew: true }] });
  expect(word(prosecutor, id)).toBe('Withdrawn');
});

it(
  'names what is damaged, keeps what is whole, and takes the rest from another stick',
  { timeout: 60_000 },
  async () => {
    const id = await firstRelease();
    const [whole] = await onto(officer, id);
    const bytes = await readFile(whole!);
    const spoilt = path.join(world.dir, 'spoilt.stick');
    await writeFile(spoilt, bytes.with(bytes.length - 100, bytes.at(-100)! ^ 1));
    const report = await into(prosecutor, [spoilt]);
    const lost = report.packages[0]!.files.filter((file) => file.lost !== null);
    expect(lost).toMatchObject([{ lost: 'damaged' }]);
    await until(
      () => row(prosecutor, id).files.filter(({ happened }) => happened.text === 'Ready to open').length === 2,
      'the others',
    );
    expect((await into(prosecutor, [whole!])).packages[0]!.files.map((file) => file.lost)).toEqual([null, null, null]);
    await until(() => word(prosecutor, id) === 'Ready to open', 'all of it');
  },
);

it(
  'takes nothing of what is cut, bent at its beginning, newer, for others, or from nobody that is known',
  { timeout: 60_000 },
  async () => {
    const id = await firstRelease();
    const [whole] = await onto(officer, id);
    const bytes = await readFile(whole!);
    const make = async (name: string, content: Uint8Array): Promise<string> => {
      const file = path.join(world.dir, `${name}.stick`);
      await writeFile(file, content);
      return file;
    };
    const whysAt = async (to: Computer, file: string): Promise<string[]> =>
      (await into(to, [file])).refused.map(({ why }) => why);
    expect(await whysAt(prosecutor, await make('text', new TextEncoder().encode('Dear Helen')))).toEqual([
      'not a bundle of Joinder',
    ]);
    expect(await whysAt(prosecutor, await make('bent', bytes.with(HEAD + 200, bytes[HEAD + 200]! ^ 1)))).toEqual([
      'damaged at its beginning',
    ]);
    expect(await whysAt(prosecutor, await make('cut', bytes.subarray(0, HEAD + 50)))).toEqual([
      'damaged at its beginning',
    ]);
    expect(await whysAt(prosecutor, await make('newer', bytes.with(19, 2)))).toEqual(['of a newer version']);
    expect(await whysAt(officer, whole!)).toEqual(['for another post']);
    expect(knows(prosecutor, id)).toBe(false);
    expect(packages(prosecutor.session)).toEqual([]);
    // Cut within its chunks, the package is known, and what came before the cut is there.
    const cut = await into(prosecutor, [await make('short', bytes.subarray(0, bytes.length - 100))]);
    expect(cut.packages[0]!.files.filter((file) => file.lost === 'cut off')).toHaveLength(1);
  },
);

it('sends over the link too where somebody says so', { timeout: 60_000 }, async () => {
  const id = await firstRelease();
  await onto(officer, id);
  await online(officer);
  expect(word(officer, id)).toBe('Waiting to send: it is on a stick');
  // What the relay has and the other side has not heard of is no gap on a stick.
  officer.goOffline();
  const { content } = packageOf(officer.session, id)!;
  const next = await releaseTo(officer, content.case, content.files.slice(0, 1));
  const report = await into(prosecutor, await onto(officer, next));
  expect(report).toMatchObject({ refused: [], packages: [{ package: next, isNew: true }] });
  officer.goOnline();
  expect(await officer.desktop.sticks.sendByLink(id)).toMatchObject({ ok: true });
  await online(prosecutor);
  await until(
    () => word(officer, id) === 'Delivered' && word(prosecutor, id) === 'Ready to open',
    'it to go over the link',
  );
});

/** What somebody made of the officer's bundle who could: opened as the prosecutor's post, changed, sealed and signed again. */
async function altered(
  file: string,
  change: (contents: StickContents) => StickContents | Promise<StickContents>,
  by: Computer = officer,
): Promise<string> {
  const bytes = await readFile(file);
  const head = decodeHead(bytes);
  if (!head.ok) throw new Error(head.cause);
  const sealed = bytes.subarray(HEAD, HEAD + head.value.contents);
  const reader = readerOf(sealed)!;
  const { directories, identity, keyring } = prosecutor.session;
  const opened = await openContents(platform, sealed, keyring.seat(reader.seat, reader.generation)!);
  if (!opened.ok) throw new Error(opened.cause);
  const { publicKey } = directories.current(identity.org)!.seats.get(reader.seat)!;
  const again = await sealContents(platform, await change(opened.value.contents), { ...reader, publicKey }, (body) =>
    by.session.vault.sign(LABEL.stick, [body]),
  );
  const made = path.join(world.dir, `altered ${++sticks}.stick`);
  await writeFile(
    made,
    Buffer.concat([await encodeHead(platform, head.value, again), again, bytes.subarray(HEAD + head.value.contents)]),
  );
  return made;
}
const whys = async (file: string): Promise<string[]> => (await into(prosecutor, [file])).refused.map(({ why }) => why);
const entryOf = (bytes: Uint8Array): Entry => {
  const entry = decodeEntry(bytes);
  if (!entry.ok) throw new Error(entry.cause);
  return entry.value;
};
const chunksHere = async (computer: Computer): Promise<number> =>
  (await readdir(path.join(computer.evidence!.folder, 'chunks'), { recursive: true, withFileTypes: true })).filter(
    (one) => one.isFile(),
  ).length;

it('judges every entry as the relay would, and takes no chunk of what it refused', { timeout: 60_000 }, async () => {
  const id = await firstRelease();
  const [bundle] = await onto(officer, id);
  const elsewhere = (await officer.session.db.outbox.toArray()).find(
    (waiting) => entryOf(waiting.entry).seal.by === 'stream',
  )!;
  const each =
    (change: (entry: Entry, boxes: readonly Box[]) => Partial<CarriedEntry>) => (contents: StickContents) => ({
      ...contents,
      entries: contents.entries.map((one) => ({ ...one, ...change(entryOf(one.entry), one.boxes) })),
    });
  const bent = each((entry) => ({
    entry: encodeEntry({ ...entry, signature: entry.signature.with(5, entry.signature[5]! ^ 1) }),
  }));
  expect(await whys(await altered(bundle!, bent))).toEqual(['not as it was signed']);
  expect(
    await whys(
      await altered(
        bundle!,
        each(() => ({ boxes: [] })),
      ),
    ),
  ).toEqual(['cannot be opened here']);
  expect(
    await whys(
      await altered(bundle!, (contents) => ({ ...contents, entries: [{ entry: elsewhere.entry, boxes: [] }] })),
    ),
  ).toEqual(['meant for another place']);
  expect(
    await whys(
      await altered(bundle!, (contents) => ({ ...contents, device: prosecutor.session.identity.device }), prosecutor),
    ),
  ).toEqual(['not signed by a computer of the sender']);
  expect(await whys(await altered(bundle!, (contents) => contents, prosecutor))).toEqual([
    'not signed by a computer of the sender',
  ]);
  const stranger = world.authority('strangers').keys;
  expect(
    await whys(
      await altered(bundle!, async (contents) => ({
        ...contents,
        org: await orgIdOf(platform, stranger.card.signKey),
      })),
    ),
  ).toEqual(['from nobody that your organisation knows']);
  const forged = { body: platform.random(90), signature: platform.random(64) };
  expect(
    await whys(await altered(bundle!, (contents) => ({ ...contents, statements: [...contents.statements, forged] }))),
  ).toEqual(['its directory is not the sender\u2019s']);
  expect(packages(prosecutor.session)).toEqual([]);
  expect(await chunksHere(prosecutor)).toBe(0);

  // A second release without the first leaves a gap; with it, both stand.
  const { content } = packageOf(officer.session, id)!;
  const second = await releaseTo(officer, content.case, content.files.slice(0, 1));
  const [both] = await onto(officer, second);
  expect(await whys(await altered(both!, (contents) => ({ ...contents, entries: contents.entries.slice(1) })))).toEqual(
    ['what came before it is missing'],
  );
  expect(await whys(both!)).toEqual([]);
  expect([knows(prosecutor, id), knows(prosecutor, second)]).toEqual([false, true]); // the first is a link alone
  expect((await into(prosecutor, [bundle!])).packages).toMatchObject([{ package: id, isNew: true }]);
  await online(officer, prosecutor);
  await until(
    () => condition(prosecutor, id) === undefined && condition(prosecutor, second) === undefined,
    'both ordered',
  );
  expect(prosecutor.alarms).toEqual([]);
});

it('holds nothing in the clear, outside or in its name', { timeout: 60_000 }, async () => {
  const [bundle] = await onto(officer, await firstRelease());
  // No word of three letters: among so many random bytes one stands by chance.
  const text = (await readFile(bundle!)).toString('latin1');
  expect(['Harrow', 'Nair', 'Marsh', 'CCTV', 'Fellshire', 'Kendal'].filter((said) => text.includes(said))).toEqual([]);
});

it('notices a computer that says one thing by stick and another over the link', { timeout: 60_000 }, async () => {
  const of = await makeCase(officer);
  await addReal(of);
  const copy = world.add(await officer.copyTo(path.join(world.dir, 'copy')));
  copy.evidence = new EvidenceLine(copy.folder);
  copy.offline = true;
  await copy.start();
  const release = (by: Computer): Promise<PackageId> =>
    releaseTo(
      by,
      of,
      filedIn(by.session, of).map(({ fact }) => fact.file),
    );
  const [one, other] = [await release(officer), await release(copy)];
  await into(prosecutor, await onto(officer, one));
  expect((await into(prosecutor, await onto(copy, other))).refused.map(({ why }) => why)).toEqual([
    'its computer wrote two in one place',
  ]);
  expect([knows(prosecutor, one), knows(prosecutor, other)]).toEqual([true, false]);
  await online(copy);
  expect(await copy.desktop.sticks.sendByLink(other)).toMatchObject({ ok: true });
  await online(prosecutor);
  await until(() => knows(prosecutor, other), 'what the relay has');
  expect(knows(prosecutor, one)).toBe(false);
  expect(prosecutor.alarms.join()).toContain('its computer had already written another in its place');
});

it('is opened by a post whose key has changed since', { timeout: 60_000 }, async () => {
  const colleague = await enrol('prosecutor2');
  const id = await firstRelease();
  const bundle = await onto(officer, id);
  const seat = partnerPost(officer.session).seat;
  const generation = (): number => {
    const { directories, identity } = prosecutor.session;
    return directories.current(identity.org)?.seats.get(seat)?.generation ?? 0;
  };
  const before = generation();
  const gone = await revokeDevice(world.authority('prosecution'), colleague.session.identity.device);
  if (!gone.ok) throw new Error(gone.cause);
  world.publish('prosecution');
  prosecutor.goOnline();
  await until(
    () => generation() > before && prosecutor.session.keyring.seat(seat, generation()) !== null,
    'the next key',
  );
  prosecutor.goOffline();
  expect(await into(prosecutor, bundle)).toMatchObject({ refused: [], packages: [{ package: id, isNew: true }] });
  await until(() => word(prosecutor, id) === 'Ready to open', 'all of it');
});

it(
  'reads the parts of a bundle together, or one after the other from different sticks',
  { timeout: 60_000 },
  async () => {
    const id = await firstRelease();
    const [bundle] = await onto(officer, id);
    const bytes = await readFile(bundle!);
    const head = decodeHead(bytes);
    if (!head.ok) throw new Error(head.cause);
    const start = HEAD + head.value.contents;
    const sealed = bytes.subarray(HEAD, start);
    const files = packageOf(officer.session, id)!.content.files;
    const size = files[0]!.content.chunks[0]!.size;
    const part = async (number: number, first: number, count: number, chunks: Uint8Array): Promise<string> => {
      const file = path.join(world.dir, `part ${number}.stick`);
      const its = await encodeHead(platform, { part: number, parts: 2, first, count }, sealed);
      await writeFile(file, Buffer.concat([its, sealed, chunks]));
      return file;
    };
    const { count } = head.value;
    const one = await part(1, 0, 1, bytes.subarray(start, start + size));
    const two = await part(2, 1, count - 1, bytes.subarray(start + size));
    const lost = async (...chosen: string[]): Promise<unknown[]> =>
      (await into(prosecutor, chosen)).packages[0]!.files.flatMap((file) =>
        file.lost === null ? [] : [[file.name, file.lost]],
      );
    expect(await lost(two)).toEqual([[files[0]!.name, 'other part']]);
    expect(await lost(one)).toEqual([]);
    expect(await lost(one, two)).toEqual([]);
    await until(() => word(prosecutor, id) === 'Ready to open', 'all of it');
  },
);

it(
  'goes from another computer of the post, which holds the files and did not release them',
  { timeout: 60_000 },
  async () => {
    const colleague = await enrol('officer2');
    const of = await makeCase(officer);
    officer.goOnline();
    await until(() => areaOf(colleague.session, of, 'working papers') !== null, 'the case');
    const drive = path.join(world.dir, 'drive');
    await mkdir(drive);
    await writeFile(path.join(drive, 'CCTV.bin'), randomBytes(LARGE));
    await colleague.desktop.importing.add(of, await colleague.evidence!.choose([path.join(drive, 'CCTV.bin')]));
    const file = (await until(() => filedIn(officer.session, of)[0], 'its name')).fact.file;
    const id = await releaseTo(officer, of, [file]);
    await until(() => packageOf(colleague.session, id)?.posted, 'that it was released');
    await online(officer, colleague);
    officer.goOffline();
    colleague.goOffline();
    expect([row(officer, id).can.stick, row(colleague, id).can.stick]).toEqual(['package', 'package']);
    await expect(onto(officer, id)).rejects.toThrow('missing here');

    const report = await into(prosecutor, await onto(colleague, id));
    expect(report).toMatchObject({ refused: [], packages: [{ package: id, isNew: true, files: [{ lost: null }] }] });
    await until(() => word(prosecutor, id) === 'Ready to open', 'all of it');
    await into(colleague, await onto(prosecutor, id));
    expect(word(colleague, id)).toBe('Delivered');

    await online(officer, colleague, prosecutor);
    await until(() => word(officer, id) === 'Delivered', 'the same word');
    for (const computer of [officer, colleague, prosecutor]) {
      expect(packages(computer.session).map((pkg) => [pkg.package, pkg.refused])).toEqual([[id, []]]);
      expect([isLied(computer), computer.alarms]).toEqual([false, []]);
    }
    expect(packageOf(prosecutor.session, id)?.content.files).toHaveLength(1);
    // Taken back, nothing of it can be fetched any more, by whichever letter.
    expect(await withdraw(officer.session, id, 'Not needed.')).toMatchObject({ ok: true });
    await until(() => word(prosecutor, id) === 'Withdrawn', 'that it is withdrawn');
  },
);
