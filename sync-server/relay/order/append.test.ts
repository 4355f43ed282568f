/**
 * What a relay takes into an area's order, what it refuses and in which words, and what it signs: over a real link to a real
 * process.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import { decodeEntry, encodeEntry } from '../../../shared/seal/entry/entry.ts';
import { extendOrder, hashAnchor, verifyTip } from '../../../shared/seal/area/order.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import { nodePlatform as platform } from '../../common/node.ts';
import { grant, keyChange, newArea } from '../testing/device.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { connect, is } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { intake, makeWorld, ownArea } from '../testing/world.fixture.ts';

let world: World;
let link: TestLink;
beforeAll(async () => {
  world = await makeWorld();
  link = await connect(world.relay.url, world.officer);
});
afterAll(async () => {
  await link.close();
  await world.end();
});

const log = async (from: TestLink, ...ask: Parameters<TestLink['pull']>) => {
  const answer = await from.pull(...ask);
  if (answer.t !== 'log') throw new Error(`no log: ${JSON.stringify(answer)}`);
  return answer;
};
const appended = (message: FromRelay) =>
  message.t === 'appended' ? message : expect.fail(`not taken: ${JSON.stringify(message)}`);

test('an entry is acknowledged with a signed place, and pulled with everything before it', async () => {
  const area = await ownArea(link, world.officer);
  const written = await world.officer.edit(area, 'one');
  const { n, tip, entry } = appended(await link.append(written));
  expect([n, tip.n, entry]).toEqual([3, 3, written.hash]); // anchor, creation, entry
  expect(await verifyTip(platform, await importVerifyKey(platform, link.challenge.relayKey), tip)).toBe(true);
  const { items } = await log(link, area);
  expect(items.map((item) => item.anchor !== null)).toEqual([true, false, false]);
  expect(items[2]?.entry).toEqual(written.entry);
  expect(items[2]?.h).toBe(tip.h);
});

test('each place covers everything before it, and time does not go back', async () => {
  const area = newArea();
  const creation = await world.officer.create(area, [grant(world.officer.seat, world.officer.org)]);
  await link.append(creation);
  const entries = [await world.officer.edit(area, 'a'), await world.officer.edit(area, 'b')];
  await Promise.all(entries.map((written) => link.append(written)));
  const { items, tip } = await log(link, area);
  const hashes = [await hashAnchor(platform, items[0]!.anchor!), creation.hash, entries[0]!.hash, entries[1]!.hash];
  let before: Hash | null = null;
  for (const [i, item] of items.entries()) {
    expect(item.h).toBe(await extendOrder(platform, before, item.time, hashes[i]!));
    expect(item.time).toBeGreaterThanOrEqual(items[i - 1]?.time ?? 0);
    before = item.h;
  }
  expect(tip.h).toBe(before);
});

test('the same entry sent again is acknowledged again at its place', async () => {
  const area = await ownArea(link, world.officer);
  const written = await world.officer.edit(area, 'again');
  const [first, second] = await Promise.all([link.append(written), link.append(written)]);
  expect(appended(second).n).toBe(appended(first).n);
  expect(appended(await link.append(written)).n).toBe(appended(first).n);
  expect((await log(link, area)).items).toHaveLength(3);
});

test('many appends at once share commits and keep their order', async () => {
  const area = await ownArea(link, world.officer);
  const written = [];
  for (let i = 0; i < 200; i++) written.push(await world.officer.edit(area, `line ${i}`));
  const answers = await Promise.all(written.map((one) => link.append(one)));
  expect(answers.map((answer) => appended(answer).n)).toEqual(written.map((_, i) => i + 3));
  const frames = link.messages.filter(is('log')).filter((m) => m.q === null && m.area === area);
  expect(frames.length).toBeLessThan(150); // one frame per commit, not per entry
  expect(frames.flatMap((m) => m.items.map((item) => item.n))).toEqual(Array.from({ length: 202 }, (_, i) => i + 1));
});

test.each([
  ['a counter that leaves one out', { counter: 9 }, 'gap'],
  ['a counter already used', { counter: 1, prev: null }, 'equivocation'],
  ['another entry before', { prev: '77'.repeat(32) as Hash }, 'equivocation'],
  [
    'heads that are not ordered',
    { seen: { generation: 0, n: 0, h: null, heads: ['77'.repeat(32) as Hash] } },
    'heads missing',
  ],
  [
    'a place not ordered yet as seen',
    { seen: { generation: 1, n: 9, h: '77'.repeat(32) as Hash, heads: [] } },
    'another history',
  ],
  [
    'another history as seen',
    { seen: { generation: 1, n: 2, h: '77'.repeat(32) as Hash, heads: [] } },
    'another history',
  ],
  ['a later version', { version: 2 }, 'unknown version'],
  ['an unknown critical kind', { kind: 'decree', critical: true }, 'update needed'],
])('%s is declined in its own word', async (_, twist, cause) => {
  const member = await world.police.officer();
  await world.publish();
  const own = await connect(world.relay.url, member);
  const area = await ownArea(own, member);
  expect(await own.append(await member.edit(area, 'x', 1, twist))).toMatchObject({ t: 'declined', cause });
  await own.close();
});

test('an entry under an epoch that is past or to come is declined as stale', async () => {
  const area = newArea();
  const creation = await world.officer.create(area, [grant(world.officer.seat, world.officer.org)]);
  await link.append(creation);
  expect(await link.append(await world.officer.edit(area, 'early', 2))).toMatchObject({ cause: 'stale epoch' });
  const again = await connect(world.relay.url, world.officer);
  const change = await world.officer.chain(area, { op: 'key', key: await keyChange(area, 2) }, creation.hash, {
    counter: 2,
    prev: creation.hash,
  });
  appended(await again.append(change));
  expect(
    await again.append(await world.officer.edit(area, 'late', 1, { counter: 3, prev: change.hash })),
  ).toMatchObject({ cause: 'stale epoch' });
  await again.close();
});

test('a directory that changed is anchored once before the next entry of its organisation', async () => {
  const area = await ownArea(link, world.officer);
  await world.police.officer();
  await world.publish();
  appended(await link.append(await world.officer.edit(area, 'after the change')));
  appended(await link.append(await world.officer.edit(area, 'and one more')));
  const anchors = (await log(link, area)).items.filter((item) => item.anchor);
  expect(anchors.map((item) => item.n)).toEqual([1, 3]);
  expect(anchors[1]?.anchor).toEqual({ org: world.police.org, directory: world.police.directory().head });
});

test('in an intake both organisations are anchored, the sender cannot read it, and its post is pushed it', async () => {
  const reader = await connect(world.relay.url, world.prosecutor);
  const area = await intake(world.prosecutor);
  const letter = await world.officer.letter(area, 'package', 'sealed');
  appended(await link.append(letter));
  const pushed = await reader.next((m): m is Extract<FromRelay, { t: 'log' }> => m.t === 'log' && m.area === area);
  expect(pushed.items.map((item) => item.anchor?.org ?? 'entry')).toEqual([world.crown.org, world.police.org, 'entry']);
  expect(await link.pull(area)).toMatchObject({ t: 'declined', cause: 'not here' });
  expect((await connect(world.relay.url, world.prosecutor)).welcome.areas.map((tip) => tip.area)).toContain(area);
  await reader.close();
});

test('an intake named before its post was published is an intake once it is', async () => {
  const late = await world.crown.officer();
  const letter = await world.officer.letter(await intake(late), 'package', 'too soon');
  expect(await link.append(letter)).toMatchObject({ t: 'declined', cause: 'not created' });
  await world.publish();
  appended(await link.append(letter));
});

test('an organisation without a grant can neither pull nor append, and hears the same as of an area that is not', async () => {
  const area = await ownArea(link, world.officer);
  const other = await connect(world.relay.url, world.prosecutor);
  expect(await other.pull(area)).toMatchObject({ t: 'declined', cause: 'not here' });
  expect(await other.pull(newArea())).toMatchObject({ t: 'declined', cause: 'not here' });
  expect(await other.append(await world.prosecutor.edit(area, 'let me in'))).toMatchObject({
    t: 'declined',
    cause: 'no right',
  });
  expect(other.welcome.areas.map((tip) => tip.area)).not.toContain(area);
  expect(other.messages.some((m) => 'area' in m && m.area === area)).toBe(false);
  await other.close();
});

test('who is granted a seat hears that the area moved, pulls it whole, and is pushed what follows', async () => {
  const area = newArea();
  const creation = await world.officer.create(area, [grant(world.officer.seat, world.officer.org)]);
  appended(await link.append(creation));
  const other = await connect(world.relay.url, world.prosecutor);
  const op = { op: 'grant', seats: [grant(world.prosecutor.seat, world.prosecutor.org, 'contributor')] } as const;
  appended(await link.append(await world.officer.chain(area, op, creation.hash)));
  const moved = await other.next(
    (m): m is Extract<FromRelay, { t: 'moved' }> => m.t === 'moved' && m.tip.area === area,
  );
  expect((await log(other, area)).items).toHaveLength(moved.tip.n);
  appended(await other.append(await world.prosecutor.edit(area, 'hello')));
  await link.next(
    (m): m is Extract<FromRelay, { t: 'log' }> =>
      m.t === 'log' && m.area === area && m.items.some((item) => item.anchor?.org === world.crown.org),
  );
  await other.close();
});

test("another's entry may be carried by who can read the area, and by nobody else", async () => {
  const colleague = await world.police.device(world.officer.person);
  await world.publish();
  const area = await ownArea(link, world.officer);
  const written = await world.officer.edit(area, 'by stick');
  const stranger = await connect(world.relay.url, world.prosecutor);
  expect(await stranger.append(written)).toMatchObject({ cause: 'no right' });
  const carrier = await connect(world.relay.url, colleague);
  expect(appended(await carrier.append(written)).entry).toBe(written.hash);
  await Promise.all([stranger.close(), carrier.close()]);
});

test("an area's making may be carried by whom it entitles, to a relay that was restored without it, and by nobody else", async () => {
  const colleague = await world.police.device(world.officer.person);
  await world.publish();
  const [stranger, carrier] = [
    await connect(world.relay.url, world.prosecutor),
    await connect(world.relay.url, colleague),
  ];
  const area = newArea();
  const made = await world.officer.create(area, [grant(world.officer.seat, world.officer.org)]);
  const written = await world.officer.edit(area, 'what came after');
  expect(await stranger.append(made)).toMatchObject({ cause: 'no right' });
  expect(await carrier.append(written)).toMatchObject({ cause: 'no right' }); // nothing says yet whose area it is
  expect(appended(await carrier.append(made)).entry).toBe(made.hash);
  expect(appended(await carrier.append(written)).entry).toBe(written.hash);
  await Promise.all([stranger.close(), carrier.close()]);
});

test('an entry that comes erased is not taken, though a history may hold such', async () => {
  const area = await intake(world.prosecutor);
  const letter = await world.officer.letter(area, 'event', 'gone');
  const decoded = decodeEntry(letter.entry);
  const erased = decoded.ok ? encodeEntry({ ...decoded.value, seal: { by: 'erased' } }) : letter.entry;
  expect(await link.append({ ...letter, entry: erased })).toMatchObject({ t: 'declined', cause: 'wrong seal' });
  appended(await link.append(letter));
});

test('bytes that are no entry, and an entry of another area, are declined', async () => {
  const area = await ownArea(link, world.officer);
  expect(await link.ask('append', { area, entry: new Uint8Array([1, 2, 3]), boxes: [] })).toMatchObject({
    cause: 'malformed',
  });
  const elsewhere = await world.officer.edit(newArea(), 'elsewhere');
  expect(await link.ask('append', { area, entry: elsewhere.entry, boxes: [] })).toMatchObject({ cause: 'wrong area' });
});

test('nothing of an entry or of a name is in the log', async () => {
  const area = await ownArea(link, world.officer);
  const written = await world.officer.edit(area, 'marker phrase');
  await link.append(written);
  for (const secret of [
    'marker phrase',
    'Prosecution',
    area,
    world.officer.device,
    written.hash,
    link.welcome.token,
    toHex(written.entry.subarray(0, 32)),
  ]) {
    expect(world.relay.log()).not.toContain(secret);
  }
});
