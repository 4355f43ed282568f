/** How much the late lane takes of one computer: what is brought again takes no more room, and what is over takes none. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAY, KiB, MiB } from '../../../shared/primitives/units.ts';
import { encodeLate } from '../../../shared/wire/late.ts';
import { connect } from '../testing/link.fixture.ts';
import { dropFolder, makeFolder } from '../testing/process.fixture.ts';
import type { Member, World } from '../testing/world.fixture.ts';
import { makeWorldIn, ownArea } from '../testing/world.fixture.ts';

let world: World;
let data: string;
let gone: Member;
beforeAll(async () => {
  data = makeFolder();
  world = await makeWorldIn(data);
  gone = world.officer;
}, 60_000);
afterAll(async () => {
  await world.end();
  dropFolder(data);
});

async function bring(entries: readonly Uint8Array[]): Promise<number> {
  const body = new Uint8Array(encodeLate({ org: gone.org, device: gone.device, entries: [...entries] }));
  return (await fetch(`${world.relay.url}/v1/late`, { method: 'POST', body })).status;
}

test('past 64 MiB it says that it is full; what is there may come again; after 30 days there is room', async () => {
  const link = await connect(world.relay.url, gone);
  const area = await ownArea(link, gone);
  await link.close();
  await world.police.revoke(gone.device);
  await world.publish();
  const write = (): Promise<Uint8Array> => gone.edit(area, 'x'.repeat(1020 * KiB)).then(({ entry }) => entry);
  const [first, second] = [await write(), await write()];
  expect(await bring([first])).toBe(200);
  const db = new DatabaseSync(path.join(data, 'relay.sqlite'), { timeout: 10_000 });
  db.prepare('INSERT INTO late SELECT ?, area, org, device, zeroblob(?), at FROM late').run('the rest', 62 * MiB);
  expect(await bring([second, await write()])).toBe(413);
  expect(await bring([second])).toBe(200);
  expect(await bring([first, second])).toBe(200);
  expect(await bring([first, await write()])).toBe(413);

  db.prepare('UPDATE late SET at = at - ?').run(31 * DAY);
  expect(await bring([await write(), await write()])).toBe(200);
  expect(db.prepare('SELECT count(*) AS n FROM late').get()?.['n'], 'and what is over is gone').toBe(2);
  db.close();
}, 60_000);
