/**
 * The relay as a process: its commands and their words, its end, its death, and a disk that is full.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Hash } from '../shared/primitives/ids.ts';
import { importVerifyKey } from '../shared/primitives/platform.ts';
import { encodeCard } from '../shared/seal/directory/card.ts';
import { readGeneration } from '../shared/seal/area/generation.ts';
import { nodePlatform } from './common/node.ts';
import { chunkStore } from './relay/store/chunks.ts';
import { openDatabase } from './relay/store/schema.ts';
import { connect, is } from './relay/testing/link.fixture.ts';
import { makeOrg } from './relay/testing/organisation.fixture.ts';
import { dropFolder, makeFolder, runRelay, startRelay } from './relay/testing/process.fixture.ts';
import type { World } from './relay/testing/world.fixture.ts';
import { makeWorld, ownArea } from './relay/testing/world.fixture.ts';

const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
async function world(...options: string[]): Promise<World> {
  const made = await makeWorld(...options);
  ends.push(() => made.end());
  return made;
}
function folder(): string {
  const made = makeFolder();
  ends.push(() => dropFolder(made));
  return made;
}

test.each([
  [['serve', '--data', 'x', '--prot', '1'], 'unknown option'],
  [['serve'], 'Which data folder?'],
  [['serve', '--data', 'x', '--port', 'many'], 'A port is a number'],
  [['serve', '--data', 'x', '--quota', 'lots'], 'A size is a number'],
  [['serve', '--data', 'x', '--log-level', 'loud'], 'one of silent'],
  [['sing'], 'unknown command'],
  [['status', '--data', 'x', 'extra'], 'too many arguments'],
])('relay %s ends with a sentence and exit code 2', async (args, words) => {
  const { code, err, out } = await runRelay(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(words);
});

test('org add, org list and status, on a folder with and without a running relay', async () => {
  const data = folder();
  const org = await makeOrg('North Force');
  const printed = path.join(data, 'north.card'); // as `authority card` prints it
  writeFileSync(printed, `Card: ${encodeCard(org.card)}\nFingerprint, to be read out to partners: …\n`);
  const add = await runRelay('org', 'add', '--authority', printed, '--data', data, '--json');
  expect(JSON.parse(add.out)).toMatchObject({ org: org.org, name: 'North Force', added: true });
  expect(
    JSON.parse((await runRelay('org', 'add', '--authority', encodeCard(org.card), '--data', data, '--json')).out),
  ).toMatchObject({ added: false });
  expect((await runRelay('org', 'list', '--data', data)).out).toContain('North Force');
  expect((await runRelay('org', 'add', '--authority', 'no card', '--data', data)).err).toContain("no authority's card");
  expect(JSON.parse((await runRelay('status', '--data', data, '--json')).out)).toMatchObject({
    orgs: 1,
    areas: 0,
    running: null,
  });
  const relay = await startRelay(data);
  ends.push(() => relay.kill());
  expect(JSON.parse((await runRelay('status', '--data', data, '--json')).out)).toMatchObject({
    running: { url: relay.url, links: 0 },
  });
  expect((await runRelay('status', '--data', path.join(data, 'nowhere'))).code).toBe(1);
});

test('two relays never serve one folder', async () => {
  const relay = await startRelay(folder());
  ends.push(() => relay.kill());
  const second = await runRelay('serve', '--data', relay.data, '--port', '0');
  expect([second.code, second.err]).toEqual([1, expect.stringContaining('Another relay is running')]);
});

test('healthz answers, strange paths do not, and keys are for the owner alone', async () => {
  const relay = await startRelay(folder());
  ends.push(() => relay.kill());
  expect(await (await fetch(`${relay.url}/healthz`)).json()).toEqual({ status: 'ok' });
  expect((await fetch(`${relay.url}/v1/status`)).status).toBe(401);
  expect((await fetch(`${relay.url}/../etc/passwd`)).status).toBe(404);
  for (const name of ['relay.key', 'relay.sqlite', 'running.json', 'relay.lock'])
    expect(statSync(path.join(relay.data, name)).mode & 0o077).toBe(0);
});

test('a folder whose key is gone is not served under another', async () => {
  const data = folder();
  await (await startRelay(data)).kill();
  dropFolder(path.join(data, 'relay.key'));
  const again = await runRelay('serve', '--data', data, '--port', '0');
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('relay.key is missing')]);
});

test('in service nothing is begun where nothing was, unless that is said', async () => {
  const data = folder();
  process.env['NODE_ENV'] = 'production';
  ends.push(() => void (process.env['NODE_ENV'] = 'test'));
  const refused = await runRelay('serve', '--data', data, '--port', '0');
  expect([refused.code, refused.out]).toEqual([1, '']);
  expect(refused.err).toContain("run 'relay init' on it first, or add --init");
  expect(readdirSync(data)).toEqual([]);
  await (await startRelay(data, '--init')).kill();
  expect(await (await startRelay(data)).stop()).toBe(0);
});

test('restore opens a new generation, signed, and forgets the chunks that the copy lacks; never on a running relay', async () => {
  const it = await world();
  const { data } = it.relay;
  const before = await connect(it.relay.url, it.officer);
  expect(before.welcome.generation).toBe(undefined);
  const area = await ownArea(before, it.officer);
  const refused = await runRelay('restore', '--data', data);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('Another relay is running')]);
  await it.relay.stop();
  const db = openDatabase(data);
  chunkStore(db).own(area, 'ab'.repeat(32) as Hash, it.officer.org, 7);
  db.close();
  const restored = await runRelay('restore', '--data', data);
  const said = /^Generation (\d+)\. Chunks that it names and lacks: 1\. Start the relay/.exec(restored.out);
  expect(said).not.toBe(null);

  await it.restart('kill');
  const after = await connect(it.relay.url, it.officer);
  const key = await importVerifyKey(nodePlatform, after.challenge.relayKey);
  const word = await readGeneration(nodePlatform, key, after.welcome.generation!);
  if (!word.ok) throw new Error(word.cause);
  expect(word.value.reason).toBe('restored');
  expect(word.value.generation).toBe(Number(said?.[1]));
  expect(after.welcome.areas.map((tip) => [tip.area, tip.generation])).toEqual([[area, word.value.generation]]);
  await after.close();
});

test('killed after it acknowledged, it has lost nothing, and goes on at the same place with the same key', async () => {
  const it = await world();
  const link = await connect(it.relay.url, it.officer);
  const area = await ownArea(link, it.officer);
  const written = [];
  for (let i = 0; i < 60; i++) written.push(await it.officer.edit(area, `line ${i}`));
  const answers = written.map((one) => link.append(one).catch(() => null)); // many are cut off by the kill
  await answers[19];
  await it.restart('kill');
  const acknowledged = link.messages.filter(is('appended'));
  expect(acknowledged.length).toBeGreaterThanOrEqual(20);
  const again = await connect(it.relay.url, it.officer);
  expect(again.challenge.relayKey).toEqual(link.challenge.relayKey);
  const log = await again.pull(area);
  const places = new Map(log.t === 'log' ? log.items.map((item) => [item.n, item.h]) : []);
  for (const { n, tip } of acknowledged) {
    expect(places.has(n)).toBe(true);
    expect(places.get(tip.n)).toBe(tip.h);
  }
  for (const one of written) expect((await again.append(one)).t).toBe('appended'); // the rest follows, what was there is acknowledged again
  expect(await again.pull(area)).toMatchObject({ tip: { n: 62 } });
  await again.close();
});

test('told to end, it acknowledges what it took, says goodbye and ends with 0', async () => {
  const it = await world();
  const link = await connect(it.relay.url, it.officer);
  const area = await ownArea(link, it.officer);
  const written = [];
  for (let i = 0; i < 30; i++) written.push(await it.officer.edit(area, `line ${i}`));
  const answers = written.map((one) => link.append(one).catch(() => null));
  await answers[0];
  expect(await it.relay.stop()).toBe(0);
  expect(await link.closed).toBe(1001);
  const [leaving] = link.messages.filter(is('leaving'));
  expect(leaving?.after).toBeGreaterThanOrEqual(2000); // drain.return-after, and up to drain.spread more
  expect(leaving?.after).toBeLessThan(12_000);
  const acknowledged = link.messages.filter(is('appended')).length;
  await it.restart('kill');
  const again = await connect(it.relay.url, it.officer);
  expect(await again.pull(area)).toMatchObject({ tip: { n: acknowledged + 1 } }); // the anchor has no acknowledgement
  await again.close();
});

test('a directory, boxes and grants are the same after a restart', async () => {
  const it = await world();
  const link = await connect(it.relay.url, it.officer);
  const area = await ownArea(link, it.officer);
  await it.restart('stop');
  const again = await connect(it.relay.url, it.officer);
  expect(again.welcome.areas.map((tip) => [tip.area, tip.n])).toEqual([[area, 2]]);
  expect(again.welcome.directories).toEqual(link.welcome.directories);
  expect((await again.append(await it.officer.edit(area, 'on'))).t).toBe('appended');
  await again.close();
});

const tmpfs = (dir: string): boolean =>
  spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=12m', 'none', dir]).status === 0;

test('with the disk full it declines in words, stays readable, and goes on once there is room', async (context) => {
  const data = folder();
  if (process.platform !== 'linux' || !tmpfs(data)) return context.skip('this machine lets nobody mount');
  ends.push(() => void spawnSync('/bin/umount', ['-l', data]));
  const org = await makeOrg('Full');
  const member = await org.officer();
  await org.addTo(data);
  const relay = await startRelay(data);
  ends.push(() => relay.kill());
  await org.publish(relay.url);
  const link = await connect(relay.url, member);
  const area = await ownArea(link, member);
  const filler = path.join(data, 'filler');
  const text = 'x'.repeat(900_000);
  const first = await member.edit(area, text);
  expect((await link.append(first)).t).toBe('appended');
  spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k']);
  const refused = await member.edit(area, text);
  expect(await link.append(refused)).toMatchObject({ t: 'declined', cause: 'storage full' });
  expect(await link.pull(area)).toMatchObject({ t: 'log', tip: { n: 3 } });
  const bytes = new Uint8Array(100_000);
  const { chunkName } = await import('./relay/testing/link.fixture.ts');
  await link.ask('refer', { area, tag: chunkName(bytes), chunks: [chunkName(bytes)], from: null });
  expect([403, 507]).toContain((await link.put(area, bytes)).status);
  dropFolder(filler);
  expect((await link.append(refused)).t).toBe('appended');
  await link.ask('refer', { area, tag: chunkName(bytes), chunks: [chunkName(bytes)], from: null });
  expect((await link.put(area, bytes)).status).toBe(200);
  await link.close();
});
