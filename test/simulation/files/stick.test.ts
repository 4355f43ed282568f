/**
 * By stick: a first release, in a case that the relay has never heard of, read with no network at all; the receipt back the same
 * way; then the link. Nothing is sent again (counted on both lines), nobody sees a fork, and both sides say the same.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { areaOf, filedIn, packageOf, packages } from '../../../renderer/sync/cases/caseIndex.ts';
import { decide, recordLook } from '../../../renderer/sync/cases/release/receiving.ts';
import { withdraw } from '../../../renderer/sync/cases/release/takingBack.ts';
import { decodeHead, encodeHead, HEAD } from '../../../shared/seal/stick/head.ts';
import { revokeDevice } from '../../../sync-server/authority/acts.ts';
import { nodePlatform as platform } from '../../../sync-server/common/node.ts';
import { makeCase, partnerPost, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import {
  LARGE,
  NAMES,
  at,
  condition,
  enrol,
  firstRelease,
  inStep,
  into,
  online,
  onto,
  row,
  withTwoOffLine,
  word,
} from './twoOffLine.ts';

const LATER = 3_500_000;
const WITHOUT_FILES = 400_000;

withTwoOffLine();

const isLied = ({ session }: Computer): boolean => session.log.all().some((replica) => replica.lie !== null);
const carried = ({ session }: Computer): Promise<number> => session.db.carried.count();
const sent = (): number => at.proxies.reduce((sum, proxy) => sum + proxy.bytes('up') + proxy.bytes('down'), 0);

it(
  'takes a first release and its receipts by stick, and sends nothing again when the link is back',
  { timeout: 60_000 },
  async () => {
    const id = await firstRelease();
    const bundle = await onto(at.officer, id);
    expect(bundle.map((file) => path.basename(file))).toEqual([expect.stringMatching(/^joinder-[0-9a-f]{8}\.stick$/)]);
    expect(word(at.officer, id)).toBe('Waiting to send: it is on a stick');
    expect(condition(at.officer, id)).toBe('On a stick: no receipt yet');

    const report = await into(at.prosecutor, bundle);
    expect(report).toMatchObject({ from: ['Fellshire Police'], known: 0, refused: [] });
    expect(report.packages).toMatchObject([{ package: id, isNew: true, files: NAMES.map(() => ({ lost: null })) }]);
    await until(() => word(at.prosecutor, id) === 'Ready to open', 'all of it, verified');
    expect(condition(at.prosecutor, id)).toBe('By stick: not yet through the relay');
    const [first] = packageOf(at.prosecutor.session, id)!.content.files;
    expect(await recordLook(at.prosecutor.session, first!.content.version, 'opened')).toMatchObject({ ok: true });
    expect(await decide(at.prosecutor.session, id, 'accepted')).toMatchObject({ ok: true });

    const back = await into(at.officer, await onto(at.prosecutor, id));
    expect(back).toMatchObject({ words: NAMES.length + 2, refused: [] });
    expect([word(at.officer, id), condition(at.officer, id)]).toEqual([
      'Accepted',
      'By stick: not yet through the relay',
    ]);
    expect(row(at.officer, id).files.map(({ happened }) => happened.text)).toEqual(
      row(at.officer, id).files.map(({ name }) =>
        name === first!.name
          ? 'Opened by Helen Marsh, Fellshire Prosecution Service'
          : 'Delivered to Fellshire Prosecution Service',
      ),
    );

    // All of it stands after a crash, still without a network.
    await at.officer.crash();
    await at.prosecutor.crash();
    expect([word(at.officer, id), word(at.prosecutor, id)]).toEqual(['Accepted', 'Accepted']);

    const before = sent();
    await online(at.officer, at.prosecutor);
    await until(
      () => condition(at.officer, id) === undefined && condition(at.prosecutor, id) === undefined,
      'the relay to have it',
    );
    expect([word(at.officer, id), word(at.prosecutor, id)]).toEqual(['Accepted', 'Accepted']);
    expect(await Promise.all([carried(at.officer), carried(at.prosecutor)])).toEqual([0, 0]);
    await until(async () => (await inStep(at.officer)) && (await inStep(at.prosecutor)), 'in step');
    // Another, released after it and larger than anything in it, goes over the link: whatever went before that is there then.
    const { content } = packageOf(at.officer.session, id)!;
    const later = path.join(at.world.dir, 'drive', 'Later.bin');
    await writeFile(later, randomBytes(LATER));
    await at.officer.desktop.importing.add(content.case, await at.officer.evidence!.choose([later]));
    const last = await until(
      () => filedIn(at.officer.session, content.case).find(({ fact }) => fact.file.name === 'Later.bin'),
      'it',
    );
    const after = await releaseTo(at.officer, content.case, [last.fact.file]);
    await until(() => word(at.officer, after) === 'Delivered', 'the other');
    const needed = last.fact.file.content.chunks.map(({ hash }) => hash);
    const atRelay = await readdir(path.join(at.world.relayFolder, 'chunks'), { recursive: true, withFileTypes: true });
    expect(atRelay.flatMap((one) => (one.isFile() ? [one.name] : [])).sort()).toEqual(needed.sort());
    expect(sent() - before - 2 * LATER).toBeLessThan(WITHOUT_FILES);
    await online(at.officer, at.prosecutor);
    for (const computer of [at.officer, at.prosecutor])
      expect([isLied(computer), computer.alarms]).toEqual([false, []]);
    expect(await Promise.all([at.officer.word(content.case), at.prosecutor.word(content.case)])).toEqual([
      expect.stringMatching(/^Up to date/),
      expect.stringMatching(/^Up to date/),
    ]);
    // One place each, however often it was carried.
    const ordered = await at.prosecutor.session.db.log
      .where('hash')
      .equals(packageOf(at.officer.session, id)!.posted!.entry)
      .count();
    expect(ordered).toBe(1);
  },
);

it(
  'brings it to the relay from the receiver alone, where the sender never comes back',
  { timeout: 60_000 },
  async () => {
    const id = await firstRelease();
    await into(at.prosecutor, await onto(at.officer, id));
    await until(() => word(at.prosecutor, id) === 'Ready to open', 'all of it');
    await online(at.prosecutor);
    await until(() => condition(at.prosecutor, id) === undefined, 'a place in the order');
    await online(at.officer);
    await until(() => word(at.officer, id) === 'Delivered', 'the receipt over the link');
    expect([isLied(at.officer), isLied(at.prosecutor), at.officer.alarms, at.prosecutor.alarms]).toEqual([
      false,
      false,
      [],
      [],
    ]);
  },
);

it('changes nothing when it is imported again', { timeout: 60_000 }, async () => {
  const id = await firstRelease();
  const bundle = await onto(at.officer, id);
  await into(at.prosecutor, bundle);
  await until(() => word(at.prosecutor, id) === 'Ready to open', 'all of it');
  const receipts = at.prosecutor.session.facts.of('receipt').length;
  const again = await into(at.prosecutor, [...bundle, ...bundle]);
  expect(again).toMatchObject({
    words: 0,
    known: 1,
    refused: [],
    packages: [{ isNew: false, files: NAMES.map(() => ({ lost: null })) }],
  });
  expect(at.prosecutor.session.facts.of('receipt')).toHaveLength(receipts);
  // A newer stick goes on from the last: what was said since comes along, and what is known is passed over.
  expect(await withdraw(at.officer.session, id, 'The wrong draft')).toMatchObject({ ok: true });
  const later = await releaseTo(
    at.officer,
    packageOf(at.officer.session, id)!.content.case,
    packageOf(at.officer.session, id)!.content.files.slice(0, 1),
  );
  const next = await into(at.prosecutor, await onto(at.officer, later));
  expect(next).toMatchObject({ words: 1, refused: [], packages: [{ package: later, isNew: true }] });
  expect(word(at.prosecutor, id)).toBe('Withdrawn');
});

it('sends over the link too where somebody says so', { timeout: 60_000 }, async () => {
  const id = await firstRelease();
  await onto(at.officer, id);
  await online(at.officer);
  expect(word(at.officer, id)).toBe('Waiting to send: it is on a stick');
  // What the relay has and the other side has not heard of is no gap on a stick.
  at.officer.goOffline();
  const { content } = packageOf(at.officer.session, id)!;
  const next = await releaseTo(at.officer, content.case, content.files.slice(0, 1));
  const report = await into(at.prosecutor, await onto(at.officer, next));
  expect(report).toMatchObject({ refused: [], packages: [{ package: next, isNew: true }] });
  at.officer.goOnline();
  expect(await at.officer.desktop.sticks.sendByLink(id)).toMatchObject({ ok: true });
  await online(at.prosecutor);
  await until(
    () => word(at.officer, id) === 'Delivered' && word(at.prosecutor, id) === 'Ready to open',
    'it to go over the link',
  );
});

it('holds nothing in the clear, outside or in its name', { timeout: 60_000 }, async () => {
  const [bundle] = await onto(at.officer, await firstRelease());
  // No word of three letters: among so many random bytes one stands by chance.
  const text = (await readFile(bundle!)).toString('latin1');
  expect(['Harrow', 'Nair', 'Marsh', 'CCTV', 'Fellshire', 'Kendal'].filter((said) => text.includes(said))).toEqual([]);
});

it('is opened by a post whose key has changed since', { timeout: 60_000 }, async () => {
  const colleague = await enrol('prosecutor2');
  const id = await firstRelease();
  const bundle = await onto(at.officer, id);
  const seat = partnerPost(at.officer.session).seat;
  const generation = (): number => {
    const { directories, identity } = at.prosecutor.session;
    return directories.current(identity.org)?.seats.get(seat)?.generation ?? 0;
  };
  const before = generation();
  const gone = await revokeDevice(at.world.authority('prosecution'), colleague.session.identity.device);
  if (!gone.ok) throw new Error(gone.cause);
  at.world.publish('prosecution');
  at.prosecutor.goOnline();
  await until(
    () => generation() > before && at.prosecutor.session.keyring.seat(seat, generation()) !== null,
    'the next key',
  );
  at.prosecutor.goOffline();
  expect(await into(at.prosecutor, bundle)).toMatchObject({ refused: [], packages: [{ package: id, isNew: true }] });
  await until(() => word(at.prosecutor, id) === 'Ready to open', 'all of it');
});

it(
  'reads the parts of a bundle together, or one after the other from different sticks',
  { timeout: 60_000 },
  async () => {
    const id = await firstRelease();
    const [bundle] = await onto(at.officer, id);
    const bytes = await readFile(bundle!);
    const head = decodeHead(bytes);
    if (!head.ok) throw new Error(head.cause);
    const start = HEAD + head.value.contents;
    const sealed = bytes.subarray(HEAD, start);
    const files = packageOf(at.officer.session, id)!.content.files;
    const size = files[0]!.content.chunks[0]!.size;
    const part = async (number: number, first: number, count: number, chunks: Uint8Array): Promise<string> => {
      const file = path.join(at.world.dir, `part ${number}.stick`);
      const its = await encodeHead(platform, { part: number, parts: 2, first, count }, sealed);
      await writeFile(file, Buffer.concat([its, sealed, chunks]));
      return file;
    };
    const { count } = head.value;
    const one = await part(1, 0, 1, bytes.subarray(start, start + size));
    const two = await part(2, 1, count - 1, bytes.subarray(start + size));
    const lost = async (...chosen: string[]): Promise<unknown[]> =>
      (await into(at.prosecutor, chosen)).packages[0]!.files.flatMap((file) =>
        file.lost === null ? [] : [[file.name, file.lost]],
      );
    expect(await lost(two)).toEqual([[files[0]!.name, 'other part']]);
    expect(await lost(one)).toEqual([]);
    expect(await lost(one, two)).toEqual([]);
    await until(() => word(at.prosecutor, id) === 'Ready to open', 'all of it');
  },
);

it(
  'goes from another computer of the post, which holds the files and did not release them',
  { timeout: 60_000 },
  async () => {
    const colleague = await enrol('officer2');
    const of = await makeCase(at.officer);
    at.officer.goOnline();
    await until(() => areaOf(colleague.session, of, 'working papers') !== null, 'the case');
    const drive = path.join(at.world.dir, 'drive');
    await mkdir(drive);
    await writeFile(path.join(drive, 'CCTV.bin'), randomBytes(LARGE));
    await colleague.desktop.importing.add(of, await colleague.evidence!.choose([path.join(drive, 'CCTV.bin')]));
    const file = (await until(() => filedIn(at.officer.session, of)[0], 'its name')).fact.file;
    const id = await releaseTo(at.officer, of, [file]);
    await until(() => packageOf(colleague.session, id)?.posted, 'that it was released');
    await online(at.officer, colleague);
    at.officer.goOffline();
    colleague.goOffline();
    expect([row(at.officer, id).can.stick, row(colleague, id).can.stick]).toEqual(['package', 'package']);
    await expect(onto(at.officer, id)).rejects.toThrow('missing here');

    const report = await into(at.prosecutor, await onto(colleague, id));
    expect(report).toMatchObject({ refused: [], packages: [{ package: id, isNew: true, files: [{ lost: null }] }] });
    await until(() => word(at.prosecutor, id) === 'Ready to open', 'all of it');
    await into(colleague, await onto(at.prosecutor, id));
    expect(word(colleague, id)).toBe('Delivered');

    await online(at.officer, colleague, at.prosecutor);
    await until(() => word(at.officer, id) === 'Delivered', 'the same word');
    for (const computer of [at.officer, colleague, at.prosecutor]) {
      expect(packages(computer.session).map((pkg) => [pkg.package, pkg.refused])).toEqual([[id, []]]);
      expect([isLied(computer), computer.alarms]).toEqual([false, []]);
    }
    expect(packageOf(at.prosecutor.session, id)?.content.files).toHaveLength(1);
    // Taken back, nothing of it can be fetched any more, by whichever letter.
    expect(await withdraw(at.officer.session, id, 'Not needed.')).toMatchObject({ ok: true });
    await until(() => word(at.prosecutor, id) === 'Withdrawn', 'that it is withdrawn');
  },
);
