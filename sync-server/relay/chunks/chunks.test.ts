/**
 * Chunks over HTTP: sent in pieces, cut and gone on with, wrong bytes, ranges; and that a reference in one area opens a
 * chunk there and nowhere else.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { heldAnswer } from '../../../shared/wire/http.ts';
import { grant, newArea } from '../testing/device.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect, is } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { intake, makeWorld, ownArea } from '../testing/world.fixture.ts';
import { readRange } from './get.ts';

let world: World;
let link: TestLink;
let area: AreaId;
beforeAll(async () => {
  world = await makeWorld('--quota', '3MiB');
  link = await connect(world.relay.url, world.officer);
  area = await ownArea(link, world.officer);
});
afterAll(async () => {
  await link.close();
  await world.end();
});

const tag = (): Hash => randomBytes(32).toString('hex') as Hash;
const some = (size: number): Uint8Array => new Uint8Array(randomBytes(size));
const held = async (from: TestLink, where: AreaId, chunk: Hash): Promise<unknown> =>
  (await standing(from, where, chunk)).held;
async function standing(from: TestLink, where: AreaId, chunk: Hash): Promise<{ held: unknown; whole: unknown }> {
  const { held: bytes, whole } = heldAnswer.parse(await (await from.held(where, chunk)).json());
  return { held: bytes[0], whole: whole[0] };
}
const refer = (from: TestLink, where: AreaId, chunk: Hash, fromArea: AreaId | null = null, of = tag()) =>
  from.ask('refer', { area: where, tag: of, chunks: [chunk], from: fromArea });

async function send(bytes: Uint8Array, where = area): Promise<Hash> {
  const chunk = chunkName(bytes);
  await refer(link, where, chunk);
  expect((await link.put(where, bytes)).status).toBe(200);
  return chunk;
}

test('a chunk goes up, is held whole, and comes down as it was, whole and in ranges', async () => {
  const bytes = some(MiB);
  const chunk = await send(bytes);
  expect(await held(link, area, chunk)).toBe(MiB);
  const whole = await link.get(area, chunk);
  expect([whole.status, new Uint8Array(await whole.arrayBuffer())]).toEqual([200, bytes]);
  const middle = await link.get(area, chunk, 'bytes=1000-1999');
  expect([middle.status, middle.headers.get('content-range')]).toEqual([206, `bytes 1000-1999/${MiB}`]);
  expect(new Uint8Array(await middle.arrayBuffer())).toEqual(bytes.slice(1000, 2000));
  expect((await link.get(area, chunk, `bytes=${MiB}-`)).status).toBe(416);
});

test('a chunk that this disk spoiled is given once at most to a device, counts as not here then, and comes again', async () => {
  const bytes = some(MiB);
  const chunk = await send(bytes);
  const file = path.join(world.relay.data, 'chunks', chunk.slice(0, 2), chunk);
  writeFileSync(
    file,
    bytes.map((byte, at) => (at === 1234 ? byte ^ 1 : byte)),
  );
  const first = await link.get(area, chunk);
  expect(new Uint8Array(await first.arrayBuffer())).not.toEqual(bytes);
  expect((await link.get(area, chunk)).status).toBe(404);
  // Who sent it is told at once; and whoever of them links later, until it is here again.
  const lacks = is('lacks');
  expect(await link.next(lacks)).toMatchObject({ area, chunks: [chunk] });
  const later = await connect(world.relay.url, world.officer);
  expect(await later.next(lacks)).toMatchObject({ area, chunks: [chunk] });
  await later.close();
  expect(await standing(link, area, chunk)).toEqual({ held: 0, whole: false });
  expect((await link.put(area, bytes)).status).toBe(200);
  for (const _ of [1, 2, 3]) expect(new Uint8Array(await (await link.get(area, chunk)).arrayBuffer())).toEqual(bytes);
  expect(world.relay.log()).toContain('was spoiled on this disk');
});

test.each([
  '..%2F..%2Frelay.sqlite',
  '..%5C..%5Crelay.sqlite',
  `${'a'.repeat(62)}%2F.`,
  'A'.repeat(64),
  'a'.repeat(63),
  'a'.repeat(65),
  `${'a'.repeat(63)}%00`,
  `${'a'.repeat(63)}%E2%80%AE`,
  'CON',
  '.',
  '%F0%9F%A4%A1'.repeat(16),
])('an address that is no hash is neither read nor written: %s', async (address) => {
  const before = new Set(readdirSync(world.relay.data, { recursive: true, encoding: 'utf8' }));
  const headers = { authorization: `Bearer ${link.welcome.token}`, 'content-type': 'application/octet-stream' };
  const at = `${world.relay.url}/v1/chunks/${address}?area=${area}&size=4&from=0`;
  expect([400, 404]).toContain((await fetch(at, { headers })).status);
  expect([400, 404]).toContain((await fetch(at, { method: 'PUT', headers, body: 'evil' })).status);
  expect(new Set(readdirSync(world.relay.data, { recursive: true, encoding: 'utf8' }))).toEqual(before);
});

test.each([
  [undefined, { start: 0, end: 100, whole: true }],
  ['bytes=0-', { start: 0, end: 100, whole: false }],
  ['bytes=10-19', { start: 10, end: 20, whole: false }],
  ['bytes=90-500', { start: 90, end: 100, whole: false }],
  ['bytes=-5', { start: 95, end: 100, whole: false }],
  ['bytes=-500', { start: 0, end: 100, whole: false }],
  ['bytes=100-', null],
  ['bytes=20-10', null],
  ['bytes=-0', null],
  ['lines=1-2', { start: 0, end: 100, whole: true }],
])('the range %s of 100 bytes', (header, part) => expect(readRange(header, 100)).toEqual(part));

/** Sends the first `count` bytes of an upload and breaks the connection once the relay holds some of them. */
async function cutUpload(bytes: Uint8Array, from: number, count: number, chunk: Hash): Promise<void> {
  const { hostname, port } = new URL(world.relay.url);
  const sending = request({
    hostname,
    port,
    method: 'PUT',
    path: `/v1/chunks/${chunk}?area=${area}&size=${bytes.length}&from=${from}`,
    headers: {
      authorization: `Bearer ${link.welcome.token}`,
      'content-type': 'application/octet-stream',
      'content-length': bytes.length - from,
    },
  });
  sending.on('error', () => {});
  sending.write(bytes.slice(from, from + count));
  await expect.poll(() => held(link, area, chunk), { interval: 10, timeout: 10_000 }).toBe(from + count);
  sending.destroy();
}

