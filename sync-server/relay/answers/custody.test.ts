/**
 * The relay's word that it holds something: signed by its key over just what was asked, never for a chunk that is not whole
 * here, and never to who may not see whether it is.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import { chunkList, verifyCustody } from '../../../shared/seal/custody.ts';
import { relayInfo } from '../../../shared/wire/http.ts';
import { nodePlatform as platform } from '../../common/node.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld, ownArea } from '../testing/world.fixture.ts';

let world: World;
let officer: TestLink;
let prosecutor: TestLink;
let area: AreaId;
beforeAll(async () => {
  world = await makeWorld();
  officer = await connect(world.relay.url, world.officer);
  prosecutor = await connect(world.relay.url, world.prosecutor);
  area = await ownArea(officer, world.officer);
});
afterAll(async () => {
  await Promise.all([officer.close(), prosecutor.close()]);
  await world.end();
});

async function refer(bytes: Uint8Array): Promise<Hash> {
  const chunk = chunkName(bytes);
  await officer.ask('refer', { area, tag: chunk, chunks: [chunk], from: null });
  return chunk;
}
async function send(size: number): Promise<Hash> {
  const bytes = new Uint8Array(randomBytes(size));
  const chunk = await refer(bytes);
  expect((await officer.put(area, bytes)).status).toBe(200);
  return chunk;
}

test('it signs for lists of chunks that it holds whole', async () => {
  const lists = [[await send(1000), await send(2000)], [await send(10)]];
  const answer = await officer.ask('custody', { area, lists });
  if (answer.t !== 'custody') throw new Error(`answered ${answer.t}`);
  const { time, signature } = answer;
  const info = relayInfo.parse(await (await fetch(`${world.relay.url}/v1/relay`)).json());
  const key = await importVerifyKey(platform, Buffer.from(info.relayKey, 'base64url'));
  const hashes = await Promise.all(lists.map((list) => chunkList(platform, list)));
  const said = { area, time, lists: hashes };
  expect(await verifyCustody(platform, key, said, signature)).toBe(true);
  for (const other of [
    { ...said, time: said.time + 1 },
    { ...said, lists: hashes.toReversed() },
  ])
    expect(await verifyCustody(platform, key, other, signature)).toBe(false);
});

test('it signs for nothing that is not whole, and not for who may not see the area', async () => {
  const whole = await send(1000);
  const missing = await refer(new Uint8Array(randomBytes(500)));
  expect(await officer.ask('custody', { area, lists: [[whole, missing]] })).toMatchObject({ cause: 'not here' });
  expect(await prosecutor.ask('custody', { area, lists: [[whole]] })).toMatchObject({ cause: 'no right' });
});
