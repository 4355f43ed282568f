/**
 * The evidence process against the real relay, through a proxy that cuts: a file goes into an intake and comes out of it on
 * the other organisation's computer, while links, relay and rights come and go.
 */
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  openDesk,
  sealedIn,
  seeded,
  seededBytes,
  sha256,
  tempFolder,
  wanted,
  writeSource,
} from '../../electron/evidence/testing/desk.fixture.ts';
import type { Desk } from '../../electron/evidence/testing/desk.fixture.ts';
import { startProxy } from '../../electron/evidence/testing/proxy.fixture.ts';
import type { Proxy } from '../../electron/evidence/testing/proxy.fixture.ts';
import type { Content } from '../../shared/ipc/evidence.ts';
import type { AreaId, Hash } from '../../shared/primitives/ids.ts';
import { KiB, MiB } from '../../shared/primitives/units.ts';
import { connect } from '../../sync-server/relay/testing/link.fixture.ts';
import type { TestLink } from '../../sync-server/relay/testing/link.fixture.ts';
import type { Member, World } from '../../sync-server/relay/testing/world.fixture.ts';
import { intake, makeWorld } from '../../sync-server/relay/testing/world.fixture.ts';

const TAG = 'ab'.repeat(32) as Hash;
let world: World;
let folder: Awaited<ReturnType<typeof tempFolder>>;
let proxy: Proxy;
let officer: Desk;
let prosecutor: Desk;
let area: AreaId;
const links = new Map<Desk, TestLink>();

/** A new link of this member, whose token its evidence process then uses. */
async function link(desk: Desk, member: Member, maxRate = 0): Promise<TestLink> {
  const opened = await connect(world.relay.url, member);
  links.set(desk, opened);
  await desk.calls.configure({ relay: proxy.url, token: opened.welcome.token, maxRate, freeFloor: 0 });
  return opened;
}

beforeAll(async () => {
  world = await makeWorld();
  area = await intake(world.prosecutor);
});
afterAll(() => world.end());
beforeEach(async () => {
  folder = await tempFolder();
  proxy = await startProxy(world.relay.url);
  officer = await openDesk(path.join(folder.path, 'officer'));
  prosecutor = await openDesk(path.join(folder.path, 'prosecutor'));
});
afterEach(async () => {
  await Promise.all([officer.stop(), prosecutor.stop()]);
  for (const opened of links.values()) await opened.close();
  links.clear();
  await proxy.close();
  await folder[Symbol.asyncDispose]();
});

const total = (content: Content): number => content.chunks.reduce((sum, chunk) => sum + chunk.size, 0);
const bytesOf = (size: number): Buffer => seededBytes(size, size);
const sealOne = async (size: number): Promise<Content> =>
  sealedIn(await officer.import(await writeSource(folder.path, `${size}.bin`, bytesOf(size))))[0]!.content;
const refer = async (content: Content): Promise<void> => {
  const answer = await links
    .get(officer)!
    .ask('refer', { area, tag: TAG, chunks: content.chunks.map((chunk) => chunk.hash), from: null });
  expect(answer.t).toBe('done');
};
const send = (content: Content): Promise<void> => officer.calls.want({ up: [wanted(content, { area })], down: [] });
const fetchIt = (content: Content): Promise<void> =>
  prosecutor.calls.want({ up: [], down: [wanted(content, { area })] });
const isWhole = (desk: Desk, content: Content) => (): boolean => desk.newest(content)?.state === 'whole';

async function expectExport(content: Content, bytes: Buffer): Promise<void> {
  await prosecutor.evidence.host.offer('out', path.join(folder.path, 'out.bin'), 'write');
  expect(await prosecutor.calls.exportFile(content, 'out')).toEqual({ ok: true, value: sha256(bytes) });
}

describe('evidence through the real relay', () => {
  it.each([0, 5 * MiB + 1])('%i bytes arrive as they were sent', async (size) => {
    await link(officer, world.officer);
    await link(prosecutor, world.prosecutor);
    const content = await sealOne(size);
    await refer(content);
    await send(content);
    await officer.until(isWhole(officer, content));
    await fetchIt(content);
    await prosecutor.until(isWhole(prosecutor, content));
    await expectExport(content, bytesOf(size));
  });

  it.each([1, 2])(
    'arrive through a link that is cut at random, both ways, and little goes twice (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      await link(officer, world.officer);
      await link(prosecutor, world.prosecutor);
      const content = await sealOne(12 * MiB + seed);
      await refer(content);
      proxy.cutAfter = () => Math.floor(200 * KiB + random() * 3 * MiB);
      await fetchIt(content); // waits for its sender meanwhile
      await send(content);
      await officer.until(isWhole(officer, content));
      await prosecutor.until(isWhole(prosecutor, content));
      expect(proxy.cuts).toBeGreaterThan(4);
      const inFlight = proxy.cuts * 4 * content.chunkSize;
      expect(proxy.up).toBeLessThan(total(content) + inFlight);
      expect(proxy.down).toBeLessThan(total(content) + inFlight);
      await expectExport(content, bytesOf(12 * MiB + seed));
    },
  );

  it('wait for the reference, and go on by themselves when it is made', async () => {
    await link(officer, world.officer);
    const content = await sealOne(2 * MiB);
    await send(content);
    await officer.until(() => officer.newest(content)?.cause === 'refused');
    expect(officer.newest(content)?.state).toBe('retrying');
    await refer(content);
    await officer.until(isWhole(officer, content));
  });

  it('go on where they were after the relay was killed in the middle', async () => {
    await link(officer, world.officer, 6 * MiB);
    const content = await sealOne(8 * MiB);
    await refer(content);
    await send(content);
    await officer.until(() => (officer.newest(content)?.done ?? 0) > 3 * MiB);
    await world.restart('kill');
    await officer.until(() => officer.newest(content)?.state === 'retrying');
    await proxy.close();
    proxy = await startProxy(world.relay.url);
    await link(officer, world.officer);
    await officer.until(isWhole(officer, content));
    expect(proxy.up).toBeLessThan(total(content) - 2 * MiB);
    await link(prosecutor, world.prosecutor);
    await fetchIt(content);
    await prosecutor.until(isWhole(prosecutor, content));
  });

  it('stop with the link whose token they used, and resume with the next', async () => {
    const first = await link(officer, world.officer, 4 * MiB);
    const content = await sealOne(6 * MiB);
    await refer(content);
    await send(content);
    await officer.until(() => (officer.newest(content)?.done ?? 0) > MiB);
    await first.close();
    await officer.until(() => officer.newest(content)?.state === 'retrying');
    await link(officer, world.officer);
    await officer.until(isWhole(officer, content));
  });
});
