/** A question about chunks that waits: answered when one has come, bounded, and by the rights of the moment it is answered. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { heldAnswer } from '../../../shared/wire/http.ts';
import type { DeviceLink } from '../links/links.ts';
import { newArea } from '../testing/device.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld, ownArea } from '../testing/world.fixture.ts';
import { openChunkNews } from './news.ts';

let world: World;
let link: TestLink;
let area: AreaId;
beforeAll(async () => {
  world = await makeWorld();
  link = await connect(world.relay.url, world.officer);
  area = await ownArea(link, world.officer);
});
afterAll(async () => {
  await link.close();
  await world.end();
});

const never = new AbortController().signal;
const LONG = 10_000;
const some = (): Uint8Array => new Uint8Array(randomBytes(1000));
const tag = (): Hash => randomBytes(32).toString('hex') as Hash;
const refer = (chunk: Hash) => link.ask('refer', { area, tag: tag(), chunks: [chunk], from: null });
const wholes = async (answer: Promise<Response>): Promise<boolean[]> =>
  heldAnswer.parse(await (await answer).json()).whole;

test('it is answered when one of them has come, and at once for what is there', async () => {
  const [first, second] = [some(), some()];
  const [one, two] = [chunkName(first), chunkName(second)];
  for (const chunk of [one, two]) await refer(chunk);
  // Four wait; that a fifth is answered says that they do.
  const asked = Array.from({ length: 5 }, () => wholes(link.hear(area, LONG, never, one, two)));
  expect(await Promise.race(asked)).toEqual([false, false]);
  expect((await link.put(area, second)).status).toBe(200);
  // Before one that began later and waits half as long for what never comes: their time was not over.
  const other = await connect(world.relay.url, world.officer);
  const later = wholes(other.hear(area, LONG / 2, never, one)).then(() => 'nothing was told' as const);
  const heard = await Promise.race([Promise.all(asked), later]);
  await other.close();
  if (heard === 'nothing was told') throw new Error(heard);
  expect(heard.filter(([, came]) => came)).toHaveLength(4);
  expect(await wholes(link.hear(area, LONG, never, one, two))).toEqual([false, true]);
});

test('it is answered without news after its time, and refused beyond what may be asked', async () => {
  const chunk = chunkName(some());
  await refer(chunk);
  expect(await wholes(link.hear(area, 1, never, chunk))).toEqual([false]);
  expect((await link.hear(area, LONG + 1, never, chunk)).status).toBe(400);
});

test('a stranger to the area waits for nothing', async () => {
  const other = await connect(world.relay.url, world.prosecutor);
  expect((await other.hear(area, LONG, never, chunkName(some()))).status).toBe(403);
  await other.close();
});

test('a link that ends has no answer', async () => {
  const chunk = chunkName(some());
  await refer(chunk);
  const other = await connect(world.relay.url, world.officer);
  const heard = other.hear(area, LONG, never, chunk);
  await other.close();
  expect((await heard).status).toBe(403);
});

test('nothing is kept of a wait that is over, however it ended, and one link keeps few', async () => {
  const news = openChunkNews();
  const from = {} as DeviceLink;
  const [one, two] = [tag(), tag()];
  const ended = new AbortController();
  const waits = [1, 2, 3, 4].map(() => news.wait(from, area, [one, two], LONG, ended.signal));
  await news.wait(from, area, [one], LONG, ended.signal); // a fifth is not kept
  expect(news.waitedFor).toBe(2);
  news.tell(newArea(), [one, two]); // elsewhere: nobody here is woken
  expect(news.waitedFor).toBe(2);
  news.tell(area, [two]);
  await Promise.all(waits);
  expect(news.waitedFor).toBe(0);
  const last = news.wait(from, area, [one], LONG, ended.signal);
  expect(news.waitedFor).toBe(1);
  ended.abort();
  await last;
  expect(news.waitedFor).toBe(0);
});
