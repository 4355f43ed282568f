/** Chunks over HTTP: sent alone and several at once, whole and in ranges, spoiled on the disk, and under their hash alone. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { newArea } from '../testing/device.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect, is } from '../testing/link.fixture.ts';
import { intake, ownArea } from '../testing/world.fixture.ts';
import { held, refer, send, some, someHash, standing, withOwnArea } from './area.fixture.ts';
import { readRange } from './get.ts';

const at = withOwnArea('--quota', '3MiB');

test('a chunk goes up, is held whole, and comes down as it was, whole and in ranges', async () => {
  const bytes = some(MiB);
  const chunk = await send(at.link, at.area, bytes);
  expect(await held(at.link, at.area, chunk)).toBe(MiB);
  const whole = await at.link.get(at.area, chunk);
  expect([whole.status, new Uint8Array(await whole.arrayBuffer())]).toEqual([200, bytes]);
  const middle = await at.link.get(at.area, chunk, 'bytes=1000-1999');
  expect([middle.status, middle.headers.get('content-range')]).toEqual([206, `bytes 1000-1999/${MiB}`]);
  expect(new Uint8Array(await middle.arrayBuffer())).toEqual(bytes.slice(1000, 2000));
  expect((await at.link.get(at.area, chunk, `bytes=${MiB}-`)).status).toBe(416);
});

test('a chunk that this disk spoiled is given once at most to a device, counts as not here then, and comes again', async () => {
  const bytes = some(MiB);
  const chunk = await send(at.link, at.area, bytes);
  const file = path.join(at.world.relay.data, 'chunks', chunk.slice(0, 2), chunk);
  writeFileSync(
    file,
    bytes.map((byte, i) => (i === 1234 ? byte ^ 1 : byte)),
  );
  const first = await at.link.get(at.area, chunk);
  expect(new Uint8Array(await first.arrayBuffer())).not.toEqual(bytes);
  expect((await at.link.get(at.area, chunk)).status).toBe(404);
  // Who sent it is told at once; and whoever of them links later, until it is here again.
  const lacks = is('lacks');
  expect(await at.link.next(lacks)).toMatchObject({ area: at.area, chunks: [chunk] });
  const later = await connect(at.world.relay.url, at.world.officer);
  expect(await later.next(lacks)).toMatchObject({ area: at.area, chunks: [chunk] });
  await later.close();
  expect(await standing(at.link, at.area, chunk)).toEqual({ held: 0, whole: false });
  expect((await at.link.put(at.area, bytes)).status).toBe(200);
  for (const _ of [1, 2, 3])
    expect(new Uint8Array(await (await at.link.get(at.area, chunk)).arrayBuffer())).toEqual(bytes);
  expect(at.world.relay.log()).toContain('was spoiled on this disk');
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
  const before = new Set(readdirSync(at.world.relay.data, { recursive: true, encoding: 'utf8' }));
  const headers = { authorization: `Bearer ${at.link.welcome.token}`, 'content-type': 'application/octet-stream' };
  const url = `${at.world.relay.url}/v1/chunks/${address}?area=${at.area}&size=4&from=0`;
  expect([400, 404]).toContain((await fetch(url, { headers })).status);
  expect([400, 404]).toContain((await fetch(url, { method: 'PUT', headers, body: 'evil' })).status);
  expect(new Set(readdirSync(at.world.relay.data, { recursive: true, encoding: 'utf8' }))).toEqual(before);
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
test('files have the name of their hash and nothing else of the sender’s', async () => {
  const bytes = some(1000);
  const chunk = await send(at.link, at.area, bytes);
  expect(new Uint8Array(readFileSync(path.join(at.world.relay.data, 'chunks', chunk.slice(0, 2), chunk)))).toEqual(
    bytes,
  );
  expect(readdirSync(path.join(at.world.relay.data, 'partial')).filter((name) => name.startsWith(chunk))).toEqual([]);
});

test.each(['size=0&from=0', 'size=99999999&from=0', 'size=10', 'size=x&from=0', 'size=10&from=-1'])(
  'a PUT with %s is answered in a word',
  async (query) => {
    const chunk = someHash();
    await refer(at.link, at.area, chunk);
    const answer = await fetch(`${at.world.relay.url}/v1/chunks/${chunk}?area=${at.area}&${query}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${at.link.welcome.token}` },
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
  for (const bytes of [good, other, wrong]) await refer(at.link, at.area, chunkName(bytes));
  const body = Buffer.concat([small(good), small(some(50), chunkName(wrong)), small(unknown), small(other)]);
  expect(await putBatch(at.link, at.area, body)).toEqual({ status: 200, outcomes: [200, 422, 403, 200] });
  for (const bytes of [good, other])
    expect(new Uint8Array(await (await at.link.get(at.area, chunkName(bytes))).arrayBuffer())).toEqual(bytes);
  expect((await at.link.get(at.area, chunkName(wrong))).status).toBe(404);
  expect(await putBatch(at.link, at.area, Buffer.concat([small(wrong), small(good)]))).toEqual({
    status: 200,
    outcomes: [200, 200],
  });
  // Of a request that was cut, what came whole is kept.
  const late = some(4000);
  await refer(at.link, at.area, chunkName(late));
  expect(await putBatch(at.link, at.area, Buffer.concat([small(late), small(good).subarray(0, 100)]))).toEqual({
    status: 200,
    outcomes: [200],
  });
});

test('small chunks in one request stay in their area, their quota and their limits', async () => {
  const bytes = some(1000);
  const elsewhere = await ownArea(at.link, at.world.officer);
  await refer(at.link, at.area, chunkName(bytes));
  expect(await putBatch(at.link, elsewhere, small(bytes))).toEqual({ status: 200, outcomes: [403] });
  expect((await putBatch(at.link, newArea(), small(bytes))).status).toBe(403);
  expect((await putBatch(at.link, at.area, small(some(513 * 1024)))).status).toBe(400);
  expect((await putBatch(at.link, at.area, new Uint8Array(4 * MiB + 1))).status).toBe(400);
  const post = await intake(at.world.prosecutor);
  const large = Array.from({ length: 8 }, () => some(450 * 1024)); // more than the 3 MiB of this relay's quota
  for (const one of large) await refer(at.link, post, chunkName(one));
  const answered = await putBatch(at.link, post, Buffer.concat(large.map((one) => small(one))));
  expect(answered).toEqual({ status: 200, outcomes: large.map(() => 413) });
  expect((await at.link.get(post, chunkName(large[0]!))).status).toBe(403);
});
