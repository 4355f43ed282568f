/**
 * Several small chunks in one answer: each judged by itself, in the order asked, within the limits; what is no such
 * question is refused in a word; a reader who goes away holds nothing up.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { KiB, MiB } from '../../../shared/primitives/units.ts';
import { BATCH, NOT_GIVEN } from '../../../shared/wire/http.ts';
import { newArea } from '../testing/device.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import { intake, ownArea } from '../testing/world.fixture.ts';
import { refer, send, some, someHash, withOwnArea } from './area.fixture.ts';

const at = withOwnArea();

const fileOf = (chunk: Hash): string => path.join(at.world.relay.data, 'chunks', chunk.slice(0, 2), chunk);

const referHere = async (bytes: Uint8Array): Promise<Hash> => {
  await refer(at.link, at.area, chunkName(bytes));
  return chunkName(bytes);
};
const sendHere = (bytes: Uint8Array, where = at.area): Promise<Hash> => send(at.link, where, bytes);

/** As large as small ones may be. */
async function sendMany(count: number): Promise<Hash[]> {
  const chunks: Hash[] = [];
  while (chunks.length < count) chunks.push(await sendHere(some(512 * KiB)));
  return chunks;
}

const post = (body: string, token = at.link.welcome.token, signal: AbortSignal | null = null): Promise<Response> =>
  fetch(`${at.world.relay.url}/v1/chunks/some`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body,
    signal,
  });

/** What came, in order: the bytes, or the status in their place. */
async function ask(chunks: readonly Hash[], where = at.area): Promise<(Uint8Array | number)[]> {
  const answer = await post(JSON.stringify({ area: where, chunks }));
  if (answer.status !== 200) return [answer.status];
  const body = Buffer.from(await answer.arrayBuffer());
  const found: (Uint8Array | number)[] = [];
  for (let from = 0; from < body.length;) {
    expect(body.toString('hex', from, from + 32)).toBe(chunks[found.length]);
    const word = body.readUInt32BE(from + 32);
    from += BATCH.head;
    found.push(word < NOT_GIVEN ? new Uint8Array(body.subarray(from, from + word)) : word - NOT_GIVEN);
    if (word < NOT_GIVEN) from += word;
  }
  return found;
}

test('several come in one answer, in the order asked, each judged by itself', async () => {
  const [one, other, large, awaited, lost] = [some(300), some(70_000), some(600 * KiB), some(40), some(50)];
  const names = [
    await sendHere(one),
    await sendHere(other),
    await sendHere(large),
    await referHere(awaited),
    await sendHere(lost),
  ];
  rmSync(fileOf(names[4]!));
  const stranger = someHash();
  expect(await ask([...names, stranger])).toEqual([one, other, 413, 404, 404, 403]);
});

test('one that this disk spoiled is found at the second asking, and counts as not here', async () => {
  const bytes = some(5000);
  const [chunk, good] = [await sendHere(bytes), await sendHere(some(10))];
  writeFileSync(
    fileOf(chunk),
    readFileSync(fileOf(chunk)).map((byte, i) => (i === 9 ? byte ^ 1 : byte)),
  );
  expect((await ask([chunk]))[0]).not.toEqual(bytes);
  expect(await ask([chunk, good])).toEqual([404, expect.any(Uint8Array)]);
});

test('they stay in their area, and are given to who may read it only', async () => {
  const chunk = await sendHere(some(100));
  const elsewhere = await ownArea(at.link, at.world.officer);
  expect(await ask([chunk], elsewhere)).toEqual([403]);
  expect(await ask([chunk], newArea())).toEqual([403]);
  const theirs = await intake(at.world.prosecutor); // sent to, and not read
  const sent = await sendHere(some(200), theirs);
  expect(await ask([sent], theirs)).toEqual([403]);
  const foreign = await connect(at.world.relay.url, at.world.prosecutor);
  expect((await post(JSON.stringify({ area: at.area, chunks: [chunk] }), foreign.welcome.token)).status).toBe(403);
  await foreign.close();
  expect((await post(JSON.stringify({ area: at.area, chunks: [chunk] }), 'no token')).status).toBe(401);
});

test('an answer holds no more than its limit, and the rest is asked for again', async () => {
  const chunks = await sendMany(10);
  const given = await ask(chunks);
  expect(given.length).toBe(7); // the eighth and its head go beyond 4 MiB
  expect(await ask(chunks.slice(given.length))).toHaveLength(3);
  const often = await ask(Array.from({ length: BATCH.chunks }, () => chunks[0]!)); // one name again and again
  expect(often.reduce<number>((sum, one) => sum + (one as Uint8Array).length, 0)).toBeLessThanOrEqual(4 * MiB);
});

test('who goes away in the middle again and again holds up nobody', async () => {
  const chunks = await sendMany(7);
  for (let times = 0; times < 20; times++) {
    const away = new AbortController();
    const answer = await post(JSON.stringify({ area: at.area, chunks }), undefined, away.signal).catch(() => null);
    away.abort();
    await answer?.body?.cancel().catch(() => undefined);
  }
  await expect.poll(async () => (await ask(chunks)).length, { timeout: 10_000 }).toBe(7);
});

test('what is no such question is refused in a word', async () => {
  const hash = fc.constantFrom(someHash(), 'x', '../../etc', '');
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.constant(JSON.stringify({ area: at.area, chunks: [] })),
    fc.constant(JSON.stringify({ area: at.area, chunks: Array.from({ length: BATCH.chunks + 1 }, someHash) })),
    fc
      .record({ area: fc.constantFrom(at.area, '', 7), chunks: fc.array(hash, { maxLength: 200 }) })
      .map((one) => JSON.stringify(one)),
  );
  await fc.assert(
    fc.asyncProperty(body, async (text) => {
      const answer = await post(text);
      expect([200, 400, 403]).toContain(answer.status);
      await answer.arrayBuffer();
    }),
    { numRuns: 100 },
  );
});
