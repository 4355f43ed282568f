/**
 * An officer's link to a relay of its own, in an area that only the officer's post may read: where tests of chunks begin.
 * Beside it, how chunks are referred, sent and looked for there.
 */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, expect } from 'vitest';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { heldAnswer } from '../../../shared/wire/http.ts';
import { grant, newArea } from '../testing/device.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld, ownArea } from '../testing/world.fixture.ts';

export const some = (size: number): Uint8Array => new Uint8Array(randomBytes(size));
export const someHash = (): Hash => randomBytes(32).toString('hex') as Hash;

export interface OwnArea {
  world: World;
  link: TestLink;
  area: AreaId;
}

/** For all tests of a file: the relay starts with these options before the first, and ends after the last. */
export function withOwnArea(...options: string[]): OwnArea {
  const at = {} as OwnArea;
  beforeAll(async () => {
    at.world = await makeWorld(...options);
    at.link = await connect(at.world.relay.url, at.world.officer);
    at.area = await ownArea(at.link, at.world.officer);
  });
  afterAll(async () => {
    await at.link.close();
    await at.world.end();
  });
  return at;
}

/** A new area that the officer writes in and the prosecutor may read. */
export async function sharedArea({ world: { officer, prosecutor }, link }: OwnArea): Promise<AreaId> {
  const area = newArea();
  const readers = [grant(officer.seat, officer.org), grant(prosecutor.seat, prosecutor.org, 'reader')];
  expect((await link.append(await officer.create(area, readers))).t).toBe('appended');
  return area;
}

export const refer = (from: TestLink, where: AreaId, chunk: Hash, fromArea: AreaId | null = null, tag = someHash()) =>
  from.ask('refer', { area: where, tag, chunks: [chunk], from: fromArea });

/** Refers to these bytes in an area, and sends them. */
export async function send(from: TestLink, where: AreaId, bytes: Uint8Array): Promise<Hash> {
  const chunk = chunkName(bytes);
  await refer(from, where, chunk);
  expect((await from.put(where, bytes)).status).toBe(200);
  return chunk;
}

/** How the relay says that a chunk stands in an area. */
export async function standing(from: TestLink, where: AreaId, chunk: Hash): Promise<{ held: unknown; whole: unknown }> {
  const { held: bytes, whole } = heldAnswer.parse(await (await from.held(where, chunk)).json());
  return { held: bytes[0], whole: whole[0] };
}

export const held = async (from: TestLink, where: AreaId, chunk: Hash): Promise<unknown> =>
  (await standing(from, where, chunk)).held;

/** Sends the first `count` bytes of an upload and breaks the connection once the relay holds some of them. */
export async function cutUpload(
  { world, link, area }: OwnArea,
  bytes: Uint8Array,
  from: number,
  count: number,
  chunk: Hash,
): Promise<void> {
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
