/**
 * Who gets a link and who loses it; what a slow link costs; and that directories and presence reach whom they may.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import { encodeMessage } from '../../../shared/wire/link.ts';
import { grant, newArea } from '../testing/device.fixture.ts';
import { connect, greet, is } from '../testing/link.fixture.ts';
import { connectAuthority } from '../testing/authorityLink.fixture.ts';
import { makeOrg } from '../testing/organisation.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { intake, makeWorld, ownArea } from '../testing/world.fixture.ts';

let world: World;
beforeAll(async () => (world = await makeWorld()));
afterAll(() => world.end());

type Of<T extends FromRelay['t']> = Extract<FromRelay, { t: T }>;
const refusal = async (...ask: Parameters<typeof greet>): Promise<string> =>
  (await (await greet(...ask)).next(is('refused'))).cause;

test('a device of a directory is welcomed, with the directories it may ask for', async () => {
  const link = await connect(world.relay.url, world.officer);
  expect(link.welcome.directories.map(({ org, n }) => [org, n])).toEqual([
    [world.police.org, world.police.statements.length],
    [world.crown.org, world.crown.statements.length],
  ]);
  const answer = await link.ask('statements', { org: world.crown.org, after: 2 });
  expect(answer).toMatchObject({ t: 'directory', statements: world.crown.statements.slice(2) });
  await link.close();
});

test('each refusal has its word', async () => {
  const { url } = world.relay;
  const stranger = await makeOrg('Elsewhere');
  const theirs = await stranger.officer();
  const unannounced = await world.police.device(world.officer.person);
  expect(await refusal(url, theirs)).toBe('unknown organisation');
  expect(await refusal(url, unannounced)).toBe('unknown device');
  expect(await refusal(url, { ...world.officer, keys: theirs.keys })).toBe('bad signature');
  expect(await refusal(url, world.officer, 7)).toBe('version');
  const silent = new WebSocket(`${url.replace('http', 'ws')}/v1/link`);
  const closed = new Promise((resolve) => silent.once('close', resolve));
  silent.once('open', () => silent.send(new Uint8Array([0xff, 0xff])));
  expect(await closed).toBe(4403);
});

test('an organisation added while the relay runs is served without a restart', async () => {
  const late = await makeOrg('Late');
  const member = await late.officer();
  expect(await refusal(world.relay.url, member)).toBe('unknown organisation');
  await late.addTo(world.relay.data);
  await late.publish(world.relay.url);
  const link = await connect(world.relay.url, member);
  expect(link.welcome.directories).toHaveLength(1);
  expect(await link.ask('statements', { org: world.police.org, after: 0 })).toMatchObject({
    t: 'declined',
    cause: 'no right',
  });
  await link.close();
});

test('a revoked device loses its link, its token and its right to come back, at once', async () => {
  const doomed = await world.police.device(world.officer.person);
  await world.publish();
  const link = await connect(world.relay.url, doomed);
  const area = await ownArea(link, { ...world.officer, ...doomed });
  await world.police.revoke(doomed.device);
  await world.publish();
  expect((await link.next(is('refused'))).cause).toBe('revoked');
  await link.closed;
  expect((await link.held(area)).status).toBe(401);
  expect(await refusal(world.relay.url, doomed)).toBe('revoked');
});

test('a directory is not given to who names it a partner and is not named back, and is once it is', async () => {
  const stranger = await makeOrg('One-sided');
  const member = await stranger.officer();
  await stranger.partner(world.police);
  await stranger.addTo(world.relay.data);
  await stranger.publish(world.relay.url);
  const link = await connect(world.relay.url, member);
  expect(link.welcome.directories.map(({ org }) => org)).toEqual([stranger.org]);
  const ask = { org: world.police.org, after: 0 };
  expect(await link.ask('statements', ask)).toMatchObject({ t: 'declined', cause: 'not here' });
  await world.police.officer();
  await world.publish();
  await link.ask('ping', {});
  expect(link.messages.filter(is('directory')), 'nothing is told of what changes in it').toEqual([]);
  await world.police.partner(stranger);
  await world.publish();
  await link.next((m): m is Of<'directory'> => m.t === 'directory' && m.org === world.police.org);
  expect(await link.ask('statements', ask)).toMatchObject({ t: 'directory', org: world.police.org });
  // Once it is over nothing more is given, but to who must judge what was written for them.
  const unpin = async () => {
    await world.police.state({ is: 'no partner', org: stranger.org });
    await world.publish();
  };
  await unpin();
  expect(await link.ask('statements', ask)).toMatchObject({ t: 'declined' });
  await world.police.partner(stranger);
  await world.publish();
  const officer = await connect(world.relay.url, world.officer);
  const letter = await world.officer.letter(await intake(member), 'package', 'a package');
  expect(await officer.append(letter)).toMatchObject({ t: 'appended' });
  await unpin();
  expect(await link.ask('statements', ask)).toMatchObject({ t: 'directory', org: world.police.org });
  await Promise.all([link.close(), officer.close()]);
});

test('statements that do not follow, or are not signed by the authority, change nothing', async () => {
  const { url } = world.relay;
  const forger = await makeOrg('Forger');
  await forger.officer();
  const before = world.police.statements.length;
  const link = await connectAuthority(url, world.police.org, world.police.keys.privateKey);
  expect(link.welcome.n).toBe(before);
  expect((await link.publish([...world.police.statements, ...forger.statements])).n).toBe(before);
  await link.close();
});

test('who comes into a post hears of its areas, and partners get the statement', async () => {
  const link = await connect(world.relay.url, world.officer);
  const newcomer = await world.police.officer();
  await world.publish();
  const area = await ownArea(link, world.officer);
  const theirs = await connect(world.relay.url, newcomer);
  const partner = await connect(world.relay.url, world.prosecutor);
  expect(theirs.welcome.areas.map((tip) => tip.area)).not.toContain(area);
  await world.police.state({ is: 'holds', person: newcomer.person, seat: world.officer.seat });
  await world.publish();
  await theirs.next((m): m is Of<'moved'> => m.t === 'moved' && m.tip.area === area);
  const pushed = await partner.next(
    (m): m is Of<'directory'> => m.t === 'directory' && m.n === world.police.statements.length,
  );
  expect(pushed.statements).toEqual(world.police.statements.slice(pushed.after));
  await Promise.all([link.close(), theirs.close(), partner.close()]);
});

test('presence reaches those who watch the area and may read it, and nobody else', async () => {
  const second = await world.police.device(world.officer.person);
  await world.publish();
  const links = await Promise.all(
    [world.officer, second, world.prosecutor].map((device) => connect(world.relay.url, device)),
  );
  const [one, two, stranger] = links as [(typeof links)[0], (typeof links)[0], (typeof links)[0]];
  const area = await ownArea(one, world.officer);
  for (const link of [two, stranger]) {
    link.tell({ t: 'watch', areas: [area] });
    await link.ask('ping', {});
  }
  one.tell({ t: 'presence', area, frame: new Uint8Array([1]) });
  stranger.tell({ t: 'presence', area, frame: new Uint8Array([2]) });
  expect((await two.next(is('presence'))).frame).toEqual(new Uint8Array([1]));
  await stranger.ask('ping', {});
  await two.ask('ping', {});
  expect(stranger.messages.filter(is('presence'))).toEqual([]);
  expect(two.messages.filter(is('presence'))).toHaveLength(1);
  await Promise.all(links.map((link) => link.close()));
});

test('a slow link loses pushes, costs nobody, and is told which area moved once it reads again', async () => {
  const second = await world.police.device(world.officer.person);
  await world.publish();
  const writer = await connect(world.relay.url, world.officer);
  const slow = await connect(world.relay.url, second);
  const area = await ownArea(writer, world.officer);
  await slow.next((m): m is Of<'log'> => m.t === 'log' && m.area === area);
  slow.socket.pause();
  const text = 'x'.repeat(0.9 * MiB);
  let n = 0;
  for (let i = 0; i < 40; i++) {
    const answer = await writer.append(await world.officer.edit(area, text));
    if (answer.t === 'appended') n = answer.n;
  }
  slow.socket.resume();
  const moved = await slow.next((m): m is Of<'moved'> => m.t === 'moved' && m.tip.area === area);
  expect(n).toBe(42);
  expect(moved.tip.n).toBe(n);
  const got = slow.messages.filter(is('log')).flatMap((m) => m.items.map((item) => item.n));
  expect(got.length).toBeLessThan(n);
  const rest = await slow.pull(area, got[got.length - 1] ?? 0, 512);
  expect(rest).toMatchObject({ t: 'log', tip: { n } });
  await Promise.all([writer.close(), slow.close()]);
});

test('a message of a later version is passed over; one that is wrong ends the link', async () => {
  const link = await connect(world.relay.url, world.officer);
  link.tell({ t: 'applaud' } as never);
  expect((await link.ask('ping', {})).t).toBe('pong');
  link.socket.send(encodeMessage({ t: 'pull', q: 1, area: 'no id' as AreaId, after: 0, limit: 1 }));
  expect((await link.next(is('refused'))).cause).toBe('malformed');
  expect(await link.closed).toBe(4403);
});

test('an area granted by one post of two organisations is welcomed on both sides', async () => {
  const link = await connect(world.relay.url, world.officer);
  const area = newArea();
  await link.append(
    await world.officer.create(area, [
      grant(world.officer.seat, world.officer.org),
      grant(world.prosecutor.seat, world.crown.org, 'reader'),
    ]),
  );
  const other = await connect(world.relay.url, world.prosecutor);
  expect(other.welcome.areas.map((tip) => tip.area)).toContain(area);
  expect(await other.append(await world.prosecutor.edit(area, 'a reader writes'))).toMatchObject({ cause: 'no right' });
  await Promise.all([link.close(), other.close()]);
});