test('an upload that is cut goes on where it stopped, also after the relay was killed', async () => {
  const bytes = some(3 * MiB);
  const chunk = chunkName(bytes);
  await refer(link, area, chunk);
  await cutUpload(bytes, 0, MiB, chunk);
  expect(await (await link.put(area, bytes, 0)).json()).toMatchObject({ held: MiB });
  expect((await link.put(area, bytes, 5)).status).toBe(409);
  await cutUpload(bytes, MiB, MiB, chunk);
  await world.restart('kill');
  link = await connect(world.relay.url, world.officer);
  expect(await held(link, area, chunk)).toBe(2 * MiB);
  expect(await standing(link, area, chunk)).toEqual({ held: 2 * MiB, whole: false });
  expect(await (await link.put(area, bytes, 2 * MiB)).json()).toEqual({ held: 3 * MiB, whole: true });
  expect(await standing(link, area, chunk)).toEqual({ held: 3 * MiB, whole: true });
  expect(new Uint8Array(await (await link.get(area, chunk)).arrayBuffer())).toEqual(bytes);
});

test('all bytes of an upload that was cut before they were hashed are not called whole, and an empty PUT finishes it', async () => {
  const bytes = some(1000);
  const chunk = chunkName(bytes);
  const shared = newArea();
  await link.append(
    await world.officer.create(shared, [
      grant(world.officer.seat, world.officer.org),
      grant(world.prosecutor.seat, world.crown.org, 'reader'),
    ]),
  );
  await refer(link, shared, chunk);
  writeFileSync(path.join(world.relay.data, 'partial', `${chunk}.${world.officer.org}.${shared}`), bytes);
  const reader = await connect(world.relay.url, world.prosecutor);
  for (const from of [link, reader])
    expect(await standing(from, shared, chunk)).toEqual({ held: bytes.length, whole: false });
  const early = await link.put(shared, bytes, 10);
  expect([early.status, await early.json()]).toEqual([
    409,
    { held: bytes.length, whole: false, cause: 'wrong offset' },
  ]);
  expect((await reader.get(shared, chunk)).status).toBe(404);
  expect(await (await link.put(shared, bytes, bytes.length)).json()).toEqual({ held: bytes.length, whole: true });
  const late = await link.put(shared, bytes, 0);
  expect([late.status, await late.json()]).toEqual([409, { held: bytes.length, whole: true, cause: 'wrong offset' }]);
  expect(await standing(reader, shared, chunk)).toEqual({ held: bytes.length, whole: true });
  expect((await reader.get(shared, chunk)).status).toBe(200);
  await reader.close();
});

