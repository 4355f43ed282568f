/**
 * Boxes: given to whom they are for, filed by whom may, none pushed out by another's; and withdrawal, after which nobody
 * can fetch what was sent.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { epochSubject, openBox, sealBox, seatSubject } from '../../../shared/seal/boxes.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import { nodePlatform as platform } from '../../common/node.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { intake, makeWorld, ownArea } from '../testing/world.fixture.ts';

let world: World;
let officer: TestLink;
let prosecutor: TestLink;
beforeAll(async () => {
  world = await makeWorld();
  officer = await connect(world.relay.url, world.officer);
  prosecutor = await connect(world.relay.url, world.prosecutor);
});
afterAll(async () => {
  await Promise.all([officer.close(), prosecutor.close()]);
  await world.end();
});

const box = (subject: Hash, to: Box['to'], generation = 1): Box => ({
  subject,
  to,
  generation,
  sealed: new Uint8Array(randomBytes(120)),
});
const ask = async (link: TestLink, subject: Hash): Promise<Box[]> => {
  const answer = await link.ask('boxes', { subjects: [subject] });
  return answer.t === 'boxes' ? answer.boxes : expect.fail(answer.t);
};
const hears = (link: TestLink, subject: Hash) =>
  link.next((m): m is Extract<FromRelay, { t: 'new boxes' }> => m.t === 'new boxes' && m.subjects.includes(subject));

test('a box that comes with an entry is told and given to its reader alone', async () => {
  const area = await intake(world.prosecutor);
  const letter = await world.officer.letter(area, 'package', 'sealed');
  const made = await sealBox(
    letter.hash,
    world.prosecutor.device,
    1,
    world.prosecutor.boxKeys.publicKey,
    new Uint8Array(32).fill(7),
  );
  const seat = box(letter.hash, world.prosecutor.seat);
  expect((await officer.append(letter, [made, seat])).t).toBe('appended');
  await hears(prosecutor, letter.hash);
  const [own, ofPost] = await ask(prosecutor, letter.hash);
  expect(await openBox(world.prosecutor.boxKeys, own!)).toEqual(new Uint8Array(32).fill(7));
  expect(ofPost).toEqual(seat);
  expect(await ask(officer, letter.hash)).toEqual([]);
});

test('boxes that do not belong to the entry are refused with it, and nothing is kept', async () => {
  const area = await ownArea(officer, world.officer);
  const elsewhere = 'ab'.repeat(32) as Hash;
  expect(await officer.append(await world.officer.edit(area, 'x'), [box(elsewhere, world.officer.seat)])).toMatchObject(
    { t: 'declined', cause: 'no right' },
  );
  expect(await ask(officer, elsewhere)).toEqual([]);
});

test('whoever reads an area may add boxes for its epochs and entries; others may not', async () => {
  const area = await ownArea(officer, world.officer);
  const subject = await epochSubject(platform, area, 1);
  expect((await officer.ask('add boxes', { area, boxes: [box(subject, world.officer.seat)] })).t).toBe('done');
  expect(await ask(officer, subject)).toHaveLength(1);
  expect(await prosecutor.ask('add boxes', { area, boxes: [box(subject, world.officer.seat)] })).toMatchObject({
    t: 'declined',
  });
  const ahead = await epochSubject(platform, area, 2);
  expect(await officer.ask('add boxes', { area, boxes: [box(ahead, world.officer.seat)] })).toMatchObject({
    cause: 'not here',
  });
});

test('the sender of a letter may add boxes for a reader that came later', async () => {
  const area = await intake(world.prosecutor);
  const letter = await world.officer.letter(area, 'package', 'nobody yet');
  await officer.append(letter);
  expect((await officer.ask('add boxes', { area, boxes: [box(letter.hash, world.prosecutor.seat)] })).t).toBe('done');
  await hears(prosecutor, letter.hash);
});

test("one device's box never pushes out another's; its own it may mend", async () => {
  const colleague = await world.police.device(world.officer.person);
  await world.publish();
  const other = await connect(world.relay.url, colleague);
  const area = await ownArea(officer, world.officer);
  const subject = await epochSubject(platform, area, 1);
  const [wrong, right, mended] = [
    box(subject, world.officer.seat),
    box(subject, world.officer.seat),
    box(subject, world.officer.seat),
  ];
  await other.ask('add boxes', { area, boxes: [wrong] });
  await officer.ask('add boxes', { area, boxes: [right] });
  expect(await ask(officer, subject)).toEqual([right, wrong]);
  await other.ask('add boxes', { area, boxes: [mended] });
  expect(await ask(officer, subject)).toEqual([right, mended]);
  await other.close();
});

test("a post's key goes to devices of its organisation, filed by who holds the post", async () => {
  const colleague = await world.police.device(world.officer.person);
  await world.publish();
  const theirs = await connect(world.relay.url, colleague);
  const subject = await seatSubject(platform, world.officer.seat, 1);
  const made = box(subject, colleague.device);
  expect((await officer.ask('add boxes', { area: null, boxes: [made] })).t).toBe('done');
  await hears(theirs, subject);
  expect(await ask(theirs, subject)).toEqual([made]);
  expect(await officer.ask('add boxes', { area: null, boxes: [box(subject, world.prosecutor.device)] })).toMatchObject({
    cause: 'no right',
  });
  expect(
    await prosecutor.ask('add boxes', { area: null, boxes: [box(subject, world.prosecutor.device)] }),
  ).toMatchObject({ cause: 'no right' });
  await theirs.close();
});

/** A letter with boxes and `count` chunks, in the prosecutor's intake. */
async function sendLetter(count: number) {
  const area = await intake(world.prosecutor);
  const letter = await world.officer.letter(area, 'package', 'to be taken back');
  await officer.append(letter, [box(letter.hash, world.prosecutor.seat)]);
  const files = Array.from({ length: count }, () => new Uint8Array(randomBytes(500)));
  await officer.ask('refer', { area, tag: letter.hash, chunks: files.map(chunkName), from: null });
  for (const bytes of files) expect((await officer.put(area, bytes)).status).toBe(200);
  return { area, entry: letter.hash, chunks: files.map(chunkName) };
}

