/** "Why is it stuck?": each cause, met by a real relay and real links, is the one that `status` names. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { runHere } from '../testing/commandLine.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { intake, makeWorld } from '../testing/world.fixture.ts';
import type { Stuck } from './stuck.ts';

let world: World;
let link: TestLink;
let area: AreaId;
beforeEach(async () => {
  world = await makeWorld();
  link = await connect(world.relay.url, world.officer);
  area = await intake(world.prosecutor);
}, 60_000);
afterEach(() => world.end());

/** The relay looks once a second whether commands have decided something; a busy machine takes longer. */
const LONG = { timeout: 15_000 };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const status = () => runHere('status', '--data', world.relay.data, '--json');
const stuck = async (): Promise<Stuck[]> => (await status()).json<{ stuck: Stuck[] }>().stuck;
const words = async (): Promise<string> => (await runHere('status', '--data', world.relay.data)).out;

/** A package in the prosecutor's intake with these chunks; boxed to them, or not. */
async function post(boxed: boolean, ...chunks: Uint8Array[]): Promise<Hash> {
  const letter = await world.officer.letter(area, 'package', 'secret words');
  const box = { subject: letter.hash, to: world.prosecutor.seat, generation: 1, sealed: new Uint8Array(97) };
  expect((await link.append(letter, boxed ? [box] : [])).t).toBe('appended');
  await link.ask('refer', { area, tag: letter.hash, chunks: chunks.map(chunkName), from: null });
  return letter.hash;
}

test('the sender sends nothing; is not connected since; and is under way', async () => {
  const [one, two] = [bytesOf('one'), bytesOf('two, and longer')];
  const entry = await post(true, one, two);
  await link.put(area, one);
  const said = await stuck();
  expect(said).toMatchObject([
    {
      entry,
      area,
      from: world.officer.org,
      to: world.prosecutor.org,
      chunks: 2,
      wholeChunks: 1,
      wholeBytes: 3,
      since: null,
    },
  ]);
  expect(said[0]?.cause).toBe('waiting for the sender');
  const cut = await fetch(`${world.relay.url}/v1/chunks/${chunkName(two)}?area=${area}&size=${two.length}&from=0`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${link.welcome.token}`, 'content-type': 'application/octet-stream' },
    body: two.slice(0, 5),
  });
  expect(await cut.json()).toMatchObject({ held: 5, whole: false });
  expect((await stuck())[0]?.cause).toBe('under way');
  const { rmSync } = await import('node:fs');
  rmSync(`${world.relay.data}/partial/${chunkName(two)}.${world.officer.org}.${area}`);
  const gone = Date.now();
  await link.close();
  for (;;) {
    const [first] = await stuck();
    if (first?.cause !== 'sender not connected') continue; // the relay has not noticed yet
    expect(Math.abs((first.since ?? 0) - gone)).toBeLessThan(60_000);
    break;
  }
  expect(await words()).toMatch(/1 of 2 chunks, 3 B\n {2}the sending computer is not connected: .* \(last here 2/);
});

test('whole and waiting: for a seat, then for the receiver, then not at all', async () => {
  const one = bytesOf('one');
  const unboxed = await post(false, one);
  await link.put(area, one);
  expect((await stuck()).map(({ entry, cause }) => [entry, cause])).toEqual([[unboxed, 'waiting for a seat']]);
  const box = { subject: unboxed, to: world.prosecutor.seat, generation: 1, sealed: new Uint8Array(97) };
  await link.ask('add boxes', { area, boxes: [box] });
  expect((await stuck())[0]?.cause).toBe('waiting for the receiver');
  const receiver = await connect(world.relay.url, world.prosecutor);
  await (await receiver.get(area, chunkName(one))).arrayBuffer();
  await receiver.close();
  await expect.poll(stuck, LONG).toEqual([]);
  expect(await words()).toContain('Nothing is stuck.');
});

test('a letter without chunks that nobody can open is named too', async () => {
  const entry = await post(false);
  expect(await stuck()).toMatchObject([{ entry, chunks: 0, cause: 'waiting for a seat' }]);
});

test('over the quota; refused, with the word; each goes once it is mended', async () => {
  const one = bytesOf('x'.repeat(3000));
  const entry = await post(true, one);
  const why = async () => (await stuck()).find((said) => said.entry === entry);
  await runHere('quota', 'set', world.officer.org, '2KiB', '--data', world.relay.data);
  await expect
    .poll(async () => link.append(await world.officer.letter(area, 'event', 'x'.repeat(3000))), LONG)
    .toMatchObject({ cause: 'quota' });
  expect((await link.put(area, one)).status).toBe(413);
  expect(await why()).toMatchObject({ cause: 'quota' });
  await runHere('quota', 'set', world.officer.org, 'default', '--data', world.relay.data);
  const other = bytesOf('y'.repeat(3000));
  await expect.poll(async () => (await link.put(area, other, 0, chunkName(one))).status, LONG).toBe(422);
  expect(await why()).toMatchObject({ cause: 'refused', refused: 'hash differs' });
  expect(await words()).toContain('refused (hash differs)');
  expect((await link.put(area, one)).status).toBe(200);
  expect((await why())?.cause).toBe('waiting for the receiver');
});

test('says who is there and how much, by ids and sizes; nothing that a person wrote', async () => {
  await post(true, bytesOf('one'));
  const said = (await status()).json<{ organisations: object[]; running: { lag: number }; free: number }>();
  expect(said.organisations).toContainEqual(
    expect.objectContaining({ org: world.officer.org, devices: 1, linked: 1, authorityLinked: false }),
  );
  expect(said.free).toBeGreaterThan(0);
  expect(said.running.lag).toBeGreaterThanOrEqual(0);
  const all = JSON.stringify(said) + (await words()) + world.relay.log();
  expect(all).not.toMatch(/secret words|Police|Prosecution|A\. Person|Officer|laptop/);
  expect(all).not.toContain(createHash('sha256').update('one').digest('hex'));
});
