/** Links that are cut, stall or refuse, and answers that are lost: everything arrives, nothing twice, and what is told is so. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { KiB, MiB } from '../../../shared/primitives/units.ts';
import { SLOTS } from './choose.ts';
import { PACE } from './pace.ts';
import { openDesk, sealedIn, seeded, seededBytes, tempFolder, wanted, writeSource } from '../testing/desk.fixture.ts';
import type { Desk } from '../testing/desk.fixture.ts';
import { startProxy } from '../testing/proxy.fixture.ts';
import type { Proxy } from '../testing/proxy.fixture.ts';
import { serveRelay } from '../testing/relay.fixture.ts';
import type { ServedRelay } from '../testing/relay.fixture.ts';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let relay: ServedRelay;
let proxy: Proxy;
let desk: Desk;
let other: Desk;

beforeEach(async () => {
  folder = await tempFolder();
  relay = await serveRelay();
  proxy = await startProxy(relay.url);
  desk = await openDesk(path.join(folder.path, 'one'));
  other = await openDesk(path.join(folder.path, 'other'));
  for (const each of [desk, other])
    await each.calls.configure({ relay: proxy.url, token: relay.token, maxRate: 0, freeFloor: 0 });
});
afterEach(async () => {
  await desk.stop();
  await other.stop();
  await proxy.close();
  await relay.close();
  await folder[Symbol.asyncDispose]();
});

const total = (content: Content): number => content.chunks.reduce((sum, chunk) => sum + chunk.size, 0);
const sealOne = async (size: number, seed: number, name = 'exhibit.bin'): Promise<Content> =>
  sealedIn(await desk.import(await writeSource(folder.path, name, seededBytes(size, seed))))[0]!.content;

/** A chunk as it lies on the first disk. */
const sealed = (hash: Hash): Promise<Buffer> =>
  readFile(path.join(folder.path, 'one', 'chunks', hash.slice(0, 2), hash));

/** Requests, answers and their headers; a cut one is asked again. */
const overhead = (cuts: number, content: Content): number =>
  (cuts * 8 + content.chunks.length + 8) * 600 + (cuts + 2) * content.chunks.length * 70;

describe('a link that is cut at random', () => {
  it.each([1, 2, 3, 4])('still brings everything to the relay, and nothing twice (seed %i)', async (seed) => {
    const random = seeded(seed);
    const content = await sealOne(9 * MiB + 333, seed);
    proxy.cutAfter = () => Math.floor(100 * KiB + random() * 2 * MiB);
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.state === 'whole');
    expect(proxy.cuts).toBeGreaterThan(3);
    expect(content.chunks.every((chunk) => relay.chunks.get(chunk.hash)?.length === chunk.size)).toBe(true);
    // What was in the connections' buffers at the cut is all that can be sent again.
    expect(proxy.up).toBeLessThan(total(content) + overhead(proxy.cuts, content) + proxy.cuts * 64 * KiB);
  });

  it.each([1, 2, 3, 4])(
    'still brings everything from the relay, and nothing twice but what the cut threw away (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const content = await sealOne(9 * MiB + 333, seed);
      await desk.calls.want({ up: [wanted(content)], down: [] });
      await desk.until(() => desk.newest(content)?.state === 'whole');
      proxy.down = 0;
      proxy.cutAfter = () => Math.floor(100 * KiB + random() * 2 * MiB);
      await other.calls.want({ up: [], down: [wanted(content)] });
      await other.until(() => other.newest(content)?.state === 'whole');
      expect(proxy.cuts).toBeGreaterThan(3);
      // A reset throws away what the machine received and the process had not read: of the chunks then in flight, at most.
      expect(proxy.down).toBeLessThan(
        total(content) + overhead(proxy.cuts, content) + proxy.cuts * SLOTS * content.chunkSize,
      );
    },
  );

  it('finishes a chunk that never fits between two cuts', async () => {
    const content = await sealOne(900 * KiB, 7);
    proxy.cutAfter = () => 200 * KiB;
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.state === 'whole');
    await other.calls.want({ up: [], down: [wanted(content)] });
    await other.until(() => other.newest(content)?.state === 'whole');
    expect(proxy.cuts).toBeGreaterThanOrEqual(8);
  });

  it('never counts backwards on the way down', async () => {
    const random = seeded(11);
    const content = await sealOne(6 * MiB, 11);
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.state === 'whole');
    proxy.cutAfter = () => Math.floor(50 * KiB + random() * MiB);
    await other.calls.want({ up: [], down: [wanted(content)] });
    await other.until(() => other.newest(content)?.state === 'whole');
    const done = other.transfers.filter((news) => news.version === content.version).map((news) => news.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.at(-1)).toBe(total(content));
  });
});

