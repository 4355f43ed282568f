/** What is on a stick and damaged, strange, forked or from who may not is named, and never taken by halves. */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { filedIn, packageOf, packages } from '../../../renderer/sync/cases/caseIndex.ts';
import type { PackageId } from '../../../shared/primitives/ids.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { orgIdOf } from '../../../shared/seal/directory/card.ts';
import type { Entry } from '../../../shared/seal/entry/entry.ts';
import { decodeEntry, encodeEntry } from '../../../shared/seal/entry/entry.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { CarriedEntry, StickContents } from '../../../shared/seal/stick/contents.ts';
import { openContents, readerOf, sealContents } from '../../../shared/seal/stick/contents.ts';
import { decodeHead, encodeHead, HEAD } from '../../../shared/seal/stick/head.ts';
import { nodePlatform as platform } from '../../../sync-server/common/node.ts';
import { makeCase, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { EvidenceLine } from './evidenceLine.ts';
import { addReal, at, condition, firstRelease, into, online, onto, row, withTwoOffLine, word } from './twoOffLine.ts';

withTwoOffLine();

const knows = ({ session }: Computer, id: PackageId): boolean => packageOf(session, id) !== null;

it(
  'names what is damaged, keeps what is whole, and takes the rest from another stick',
  { timeout: 60_000 },
  async () => {
    const id = await firstRelease();
    const [whole] = await onto(at.officer, id);
    const bytes = await readFile(whole!);
    const spoilt = path.join(at.world.dir, 'spoilt.stick');
    await writeFile(spoilt, bytes.with(bytes.length - 100, bytes.at(-100)! ^ 1));
    const report = await into(at.prosecutor, [spoilt]);
    const lost = report.packages[0]!.files.filter((file) => file.lost !== null);
    expect(lost).toMatchObject([{ lost: 'damaged' }]);
    await until(
      () => row(at.prosecutor, id).files.filter(({ happened }) => happened.text === 'Ready to open').length === 2,
      'the others',
    );
    expect((await into(at.prosecutor, [whole!])).packages[0]!.files.map((file) => file.lost)).toEqual([
      null,
      null,
      null,
    ]);
    await until(() => word(at.prosecutor, id) === 'Ready to open', 'all of it');
  },
);

it(
  'takes nothing of what is cut, bent at its beginning, newer, for others, or from nobody that is known',
  { timeout: 60_000 },
  async () => {
    const id = await firstRelease();
    const [whole] = await onto(at.officer, id);
    const bytes = await readFile(whole!);
    const make = async (name: string, content: Uint8Array): Promise<string> => {
      const file = path.join(at.world.dir, `${name}.stick`);
      await writeFile(file, content);
      return file;
    };
    const whysAt = async (to: Computer, file: string): Promise<string[]> =>
      (await into(to, [file])).refused.map(({ why }) => why);
    expect(await whysAt(at.prosecutor, await make('text', new TextEncoder().encode('Dear Helen')))).toEqual([
      'not a bundle of Joinder',
    ]);
    expect(await whysAt(at.prosecutor, await make('bent', bytes.with(HEAD + 200, bytes[HEAD + 200]! ^ 1)))).toEqual([
      'damaged at its beginning',
    ]);
    expect(await whysAt(at.prosecutor, await make('cut', bytes.subarray(0, HEAD + 50)))).toEqual([
      'damaged at its beginning',
    ]);
    expect(await whysAt(at.prosecutor, await make('newer', bytes.with(19, 2)))).toEqual(['of a newer version']);
    expect(await whysAt(at.officer, whole!)).toEqual(['for another post']);
    expect(knows(at.prosecutor, id)).toBe(false);
    expect(packages(at.prosecutor.session)).toEqual([]);
    // Cut within its chunks, the package is known, and what came before the cut is there.
    const cut = await into(at.prosecutor, [await make('short', bytes.subarray(0, bytes.length - 100))]);
    expect(cut.packages[0]!.files.filter((file) => file.lost === 'cut off')).toHaveLength(1);
  },
);

let altereds = 0;
/** What somebody made of the officer's bundle who could: opened as the prosecutor's post, changed, sealed and signed again. */
async function altered(
  file: string,
  change: (contents: StickContents) => StickContents | Promise<StickContents>,
  by: Computer = at.officer,
): Promise<string> {
  const bytes = await readFile(file);
  const head = decodeHead(bytes);
  if (!head.ok) throw new Error(head.cause);
  const sealed = bytes.subarray(HEAD, HEAD + head.value.contents);
  const reader = readerOf(sealed)!;
  const { directories, identity, keyring } = at.prosecutor.session;
  const opened = await openContents(platform, sealed, keyring.seat(reader.seat, reader.generation)!);
  if (!opened.ok) throw new Error(opened.cause);
  const { publicKey } = directories.current(identity.org)!.seats.get(reader.seat)!;
  const again = await sealContents(platform, await change(opened.value.contents), { ...reader, publicKey }, (body) =>
    by.session.vault.sign(LABEL.stick, [body]),
  );
  const made = path.join(at.world.dir, `altered ${++altereds}.stick`);
  await writeFile(
    made,
    Buffer.concat([await encodeHead(platform, head.value, again), again, bytes.subarray(HEAD + head.value.contents)]),
  );
  return made;
}
const whys = async (file: string): Promise<string[]> =>
  (await into(at.prosecutor, [file])).refused.map(({ why }) => why);
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
  const [bundle] = await onto(at.officer, id);
  const elsewhere = (await at.officer.session.db.outbox.toArray()).find(
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
      await altered(
        bundle!,
        (contents) => ({ ...contents, device: at.prosecutor.session.identity.device }),
        at.prosecutor,
      ),
    ),
  ).toEqual(['not signed by a computer of the sender']);
  expect(await whys(await altered(bundle!, (contents) => contents, at.prosecutor))).toEqual([
    'not signed by a computer of the sender',
  ]);
  const stranger = at.world.authority('strangers').keys;
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
  expect(packages(at.prosecutor.session)).toEqual([]);
  expect(await chunksHere(at.prosecutor)).toBe(0);

  // A second release without the first leaves a gap; with it, both stand.
  const { content } = packageOf(at.officer.session, id)!;
  const second = await releaseTo(at.officer, content.case, content.files.slice(0, 1));
  const [both] = await onto(at.officer, second);
  expect(await whys(await altered(both!, (contents) => ({ ...contents, entries: contents.entries.slice(1) })))).toEqual(
    ['what came before it is missing'],
  );
  expect(await whys(both!)).toEqual([]);
  expect([knows(at.prosecutor, id), knows(at.prosecutor, second)]).toEqual([false, true]); // the first is a link alone
  expect((await into(at.prosecutor, [bundle!])).packages).toMatchObject([{ package: id, isNew: true }]);
  await online(at.officer, at.prosecutor);
  await until(
    () => condition(at.prosecutor, id) === undefined && condition(at.prosecutor, second) === undefined,
    'both ordered',
  );
  expect(at.prosecutor.alarms).toEqual([]);
});

