/**
 * A machine in trouble: a disk that may only be read, no file handles left, a clock that jumps. The relay says what is
 * wrong, goes on with what it can, loses nothing that it acknowledged, and recovers by itself.
 */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';
import { expect, test } from 'vitest';
import { DAY } from '../../../shared/primitives/units.ts';
import { runHere } from '../testing/commandLine.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { connect } from '../testing/link.fixture.ts';
import { makeFolder, runRelay, startRelay } from '../testing/process.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld, makeWorldIn, ownArea } from '../testing/world.fixture.ts';

const LONG = { timeout: 20_000 };
const isRoot = process.getuid?.() === 0 && process.platform === 'linux';
const run = (...[program, ...args]: [string, ...string[]]): void => void execFileSync(program, args, { stdio: 'pipe' });

async function taken(
  link: TestLink,
  world: World,
  area: Parameters<TestLink['pull']>[0],
  text: string,
): Promise<string> {
  const said = await link.append(await world.officer.edit(area, text));
  return said.t === 'declined' ? said.cause : said.t;
}
const ready = async (world: World): Promise<{ status: number; store: string }> => {
  const said = await fetch(`${world.relay.url}/readyz`);
  const { checks } = (await said.json()) as { checks?: { store: string } };
  return { status: said.status, store: checks?.store ?? '' };
};

test.skipIf(!isRoot)(
  'a disk that may only be read is named by relay and commands, and served again once it may be written',
  async (context) => {
    const at = path.join(tmpdir(), `joinder-read-only-${process.pid}`);
    mkdirSync(at);
    try {
      run('mount', '-t', 'tmpfs', '-o', 'size=64m', 'joinder', at);
    } catch {
      rmSync(at, { recursive: true });
      return context.skip('this machine lets nobody mount');
    }
    const data = path.join(at, 'relay');
    const elsewhere = makeFolder();
    try {
      await runHere('init', '--data', data);
      await runHere('init', '--data', elsewhere);
      let relay = await startRelay(data);
      const asked = async (): Promise<string> => (await fetch(`${relay.url}/v1/relay`)).text();
      const before = JSON.parse(await asked()) as { relayKey: string };
      await relay.stop();
      run('mount', '-o', 'remount,ro', at);
      const words = /The data folder cannot be used \([A-Z_]+\)\. Check that it may be read and written/;
      const said = await runRelay('serve', '--data', data, '--port', '0');
      expect([said.code, said.out]).toEqual([1, '']);
      expect(said.err).toMatch(words);
      expect(said.err).not.toContain(data); // no path in what may end up in a log
      expect((await runHere('status', '--data', data)).err).toMatch(words);
      run('mount', '-o', 'remount,rw', at);
      relay = await startRelay(data);
      expect(JSON.parse(await asked())).toMatchObject({ relayKey: before.relayKey });
      await relay.stop();
      // A folder of copies that is full is told from the relay's own, and a new folder there from one that is served.
      const { bavail, bsize } = statfsSync(at);
      writeFileSync(path.join(at, 'something else'), Buffer.alloc(bavail * bsize));
      const copied = await runHere('backup', 'create', '--to', path.join(at, 'copies'), '--data', elsewhere);
      expect([copied.code, copied.err]).toEqual([1, expect.stringMatching(/^No copy was made \([A-Z_]+\)/)]);
      expect((await runHere('init', '--data', path.join(at, 'new'))).err).toMatch(words);
    } finally {
      run('umount', '-l', at);
      rmSync(at, { recursive: true });
      rmSync(elsewhere, { recursive: true });
    }
  },
  60_000,
);

/** A file system of its own that goes read-only at its first error, as ext4 does when its disk fails; null: not on this machine. */
function makeFailing(at: string): { mount(): void; fail(): void; unmount(): void } | null {
  const image = `${at}.img`;
  const device = (): string =>
    readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .find((line) => line.split(' ')[1] === at)
      ?.split(' ')[0] ?? '';
  const mount = (): void => run('mount', '-o', 'loop,errors=remount-ro', image, at);
  try {
    run('truncate', '-s', '64M', image);
    run('mkfs.ext4', '-q', image);
    mount();
    const trigger = (): string => `/sys/fs/ext4/${path.basename(device())}/trigger_fs_error`;
    accessSync(trigger(), constants.W_OK);
    return { mount, fail: () => writeFileSync(trigger(), '1'), unmount: () => run('umount', at) };
  } catch {
    return null;
  }
}