test('a second upload takes over from one whose connection died without a word', async () => {
  const bytes = some(2 * MiB);
  const chunk = chunkName(bytes);
  await refer(link, area, chunk);
  const { hostname, port } = new URL(world.relay.url);
  const stuck = request({
    hostname,
    port,
    method: 'PUT',
    path: `/v1/chunks/${chunk}?area=${area}&size=${bytes.length}&from=0`,
    headers: { authorization: `Bearer ${link.welcome.token}`, 'content-length': bytes.length },
  });
  stuck.on('error', () => {});
  stuck.write(bytes.slice(0, 1000));
  await expect.poll(() => held(link, area, chunk), { interval: 10, timeout: 10_000 }).toBe(1000);
  expect((await link.put(area, bytes, 1000)).status).toBe(200);
  expect(await held(link, area, chunk)).toBe(bytes.length);
  stuck.destroy();
});

test('bytes of another hash are discarded, and the upload begins anew', async () => {
  const bytes = some(1000);
  const chunk = chunkName(bytes);
  await refer(link, area, chunk);
  const wrong = await link.put(area, some(1000), 0, chunk);
  expect([wrong.status, await wrong.json()]).toEqual([422, { held: 0, whole: false, cause: 'hash differs' }]);
  expect((await link.get(area, chunk)).status).toBe(404);
  expect((await link.put(area, bytes)).status).toBe(200);
});

test('a chunk is taken and given only where a reference stands, to a device with the right', async () => {
  const bytes = some(1000);
  const chunk = chunkName(bytes);
  expect((await link.put(area, bytes)).status).toBe(403);
  await send(bytes);
  const other = await connect(world.relay.url, world.prosecutor);
  expect((await other.get(area, chunk)).status).toBe(403);
  expect((await other.held(area, chunk)).status).toBe(403);
  expect(await refer(other, area, chunk)).toMatchObject({ cause: 'no right' });
  const another = await ownArea(link, world.officer);
  expect((await link.get(another, chunk)).status).toBe(403);
  expect((await fetch(`${world.relay.url}/v1/chunks/${chunk}?area=${area}`)).status).toBe(401);
  await other.close();
});

test('naming a chunk of others opens nothing and tells nothing, until its bytes are sent', async () => {
  const bytes = some(1000);
  const chunk = await send(bytes);
  const other = await connect(world.relay.url, world.prosecutor);
  const theirs = await ownArea(other, world.prosecutor);
  expect((await refer(other, theirs, chunk, area)).t).toBe('done');
  expect(await held(other, theirs, chunk)).toBe(0);
  expect((await other.get(theirs, chunk)).status).toBe(404);
  expect((await other.put(theirs, bytes)).status).toBe(200);
  expect((await other.get(theirs, chunk)).status).toBe(200);
  await other.close();
});