it('notices a computer that says one thing by stick and another over the link', { timeout: 60_000 }, async () => {
  const of = await makeCase(at.officer);
  await addReal(of);
  const copy = at.world.add(await at.officer.copyTo(path.join(at.world.dir, 'copy')));
  copy.evidence = new EvidenceLine(copy.folder);
  copy.offline = true;
  await copy.start();
  const release = (by: Computer): Promise<PackageId> =>
    releaseTo(
      by,
      of,
      filedIn(by.session, of).map(({ fact }) => fact.file),
    );
  const [one, other] = [await release(at.officer), await release(copy)];
  await into(at.prosecutor, await onto(at.officer, one));
  expect((await into(at.prosecutor, await onto(copy, other))).refused.map(({ why }) => why)).toEqual([
    'its computer wrote two in one place',
  ]);
  expect([knows(at.prosecutor, one), knows(at.prosecutor, other)]).toEqual([true, false]);
  await online(copy);
  expect(await copy.desktop.sticks.sendByLink(other)).toMatchObject({ ok: true });
  await online(at.prosecutor);
  await until(() => knows(at.prosecutor, other), 'what the relay has');
  expect(knows(at.prosecutor, one)).toBe(false);
  expect(at.prosecutor.alarms.join()).toContain('its computer had already written another in its place');
});
