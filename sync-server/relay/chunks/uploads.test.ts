/** Uploads that are cut, doubled or wrong: each goes on where it stopped or begins anew, and none is called whole before its time. */
import { writeFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MiB } from '../../../shared/primitives/units.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import { cutUpload, held, refer, sharedArea, some, standing, withOwnArea } from './area.fixture.ts';

const at = withOwnArea('--quota', '3MiB');

test('an upload that is cut goes on where it stopped, also after the relay was killed', async () => {
  const bytes = some(3 * MiB);
  const chunk = chunkName(bytes);
  await refer(at.link, at.area, chunk);
  await cutUpload(at, bytes, 0, MiB, chunk);
  expect(await (await at.link.put(at.area, bytes, 0)).json()).toMatchObject({ held: MiB });
  expect((await at.link.put(at.area, bytes, 5)).status).toBe(409);
  await cutUpload(at, bytes, MiB, MiB, chunk);
  await at.world.restart('kill');
  at.link = await connect(at.world.relay.url, at.world.officer);
  expect(await held(at.link, at.area, chunk)).toBe(2 * MiB);
  expect(await standing(at.link, at.area, chunk)).toEqual({ held: 2 * MiB, whole: false });
  expect(await (await at.link.put(at.area, bytes, 2 * MiB)).json()).toEqual({ held: 3 * MiB, whole: true });
  expect(await standing(at.link, at.area, chunk)).toEqual({ held: 3 * MiB, whole: true });
  expect(new Uint8Array(await (await at.link.get(at.area, chunk)).arrayBuffer())).toEqual(bytes);
});

test('all bytes of an upload that was cut before they were hashed are not called whole, and an empty PUT finishes it', async () => {
  const bytes = some(1000);
  const chunk = chunkName(bytes);
  const shared = await sharedArea(at);
  await refer(at.link, shared, chunk);
  writeFileSync(path.join(at.world.relay.data, 'partial', `${chunk}.${at.world.officer.org}.${shared}`), bytes);
  const reader = await connect(at.world.relay.url, at.world.prosecutor);
  for (const from of [at.link, reader])
    expect(await standing(from, shared, chunk)).toEqual({ held: bytes.length, whole: false });
  const early = await at.link.put(shared, bytes, 10);
  expect([early.status, await early.json()]).toEqual([
    409,
    { held: bytes.length, whole: false, cause: 'wrong offset' },
  ]);
  expect((await reader.get(shared, chunk)).status).toBe(404);
  expect(await (await at.link.put(shared, bytes, bytes.length)).json()).toEqual({ held: bytes.length, whole: true });
  const late = await at.link.put(shared, bytes, 0);
  expect([late.status, await late.json()]).toEqual([409, { held: bytes.length, whole: true, cause: 'wrong offset' }]);
  expect(await standing(reader, shared, chunk)).toEqual({ held: bytes.length, whole: true });
  expect((await reader.get(shared, chunk)).status).toBe(200);
  await reader.close();
});

test('a second upload takes over from one whose connection died without a word', async () => {
  const bytes = some(2 * MiB);
  const chunk = chunkName(bytes);
  await refer(at.link, at.area, chunk);
  const { hostname, port } = new URL(at.world.relay.url);
  const stuck = request({
    hostname,
    port,
    method: 'PUT',
    path: `/v1/chunks/${chunk}?area=${at.area}&size=${bytes.length}&from=0`,
    headers: { authorization: `Bearer ${at.link.welcome.token}`, 'content-length': bytes.length },
  });
  stuck.on('error', () => {});
  stuck.write(bytes.slice(0, 1000));
  await expect.poll(() => held(at.link, at.area, chunk), { interval: 10, timeout: 10_000 }).toBe(1000);
  expect((await at.link.put(at.area, bytes, 1000)).status).toBe(200);
  expect(await held(at.link, at.area, chunk)).toBe(bytes.length);
  stuck.destroy();
});

test('bytes of another hash are discarded, and the upload begins anew', async () => {
  const bytes = some(1000);
  const chunk = chunkName(bytes);
  await refer(at.link, at.area, chunk);
  const wrong = await at.link.put(at.area, some(1000), 0, chunk);
  expect([wrong.status, await wrong.json()]).toEqual([422, { held: 0, whole: false, cause: 'hash differs' }]);
  expect((await at.link.get(at.area, chunk)).status).toBe(404);
  expect((await at.link.put(at.area, bytes)).status).toBe(200);
});
