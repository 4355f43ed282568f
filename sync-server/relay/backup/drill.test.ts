/**
 * The drill: a copy made while a relay is written to, the relay killed, its folder lost, the copy put back, the relay
 * started; and what must be refused on the way. What clients do then is played in test/simulation.
 */
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { runHere } from '../testing/commandLine.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import { dropFolder, makeFolder } from '../testing/process.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld, ownArea } from '../testing/world.fixture.ts';

let world: World;
let data: string;
let copies: string;
let link: TestLink;
let area: AreaId;
beforeEach(async () => {
  world = await makeWorld();
  data = world.relay.data;
  copies = makeFolder();
  link = await connect(world.relay.url, world.officer);
  area = await ownArea(link, world.officer);
}, 60_000);
afterEach(async () => {
  await world.end();
  dropFolder(copies);
});

const create = async (...more: string[]) =>
  (await runHere('backup', 'create', '--to', copies, '--data', data, '--json', ...more)).json<{
    name: string;
    chunks: number;
    copied: number;
    removed: string[];
  }>();
const verify = (...more: string[]) => runHere('backup', 'verify', '--from', copies, ...more);
async function putChunk(content: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(content);
  await link.ask('refer', { area, tag: chunkName(bytes), chunks: [chunkName(bytes)], from: null });
  expect((await link.put(area, bytes)).status).toBe(200);
  return bytes;
}
const chunkFiles = (folder: string): string[] => globSync('chunks/*/*', { cwd: folder });

test('what was copied on line comes back whole, under a new generation, and is served', async () => {
  const first = await putChunk('one');
  const writing = (async () => {
    for (let i = 0; i < 40; i++)
      expect((await link.append(await world.officer.edit(area, `line ${i}`))).t).toBe('appended');
  })();
  const [{ name, copied }] = await Promise.all([create(), writing]);
  expect(copied).toBe(1);
  await putChunk('two');
  await link.append(await world.officer.edit(area, 'after the copy'));
  const safe = path.join(copies, 'relay.key');
  writeFileSync(safe, readFileSync(path.join(data, 'relay.key')));
  expect(await verify().then(({ code, out }) => [code, out])).toEqual([0, expect.stringContaining('It would do.')]);

  await world.relay.kill();
  rmSync(data, { recursive: true });
  const without = await runHere('backup', 'restore', '--from', copies, '--data', data);
  expect([without.code, without.err, existsSync(data)]).toEqual([
    1,
    expect.stringContaining('holds no relay.key'),
    false,
  ]);
  const wrong = path.join(copies, 'another.key');
  writeFileSync(wrong, 'a card, by mistake');
  const other = await runHere('backup', 'restore', '--from', copies, '--key', wrong, '--data', data);
  expect([other.code, other.err, existsSync(data)]).toEqual([1, expect.stringContaining('Nothing was made.'), false]);
  // Cut off in the middle: it is not served like that, and goes on when it is said again.
  mkdirSync(path.join(data, 'chunks'), { recursive: true });
  for (const file of ['restore.unfinished', 'relay.sqlite', 'relay.sqlite-wal'])
    writeFileSync(path.join(data, file), 'half');
  expect((await runHere('serve', '--data', data)).err).toContain('Run the same relay backup restore again');
  const back = await runHere('backup', 'restore', '--from', copies, '--key', safe, '--data', data, '--json');
  expect(back.json()).toMatchObject({ missingChunks: 0, copy: name });
  expect(statSync(path.join(data, 'relay.key')).mode & 0o077).toBe(0);
  const twice = await runHere('backup', 'restore', '--from', copies, '--key', safe, '--data', data);
  expect([twice.code, twice.err]).toEqual([1, expect.stringContaining('not empty')]);

  await world.restart('kill');
  const again = await connect(world.relay.url, world.officer);
  expect(again.challenge.relayKey).toEqual(link.challenge.relayKey);
  expect(again.welcome.areas[0]?.generation).toBe(back.json()['generation']);
  expect(await (await again.get(area, chunkName(first))).text()).toBe('one');
  expect((await again.get(area, chunkName(new TextEncoder().encode('two')))).status).not.toBe(200);
  expect((await runHere('audit', 'verify', '--data', data)).code).toBe(0);
  await again.close();
});

test('only what is new is copied; old copies go, with the chunks that they alone name', async () => {
  await putChunk('one');
  const first = await create();
  await putChunk('two');
  const second = await create();
  expect([first.copied, second.copied, second.chunks]).toEqual([1, 1, 2]);
  const db = (await import('../store/schema.ts')).openDatabase(data);
  db.exec(`DELETE FROM chunks WHERE chunk = '${chunkName(new TextEncoder().encode('one'))}'`); // as when it was withdrawn
  db.close();
  writeFileSync(path.join(data, 'relay.toml'), '[backup]\nkeep = 1\n');
  const third = await create();
  expect(third.removed).toEqual([first.name, second.name]);
  expect(chunkFiles(copies).map((file) => path.basename(file))).toEqual([chunkName(new TextEncoder().encode('two'))]);
  expect((await verify()).code).toBe(0);
});

test('a copy that was cut off does not count, and the next sweeps it away', async () => {
  const { name } = await create();
  renameSync(path.join(copies, 'copies', name), path.join(copies, 'copies', `draft ${name}`));
  expect((await verify()).err).toContain('There is no whole copy');
  const next = await create();
  expect((await runHere('backup', 'list', '--from', copies)).out).toBe(`${next.name}\n`);
  expect(existsSync(path.join(copies, 'copies', `draft ${name}`))).toBe(false);
});

test('a chunk that the disk spoilt is not copied, and one that it spoilt in the copy is found and left out', async () => {
  const bytes = await putChunk('one');
  await putChunk('two');
  const { name } = await create('--config', withKey());
  const file = path.join(copies, 'chunks', chunkName(bytes).slice(0, 2), chunkName(bytes));
  writeFileSync(file, 'eno');
  expect((await verify('--quick')).code).toBe(0);
  expect(await verify().then(({ code, out }) => [code, out])).toEqual([
    3,
    expect.stringContaining('is not what it was'),
  ]);
  truncateSync(file, 1);
  expect((await verify('--quick')).out).toContain('is cut short');
  rmSync(file);
  writeFileSync(path.join(data, 'chunks', chunkName(bytes).slice(0, 2), chunkName(bytes)), 'eno');
  expect(await create('--config', withKey())).toMatchObject({ chunks: 1, left: 1 });

  await world.relay.kill();
  rmSync(data, { recursive: true });
  const back = await runHere('backup', 'restore', '--from', copies, '--copy', name, '--data', data, '--json');
  expect(back.json()).toMatchObject({ missingChunks: 1 });
  writeFileSync(path.join(copies, 'copies', name, 'relay.sqlite'), 'x');
  expect((await verify('--copy', name)).out).toContain('Its database is not the one that was copied');
  const damaged = await runHere('backup', 'restore', '--from', copies, '--copy', name, '--data', path.join(data, 'x'));
  expect(damaged.err).toContain('Take another');
});
function withKey(): string {
  const file = path.join(copies, 'settings.toml');
  writeFileSync(file, '[backup]\nwith-key = true\n');
  return file;
}

test('copies are never put within the data folder', async () => {
  const said = await runHere('backup', 'create', '--to', path.join(data, 'copies'), '--data', data);
  expect([said.code, said.err]).toEqual([1, expect.stringContaining('Put it on another disk')]);
});