test.skipIf(!isRoot)(
  'a disk that goes read-only under a running relay: nothing new is acknowledged, what is there is read, and all is there after',
  async (context) => {
    const at = path.join(tmpdir(), `joinder-failing-${process.pid}`);
    mkdirSync(at);
    const disk = makeFailing(at);
    try {
      if (disk === null) return context.skip('this machine has no file system that can be made to fail');
      const world = await makeWorldIn(path.join(at, 'relay'));
      const link = await connect(world.relay.url, world.officer);
      const area = await ownArea(link, world.officer);
      expect(await taken(link, world, area, 'while it may be written')).toBe('appended');
      const before = await link.pull(area);
      disk.fail();
      const unsure = await world.officer.edit(area, 'while it may not');
      for (let i = 0; i < 3; i++)
        expect(await link.append(unsure)).toMatchObject({ t: 'declined', cause: 'storage full' });
      expect(await link.pull(area)).toMatchObject({ t: 'log', items: before.t === 'log' ? before.items : null });
      await expect.poll(() => ready(world), LONG).toEqual({ status: 503, store: 'nothing can be written' });
      expect(world.relay.log()).toContain('storage is full or failing');
      expect(world.relay.log()).not.toContain(at);
      const said = await runHere('doctor', '--data', world.relay.data);
      expect([said.code, said.out + said.err]).toEqual([expect.any(Number), expect.not.stringContaining('at file:')]);
      expect(said.code).not.toBe(0);
      await world.relay.kill();
      disk.unmount();
      disk.mount();
      world.relay = await startRelay(world.relay.data);
      const again = await connect(world.relay.url, world.officer);
      const after = await again.pull(area);
      expect(after.t === 'log' ? after.items : []).toEqual(before.t === 'log' ? before.items : null);
      expect(await again.append(unsure)).toMatchObject({ t: 'appended' });
      await again.close();
      await world.relay.stop();
      expect((await runHere('audit', 'verify', '--data', world.relay.data)).code).toBe(0);
    } finally {
      if (disk !== null) run('umount', '-l', at);
      rmSync(at, { recursive: true });
      rmSync(`${at}.img`, { force: true });
    }
  },
  90_000,
);

test.skipIf(!isRoot)(
  'no file handles left: links that are open go on, and new ones come in once there are some again',
  async () => {
    const world = await makeWorld();
    const link = await connect(world.relay.url, world.officer);
    const area = await ownArea(link, world.officer);
    run('prlimit', `--pid=${world.relay.pid}`, '--nofile=64:');
    const many = Array.from({ length: 120 }, () => {
      const socket = new WebSocket(`${world.relay.url.replace('http', 'ws')}/v1/link`);
      socket.on('error', () => undefined);
      return socket;
    });
    try {
      expect(await taken(link, world, area, 'while there are none')).toBe('appended');
      expect(await link.pull(area)).toMatchObject({ t: 'log' });
    } finally {
      for (const socket of many) socket.terminate();
    }
    const open = async (): Promise<string> => {
      const other = await connect(world.relay.url, world.prosecutor);
      await other.close();
      return 'open';
    };
    await expect.poll(() => open().catch(() => 'refused'), LONG).toBe('open');
    expect(await taken(link, world, area, 'and after')).toBe('appended');
    await link.close();
    await world.end();
  },
  60_000,
);

test('a folder where no relay was, as when its disk is not mounted: the new one says that it is new, a known one does not', async () => {
  const data = makeFolder();
  const isNew = 'no relay was in this folder';
  let relay = await startRelay(data);
  expect(relay.log()).toContain(isNew);
  await relay.stop();
  relay = await startRelay(data);
  expect(relay.log()).not.toContain(isNew);
  await relay.stop();
  rmSync(data, { recursive: true });
}, 60_000);

test('a clock that jumps forth and back by a year: the order stays, times in it never go back, its word stays good', async () => {
  const folder = makeFolder();
  const clock = path.join(folder, 'clock');
  writeFileSync(clock, '0');
  process.env['JOINDER_TEST_CLOCK'] = clock;
  const world = await makeWorld();
  delete process.env['JOINDER_TEST_CLOCK'];
  try {
    const link = await connect(world.relay.url, world.officer);
    const area = await ownArea(link, world.officer);
    for (const days of [0, 365, -365, 0]) {
      writeFileSync(clock, String(days * DAY));
      expect(await taken(link, world, area, `${days} days`)).toBe('appended');
      expect(await link.ask('ping', {})).toMatchObject({ t: 'pong' });
    }
    const said = await link.pull(area);
    const times = said.t === 'log' ? said.items.map((item) => item.time) : [];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((await ready(world)).status).toBe(200);
    const again = await connect(world.relay.url, world.officer);
    await Promise.all([link.close(), again.close()]);
    expect((await runHere('audit', 'verify', '--data', world.relay.data)).code).toBe(0);
  } finally {
    await world.end();
    rmSync(folder, { recursive: true });
  }
}, 60_000);