test('what was sent in one area is not here in another, of the same organisation or a partner’s: nothing tells it, and all bytes travel', async () => {
  const bytes = some(2 * MiB);
  const chunk = chunkName(bytes);
  const second = await ownArea(link, world.officer);
  const letters = await intake(world.prosecutor);
  for (const where of [area, second, letters]) await refer(link, where, chunk);
  await cutUpload(bytes, 0, MiB, chunk);
  for (const where of [second, letters]) expect(await standing(link, where, chunk)).toEqual({ held: 0, whole: false });
  expect((await link.put(area, bytes, MiB)).status).toBe(200);
  expect(await standing(link, area, chunk)).toEqual({ held: bytes.length, whole: true });
  for (const where of [second, letters]) {
    expect(await standing(link, where, chunk)).toEqual({ held: 0, whole: false });
    expect(await link.ask('custody', { area: where, lists: [[chunk]] })).toMatchObject({ t: 'declined' });
    expect((await link.put(where, bytes, 5)).status).toBe(409);
    expect(await (await link.put(where, bytes)).json()).toEqual({ held: bytes.length, whole: true });
  }
  expect((await link.get(second, chunk)).status).toBe(200);
  const reader = await connect(world.relay.url, world.prosecutor);
  expect((await reader.get(letters, chunk)).status).toBe(200);
  expect((await link.get(letters, chunk)).status).toBe(403); // who may send into an intake does not read it
  await reader.close();
});

test('a computer carries what it can see in an area into another that it names it for, and no byte travels', async () => {
  const chunk = await send(some(1000));
  const [second, letters] = [await ownArea(link, world.officer), await intake(world.prosecutor)];
  await refer(link, letters, chunk, area);
  expect(await standing(link, letters, chunk)).toEqual({ held: 1000, whole: true });
  // Released again: from the intake that it went to, into which it may write and which it does not read.
  await refer(link, second, chunk, letters);
  expect(await standing(link, second, chunk)).toEqual({ held: 1000, whole: true });
  // A colleague of another post, who may not look into the area that they name.
  const colleague = await world.police.officer();
  await world.publish();
  const other = await connect(world.relay.url, colleague);
  const theirs = await ownArea(other, colleague);
  await refer(other, theirs, chunk, area);
  expect(await standing(other, theirs, chunk)).toEqual({ held: 0, whole: false });
  await other.close();
});

test('a reader of one area carries a chunk into another by reference alone', async () => {
  const shared = newArea();
  await link.append(
    await world.officer.create(shared, [
      grant(world.officer.seat, world.officer.org),
      grant(world.prosecutor.seat, world.crown.org, 'reader'),
    ]),
  );
  const chunk = await send(some(1000), shared);
  const other = await connect(world.relay.url, world.prosecutor);
  const theirs = await ownArea(other, world.prosecutor);
  await refer(other, theirs, chunk, shared);
  expect((await other.get(theirs, chunk)).status).toBe(200);
  expect(await refer(other, shared, chunk)).toMatchObject({ cause: 'no right' }); // a reader refers nothing in
  await other.close();
});

test('an intake takes no more than its quota from one organisation', async () => {
  const member = await world.crown.officer();
  await world.publish();
  const letters = await intake(member);
  const [first, second] = [some(2 * MiB), some(2 * MiB)];
  for (const bytes of [first, second]) await refer(link, letters, chunkName(bytes));
  expect((await link.put(letters, first)).status).toBe(200);
  const over = await link.put(letters, second);
  expect([over.status, ((await over.json()) as { cause: string }).cause]).toEqual([413, 'quota']);
  // What was refused is not counted, and what is carried there is held to the same.
  expect((await link.put(letters, some(1000), 0, chunkName(second))).status).toBe(422);
  expect((await refer(link, area, chunkName(second))).t).toBe('done');
  expect((await link.put(area, second)).status).toBe(200);
  await refer(link, letters, chunkName(second), area);
  expect(await held(link, letters, chunkName(second))).toBe(0);
});

