/** A question about chunks that waits: answered when one has come, bounded, and by the rights of the moment it is answered. */
import { expect, test } from 'vitest';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { heldAnswer } from '../../../shared/wire/http.ts';
import type { DeviceLink } from '../links/links.ts';
import { newArea } from '../testing/device.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import { refer, some, someHash, withOwnArea } from './area.fixture.ts';
import { openChunkNews } from './news.ts';

const at = withOwnArea();
const never = new AbortController().signal;
const LONG = 10_000;
const small = (): Uint8Array => some(1000);
const referHere = (chunk: Hash) => refer(at.link, at.area, chunk);
const wholes = async (answer: Promise<Response>): Promise<boolean[]> =>
  heldAnswer.parse(await (await answer).json()).whole;

test('it is answered when one of them has come, and at once for what is there', async () => {
  const [first, second] = [small(), small()];
  const [one, two] = [chunkName(first), chunkName(second)];
  for (const chunk of [one, two]) await referHere(chunk);
  // Four wait; that a fifth is answered says that they do.
  const asked = Array.from({ length: 5 }, () => wholes(at.link.hear(at.area, LONG, never, one, two)));
  expect(await Promise.race(asked)).toEqual([false, false]);
  expect((await at.link.put(at.area, second)).status).toBe(200);
  // Before one that began later and waits half as long for what never comes: their time was not over.
  const other = await connect(at.world.relay.url, at.world.officer);
  const later = wholes(other.hear(at.area, LONG / 2, never, one)).then(() => 'nothing was told' as const);
  const heard = await Promise.race([Promise.all(asked), later]);
  await other.close();
  if (heard === 'nothing was told') throw new Error(heard);
  expect(heard.filter(([, came]) => came)).toHaveLength(4);
  expect(await wholes(at.link.hear(at.area, LONG, never, one, two))).toEqual([false, true]);
});

test('it is answered without news after its time, and refused beyond what may be asked', async () => {
  const chunk = chunkName(small());
  await referHere(chunk);
  expect(await wholes(at.link.hear(at.area, 1, never, chunk))).toEqual([false]);
  expect((await at.link.hear(at.area, LONG + 1, never, chunk)).status).toBe(400);
});

test('a stranger to the area waits for nothing', async () => {
  const other = await connect(at.world.relay.url, at.world.prosecutor);
  expect((await other.hear(at.area, LONG, never, chunkName(small()))).status).toBe(403);
  await other.close();
});

test('a link that ends has no answer', async () => {
  const chunk = chunkName(small());
  await referHere(chunk);
  const other = await connect(at.world.relay.url, at.world.officer);
  const heard = other.hear(at.area, LONG, never, chunk);
  await other.close();
  expect((await heard).status).toBe(403);
});

test('nothing is kept of a wait that is over, however it ended, and one link keeps few', async () => {
  const news = openChunkNews();
  const from = {} as DeviceLink;
  const [one, two] = [someHash(), someHash()];
  const ended = new AbortController();
  const waits = [1, 2, 3, 4].map(() => news.wait(from, at.area, [one, two], LONG, ended.signal));
  await news.wait(from, at.area, [one], LONG, ended.signal); // a fifth is not kept
  expect(news.waitedFor).toBe(2);
  news.tell(newArea(), [one, two]); // elsewhere: nobody here is woken
  expect(news.waitedFor).toBe(2);
  news.tell(at.area, [two]);
  await Promise.all(waits);
  expect(news.waitedFor).toBe(0);
  const last = news.wait(from, at.area, [one], LONG, ended.signal);
  expect(news.waitedFor).toBe(1);
  ended.abort();
  await last;
  expect(news.waitedFor).toBe(0);
});