describe('a link in trouble', () => {
  it('that stalls is given up and tried again', async () => {
    const content = await sealOne(2 * MiB, 3);
    proxy.hold = true;
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.state === 'retrying');
    expect(desk.newest(content)?.cause).toBe('relay unreachable');
    proxy.hold = false;
    proxy.cutNow();
    await desk.until(() => desk.newest(content)?.state === 'whole');
  });

  it('that takes nothing any more has no rate, long before it is given up', async () => {
    const slow = await openDesk(path.join(folder.path, 'one'), { ...PACE, news: 20, confirm: 50 });
    const content = sealedIn(await slow.import(await writeSource(folder.path, 'long.bin', seededBytes(8 * MiB, 3))))[0]!
      .content;
    await slow.calls.configure({ relay: proxy.url, token: relay.token, maxRate: 4 * MiB, freeFloor: 0 });
    await slow.calls.want({ up: [wanted(content)], down: [] });
    await slow.until(() => (slow.newest(content)?.rate ?? 0) > 0 && slow.newest(content)?.state === 'moving');
    proxy.hold = true;
    // Between two chunks it has no rate either; what is held is on its way.
    await slow.until(() => slow.newest(content)?.rate === 0 && slow.newest(content)?.state === 'moving');
    expect(slow.newest(content)?.cause).toBe(null);
    proxy.hold = false;
    proxy.cutNow();
    await slow.stop();
  });

  it('that refuses connections is said, with the time of the next try', async () => {
    const content = await sealOne(10, 4);
    proxy.refuse = true;
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => (desk.newest(content)?.nextAt ?? 0) > 0);
    expect(desk.newest(content)).toMatchObject({ state: 'retrying', cause: 'relay unreachable', done: 0 });
    proxy.refuse = false;
    await desk.until(() => desk.newest(content)?.state === 'whole');
  });

  it('that has no network is told apart', async () => {
    const content = await sealOne(10, 5);
    await desk.calls.configure({ relay: 'http://nowhere.invalid', token: 't', maxRate: 0, freeFloor: 0 });
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.state === 'retrying');
    expect(desk.newest(content)?.cause).toBe('no network');
  });

  it('is waited for without a token, and goes on at once with a new one', async () => {
    const content = await sealOne(3 * MiB, 6);
    await desk.calls.configure({ relay: proxy.url, token: null, maxRate: 0, freeFloor: 0 });
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.cause === 'no link');
    expect(desk.newest(content)?.state).toBe('queued');
    expect(relay.asked).toEqual([]);
    await desk.calls.configure({ relay: proxy.url, token: 'an old one', maxRate: 0, freeFloor: 0 });
    await desk.until(() => desk.newest(content)?.cause === 'refused');
    await desk.calls.configure({ relay: proxy.url, token: relay.token, maxRate: 0, freeFloor: 0 });
    await desk.until(() => desk.newest(content)?.state === 'whole');
  });
});

describe('an answer that is lost', () => {
  it('after the last byte leaves no chunk half taken: it is finished by an empty PUT', async () => {
    const content = await sealOne(2 * MiB, 8);
    for (const { hash, size } of content.chunks) relay.parts.set(hash, (await sealed(hash)).subarray(0, size));
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.state === 'whole');
    expect([relay.parts.size, relay.chunks.size, relay.bodyBytes]).toEqual([0, content.chunks.length, 0]);
  });

  it('about a chunk that is whole at the relay costs no request more than the question', async () => {
    const content = await sealOne(2 * MiB, 9);
    for (const { hash } of content.chunks) relay.chunks.set(hash, await sealed(hash));
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.state === 'whole');
    expect(relay.asked.filter((asked) => asked.startsWith('PUT'))).toEqual([]);
  });

  it('is made good by the refusal of what another connection had brought meanwhile', async () => {
    const content = await sealOne(100, 10);
    const [{ hash }] = content.chunks as [Content['chunks'][number]];
    const bytes = await sealed(hash);
    relay.behave.status = (method) => {
      if (method === 'PUT') relay.chunks.set(hash, bytes);
      return null;
    };
    await desk.calls.want({ up: [wanted(content)], down: [] });
    await desk.until(() => desk.newest(content)?.state === 'whole');
    expect(relay.asked.filter((asked) => asked.startsWith('PUT'))).toHaveLength(1);
  });
});