test('files have the name of their hash and nothing else of the sender’s', async () => {
  const bytes = some(1000);
  const chunk = await send(bytes);
  expect(new Uint8Array(readFileSync(path.join(world.relay.data, 'chunks', chunk.slice(0, 2), chunk)))).toEqual(bytes);
  expect(readdirSync(path.join(world.relay.data, 'partial')).filter((name) => name.startsWith(chunk))).toEqual([]);
});

test.each(['size=0&from=0', 'size=99999999&from=0', 'size=10', 'size=x&from=0', 'size=10&from=-1'])(
  'a PUT with %s is answered in a word',
  async (query) => {
    const chunk = tag();
    await refer(link, area, chunk);
    const answer = await fetch(`${world.relay.url}/v1/chunks/${chunk}?area=${area}&${query}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${link.welcome.token}` },
      body: new Uint8Array(3),
    });
    expect([200, 400]).toContain(answer.status); // from may be left out
    expect(await answer.json()).toBeTruthy();
  },
);

/** One small chunk as it stands in the body of a batch. */
function small(bytes: Uint8Array, chunk = chunkName(bytes)): Buffer {
  const head = Buffer.alloc(36);
  head.write(chunk, 'hex');
  head.writeUInt32BE(bytes.length, 32);
  return Buffer.concat([head, bytes]);
}
async function putBatch(from: TestLink, where: AreaId, body: Uint8Array) {
  const answer = await fetch(`${from.url}/v1/chunks?area=${where}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${from.welcome.token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(body),
  });
  const said = (await answer.json()) as { outcomes?: { status: number; held: number; whole: boolean }[] };
  return { status: answer.status, outcomes: said.outcomes?.map(({ status }) => status) };
}

test('several small chunks go in one request, each judged by itself', async () => {
  const [good, other, wrong, unknown] = [some(300), some(70_000), some(50), some(60)];
  for (const bytes of [good, other, wrong]) await refer(link, area, chunkName(bytes));
  const body = Buffer.concat([small(good), small(some(50), chunkName(wrong)), small(unknown), small(other)]);
  expect(await putBatch(link, area, body)).toEqual({ status: 200, outcomes: [200, 422, 403, 200] });
  for (const bytes of [good, other])
    expect(new Uint8Array(await (await link.get(area, chunkName(bytes))).arrayBuffer())).toEqual(bytes);
  expect((await link.get(area, chunkName(wrong))).status).toBe(404);
  expect(await putBatch(link, area, Buffer.concat([small(wrong), small(good)]))).toEqual({
    status: 200,
    outcomes: [200, 200],
  });
  // Of a request that was cut, what came whole is kept.
  const late = some(4000);
  await refer(link, area, chunkName(late));
  expect(await putBatch(link, area, Buffer.concat([small(late), small(good).subarray(0, 100)]))).toEqual({
    status: 200,
    outcomes: [200],
  });
});

test('small chunks in one request stay in their area, their quota and their limits', async () => {
  const bytes = some(1000);
  const elsewhere = await ownArea(link, world.officer);
  await refer(link, area, chunkName(bytes));
  expect(await putBatch(link, elsewhere, small(bytes))).toEqual({ status: 200, outcomes: [403] });
  expect((await putBatch(link, newArea(), small(bytes))).status).toBe(403);
  expect((await putBatch(link, area, small(some(513 * 1024)))).status).toBe(400);
  expect((await putBatch(link, area, new Uint8Array(4 * MiB + 1))).status).toBe(400);
  const post = await intake(world.prosecutor);
  const large = Array.from({ length: 8 }, () => some(450 * 1024)); // more than the 3 MiB of this relay's quota
  for (const one of large) await refer(link, post, chunkName(one));
  const answered = await putBatch(link, post, Buffer.concat(large.map((one) => small(one))));
  expect(answered).toEqual({ status: 200, outcomes: large.map(() => 413) });
  expect((await link.get(post, chunkName(large[0]!))).status).toBe(403);
});