test('what was withdrawn before anybody collected it can be fetched by nobody, and not be filed again', async () => {
  const { area, entry, chunks } = await sendLetter(2);
  await (await prosecutor.get(area, chunks[0]!)).arrayBuffer(); // one of two is not all
  expect(await prosecutor.ask('withdraw', { area, entry })).toMatchObject({ t: 'declined', cause: 'no right' });
  expect((await officer.ask('withdraw', { area, entry })).t).toBe('done');
  expect((await officer.ask('withdraw', { area, entry })).t).toBe('done');
  for (const chunk of chunks) expect((await prosecutor.get(area, chunk)).status).toBe(410);
  expect((await officer.put(area, new Uint8Array(500), 0, chunks[0])).status).toBe(410);
  expect(await ask(prosecutor, entry)).toEqual([]);
  expect(await officer.ask('add boxes', { area, boxes: [box(entry, world.prosecutor.seat)] })).toMatchObject({
    cause: 'not here',
  });
  expect(await officer.ask('refer', { area, tag: entry, chunks, from: null })).toMatchObject({ cause: 'not here' });
});

test('what a device has collected whole cannot be withdrawn', async () => {
  const { area, entry, chunks } = await sendLetter(2);
  for (const chunk of chunks) await (await prosecutor.get(area, chunk)).arrayBuffer();
  // The note of a fetch is made when its last byte has left; a withdrawal that overtakes it would be the earlier act.
  await expect
    .poll(async () => (await officer.ask('withdraw', { area, entry: 'cd'.repeat(32) as Hash })).t)
    .toBe('declined');
  expect(await officer.ask('withdraw', { area, entry })).toMatchObject({ t: 'declined', cause: 'already collected' });
  expect((await prosecutor.get(area, chunks[0]!)).status).toBe(200);
});

test('a letter without files is collected once its box was given', async () => {
  const fresh = await sendLetter(0);
  expect((await officer.ask('withdraw', { area: fresh.area, entry: fresh.entry })).t).toBe('done');
  const read = await sendLetter(0);
  expect(await ask(prosecutor, read.entry)).toHaveLength(1);
  expect(await officer.ask('withdraw', { area: read.area, entry: read.entry })).toMatchObject({
    cause: 'already collected',
  });
});

test('nothing can be withdrawn from an area that is no intake', async () => {
  const area = await ownArea(officer, world.officer);
  const written = await world.officer.edit(area, 'stays');
  await officer.append(written);
  expect(await officer.ask('withdraw', { area, entry: written.hash })).toMatchObject({ cause: 'not here' });
});
