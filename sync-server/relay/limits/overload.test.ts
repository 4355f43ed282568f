/**
 * A computer that sends faster than it may: it is read later and nothing of it is declined, its own line fills, and others are
 * answered meanwhile. Told by the order of answers and by who holds the bytes.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MiB } from '../../../shared/primitives/units.ts';
import { encodeMessage } from '../../../shared/wire/link.ts';
import type { Written } from '../testing/device.fixture.ts';
import { connect, is } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld, ownArea } from '../testing/world.fixture.ts';

/** Entries a second; four seconds' worth may come at once. */
const RATE = 5;
const BURST = RATE * 4;
const BEYOND = 50;
/** Of each entry. */
const SIZE = 900_000;

let world: World;
beforeAll(async () => {
  process.env['JOINDER_RELAY_LIMITS_DEVICE_RATE'] = String(RATE);
  world = await makeWorld();
  delete process.env['JOINDER_RELAY_LIMITS_DEVICE_RATE'];
}, 60_000);
afterAll(() => world.end());

test('it is served in its turn, others at once, and what it sends too early stays with it', async () => {
  const fast = await connect(world.relay.url, world.officer);
  const other = await connect(world.relay.url, world.prosecutor);
  const [theirs, ours] = [await ownArea(fast, world.officer), await ownArea(other, world.prosecutor)];
  const flood: Written[] = [];
  for (let i = 0; i < BURST + BEYOND; i++) flood.push(await world.officer.edit(theirs, 'x'.repeat(SIZE)));
  flood.forEach(({ area, entry }, i) =>
    fast.socket.send(encodeMessage({ t: 'append', q: 1000 + i, area, entry, boxes: [] })),
  );
  const acknowledged = (): number => fast.messages.filter(is('appended')).length;
  await expect.poll(acknowledged, { timeout: 30_000 }).toBeGreaterThanOrEqual(BURST);
  // Some MiB lie in the system's buffers and in the line that the relay reads ahead; however long this took, not the rest.
  const ahead = flood.length * SIZE - fast.socket.bufferedAmount - acknowledged() * SIZE;
  expect(ahead).toBeLessThan(25 * MiB);
  for (let i = 0; i < BURST / 2; i++)
    expect((await other.append(await world.prosecutor.edit(ours, 'within its share'))).t).toBe('appended');
  const then = acknowledged();
  expect(then).toBeLessThan(BURST + BEYOND);
  await expect.poll(acknowledged, { timeout: 30_000 }).toBeGreaterThan(then + RATE);
  expect(fast.messages.some(is('declined'))).toBe(false);
  fast.socket.terminate();
  await other.close();
}, 90_000);
