/**
 * Small chunks in one request whose package is withdrawn while they are written: none of them stays at the relay, on its
 * disk or in what counts, whichever of the two came first.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { fromHex } from '../../../shared/primitives/bytes.ts';
import { KiB } from '../../../shared/primitives/units.ts';
import { batchAnswer } from '../../../shared/wire/http.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { intake, makeWorld } from '../testing/world.fixture.ts';

const QUOTA = 4096 * KiB;
const FILES = 120;
const ROUNDS = 5;

let world: World;
let officer: TestLink;
let area: AreaId;
beforeAll(async () => {
  world = await makeWorld('--quota', `${QUOTA}`);
  officer = await connect(world.relay.url, world.officer);
  area = await intake(world.prosecutor);
});
afterAll(async () => {
  await officer.close();
  await world.end();
});

const fileOf = (chunk: Hash): string => path.join(world.relay.data, 'chunks', chunk.slice(0, 2), chunk);
const underWay = (): string[] => readdirSync(path.join(world.relay.data, 'partial'));

async function release(files: readonly Uint8Array[]): Promise<Hash> {
  const letter = await world.officer.letter(area, 'package', 'to be taken back');
  await officer.append(letter, [
    { subject: letter.hash, to: world.prosecutor.seat, generation: 1, sealed: new Uint8Array(randomBytes(120)) },
  ]);
  await officer.ask('refer', { area, tag: letter.hash, chunks: files.map(chunkName), from: null });
  return letter.hash;
}

async function putAll(files: readonly Uint8Array[]): Promise<number[]> {
  const parts = files.map((bytes) => {
    const head = Buffer.alloc(36);
    head.set(fromHex(chunkName(bytes)));
    head.writeUInt32BE(bytes.length, 32);
    return Buffer.concat([head, bytes]);
  });
  const answer = await fetch(`${officer.url}/v1/chunks?area=${area}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${officer.welcome.token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(Buffer.concat(parts)),
  });
  return batchAnswer.parse(await answer.json()).outcomes.map(({ status }) => status);
}

test('what is withdrawn while it is written is kept nowhere, and counts for nothing', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const files = Array.from({ length: FILES }, () => new Uint8Array(randomBytes(20 * KiB)));
    const entry = await release(files);
    const sent = { over: false };
    const sending = putAll(files).finally(() => (sent.over = true));
    while (!sent.over && underWay().length === 0) await new Promise((again) => setImmediate(again));
    expect((await officer.ask('withdraw', { area, entry })).t).toBe('done');
    const statuses = await sending;
    expect(statuses).toHaveLength(FILES);
    for (const status of statuses) expect([200, 410]).toContain(status);
    expect(files.map(chunkName).filter((chunk) => existsSync(fileOf(chunk)))).toEqual([]);
    expect(underWay()).toEqual([]);
  }
  // Five times 2.3 MiB, and yet there is room for all but a little of what may be there.
  const files = Array.from({ length: 7 }, () => new Uint8Array(randomBytes(500 * KiB)));
  await release(files);
  expect(await putAll(files)).toEqual(files.map(() => 200));
});
