/** What one device, one organisation and one address may take; that others do not suffer for it, and that nothing is lost. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../shared/primitives/units.ts';
import { askRunning } from '../observe/status.ts';
import { chunkName, connect, greet, is } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld, ownArea } from '../testing/world.fixture.ts';
import { openPace } from './pace.ts';
import { openStrangers } from './strangers.ts';

describe('the rate of entries', () => {
  test('so many at once after a rest, then as many as the rate; whoever waits as told is never told to wait longer', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 200 }),
        (rate, pauses) => {
          const pace = openPace(rate, rate * 2);
          let now = 1_000_000;
          const began = now;
          let taken = 0;
          for (const pause of pauses) {
            now += pause + pace.take(now);
            taken += 1;
          }
          // Never more than the burst and what the time since then allows; never less either.
          expect(taken).toBeLessThanOrEqual(rate * 2 + ((now - began) / SECOND) * rate + 1);
          const rested = pauses.reduce((all, one) => all + one, 0);
          expect(taken > rate * 2 || now - began === rested).toBe(true);
        },
      ),
    );
  });

  test('a clock that goes back gives nothing and takes nothing', () => {
    const pace = openPace(10, 10);
    for (let i = 0; i < 10; i++) expect(pace.take(5000)).toBe(0);
    expect(pace.take(0)).toBe(100);
    expect(pace.isIdle(0)).toBe(false);
    expect(pace.isIdle(10 * SECOND)).toBe(true);
  });
});

describe('strangers', () => {
  test('one address has a share of them, and gives it back once for each', () => {
    const strangers = openStrangers();
    const leave = Array.from({ length: 512 }, () => strangers.arrive('one'));
    expect(strangers.arrive('one')).toBeNull();
    expect(strangers.arrive('two')).not.toBeNull();
    leave[0]?.();
    leave[0]?.();
    expect(strangers.count()).toBe(512);
    expect(strangers.arrive('one')).not.toBeNull();
    expect(strangers.arrive('one')).toBeNull();
  });

  test('failures of one address are answered later each time, others at once; a while later it is forgotten', () => {
    const strangers = openStrangers();
    const waits = Array.from({ length: 20 }, () => strangers.fail('one', 1000));
    expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 0, 250, 500, 1000]);
    expect(Math.max(...waits)).toBe(8 * SECOND);
    expect(strangers.fail('two', 1000)).toBe(0);
    expect(strangers.fail('one', 1000 + 6 * MINUTE)).toBe(0);
  });
});

describe('at a relay', () => {
  let world: World;
  const names = { JOINDER_RELAY_LIMITS_HALF_UPLOADS: '2', JOINDER_RELAY_LIMITS_LINKS: '3' };
  beforeAll(async () => {
    Object.assign(process.env, names);
    world = await makeWorld();
    for (const name of Object.keys(names)) Reflect.deleteProperty(process.env, name);
  }, 60_000);
  afterAll(() => world.end());

  test('a fifth link of one computer ends the oldest, which hears that the relay is busy', async () => {
    const links = [];
    for (let i = 0; i < 4; i++) links.push(await connect(world.relay.url, world.officer));
    const fifth = await connect(world.relay.url, world.officer);
    expect(await links[0]?.next(is('refused'))).toMatchObject({ cause: 'busy' });
    expect((await links[1]?.ask('ping', {}))?.t).toBe('pong');
    expect((await fifth.ask('ping', {})).t).toBe('pong');
    await Promise.all([...links.slice(1), fifth].map((link) => link.close()));
  });

  test('an organisation with all its links is told so; another is served', async () => {
    const devices = [];
    for (let i = 0; i < 3; i++) devices.push(await world.police.device(world.officer.person));
    await world.publish();
    const links = [];
    // Links of the test before may not have been missed yet.
    await expect.poll(async () => (await askRunning(world.relay.data))?.links).toBe(0);
    for (const device of devices) links.push(await connect(world.relay.url, device));
    const fourth = await greet(world.relay.url, world.officer);
    expect(await fourth.next(is('refused'))).toMatchObject({ cause: 'busy' });
    const other = await connect(world.relay.url, world.prosecutor);
    await links[0]?.close();
    await expect
      .poll(async () => {
        const again = await greet(world.relay.url, world.officer);
        const said = await again.next((one) => one.t === 'welcome' || one.t === 'refused');
        await again.close();
        return said.t;
      })
      .toBe('welcome');
    await Promise.all([other, ...links.slice(1)].map((link) => link.close()));
  });

  test('uploads that were begun and not ended are counted; what is dropped or ended makes room', async () => {
    const link = await connect(world.relay.url, world.officer);
    const area = await ownArea(link, world.officer);
    const all = ['one, cut', 'two, cut', 'three, cut'].map((text) => new TextEncoder().encode(text));
    await link.ask('refer', { area, tag: chunkName(new Uint8Array()), chunks: all.map(chunkName), from: null });
    const begin = (bytes: Uint8Array) =>
      fetch(`${world.relay.url}/v1/chunks/${chunkName(bytes)}?area=${area}&size=${bytes.length}&from=0`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${link.welcome.token}`, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(bytes.slice(0, 3)),
      });
    const [one, two, three] = all as [Uint8Array, Uint8Array, Uint8Array];
    expect([(await begin(one)).status, (await begin(two)).status]).toEqual([200, 200]);
    const third = await begin(three);
    expect([third.status, await third.json()]).toEqual([429, { held: 0, whole: false, cause: 'too many at once' }]);
    expect((await link.put(area, one.slice(3), 3, chunkName(one))).status).not.toBe(429); // going on is no beginning
    rmSync(path.join(world.relay.data, 'partial', `${chunkName(two)}.${world.police.org}.${area}`));
    expect((await begin(three)).status).toBe(200);
    await link.close();
  });
});
