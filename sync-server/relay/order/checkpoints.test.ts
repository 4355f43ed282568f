/** Checkpoints of a real relay: what is accepted is covered, what was changed afterwards is found, also by who has its key. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import { readCheckpoint } from '../../../shared/seal/area/checkpoint.ts';
import { nodePlatform } from '../../common/node.ts';
import { openDatabase } from '../store/schema.ts';
import { runHere } from '../testing/commandLine.fixture.ts';
import { connect } from '../testing/link.fixture.ts';
import { makeFolder } from '../testing/process.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld, ownArea } from '../testing/world.fixture.ts';

let world: World;
let folder: string;
beforeEach(async () => {
  folder = makeFolder();
  world = await makeWorld();
}, 60_000);
afterEach(async () => {
  await world.end();
  rmSync(folder, { recursive: true });
});

/** Some entries, then an end in order, which makes a checkpoint; the word that somebody kept. */
async function work(text: string): Promise<string> {
  const link = await connect(world.relay.url, world.officer);
  const area = await ownArea(link, world.officer);
  await link.append(await world.officer.edit(area, text));
  await link.close();
  await world.restart('stop');
  const word = await (await fetch(`${world.relay.url}/v1/checkpoint`)).text();
  const file = path.join(folder, `${text}.txt`);
  writeFileSync(file, word);
  return file;
}
const verify = (...files: string[]) =>
  runHere('audit', 'verify', '--data', world.relay.data, ...(files.length > 0 ? ['--against', ...files] : []));

test('the word is fetched from outside, kept, and found again among the records', async () => {
  expect((await fetch(`${world.relay.url}/v1/checkpoint`)).status).toBe(404);
  const files = [await work('one'), await work('two')];
  expect((await runHere('audit', 'checkpoint', '--data', world.relay.data)).out).toContain('joinder-checkpoint-1.');
  expect((await verify(...files)).out).toContain('Everything holds.');
  const { relayKey } = (await (await fetch(`${world.relay.url}/v1/relay`)).json()) as { relayKey: string };
  const said = await runHere('audit', 'compare', ...files, '--key', relayKey);
  expect([said.code, said.out]).toEqual([0, expect.stringContaining('2 words')]);
  const other = path.join(folder, 'other.txt');
  writeFileSync(other, 'joinder-checkpoint-1.AAAA.AAAA\n');
  const strange = await verify(other);
  expect(strange.out).toContain('it was not signed by this relay’s key');
  // What somebody else's file holds is no reason to put a copy back.
  expect([strange.code, strange.out]).toEqual([3, expect.stringContaining('The records themselves hold.')]);
  expect(strange.out).not.toContain('restore from a copy');
});

test('a computer is given the words after one that it holds, or the newest alone', async () => {
  await work('one');
  await work('two');
  await work('three');
  const link = await connect(world.relay.url, world.officer);
  expect(link.welcome.words).toBe(true);
  const asked = async (after: number | null): Promise<readonly (number | undefined)[]> => {
    const answer = await link.ask('words', { after });
    if (answer.t !== 'words') throw new Error(`answered ${answer.t}`);
    const key = await importVerifyKey(nodePlatform, link.challenge.relayKey);
    const read = await Promise.all(answer.words.map((one) => readCheckpoint(nodePlatform, key, one)));
    return read.map((one) => (one.ok ? one.value.n : undefined));
  };
  expect(await asked(null)).toEqual([3]);
  expect(await asked(1)).toEqual([2, 3]);
  expect(await asked(3)).toEqual([]);
});

test('what is changed in the records afterwards is found', async () => {
  await work('one');
  await work('two');
  const db = openDatabase(world.relay.data);
  const { verifyStore } = await import('../backup/verifyStore.ts');
  const tampered: [string, RegExp][] = [
    ['DELETE FROM covered WHERE checkpoint = 1', /Checkpoint 1 does not cover what it said/],
    ['DELETE FROM checkpoints WHERE n = 1', /Checkpoint 1 is missing/],
    ['UPDATE checkpoints SET body = zeroblob(20) WHERE n = 2', /Checkpoint 2 is not as it was signed/],
    ['UPDATE covered SET n = n + 1 WHERE checkpoint = 2', /Checkpoint 2 does not cover/],
    // A whole area taken out, with everything that would show it in its own order.
    [
      'DELETE FROM log WHERE area = (SELECT min(row) FROM areas); DELETE FROM areas WHERE row = (SELECT min(row) FROM areas)',
      /Checkpoint 1 covers place 3 of area .* another or none stands there/,
    ],
  ];
  for (const [change, words] of tampered) {
    db.exec(`BEGIN; ${change}`);
    expect((await verifyStore(nodePlatform, db)).faults.join('\n')).toMatch(words);
    db.exec('ROLLBACK');
  }
  db.close();
});

test('a relay that tells another history under its own key is caught by a word that somebody kept', async () => {
  await work('one');
  await world.relay.stop();
  const aside = path.join(folder, 'aside');
  cpSync(world.relay.data, aside, { recursive: true });
  await world.restart('kill');
  const kept = await work('two');
  await world.relay.stop();
  // The data folder of before, served on: another second entry, and a checkpoint of its own, all of it in order.
  rmSync(world.relay.data, { recursive: true });
  cpSync(aside, world.relay.data, { recursive: true });
  await world.restart('kill');
  const told = await work('another');
  expect((await verify()).out).toContain('Everything holds.');
  const said = await verify(kept);
  expect([said.code, said.out]).toEqual([
    3,
    expect.stringContaining('it has told two histories, and this word is the proof'),
  ]);
  const { relayKey } = (await (await fetch(`${world.relay.url}/v1/relay`)).json()) as { relayKey: string };
  const compared = await runHere('audit', 'compare', kept, told, '--key', relayKey);
  expect([compared.code, compared.out]).toEqual([3, expect.stringContaining('cannot both be')]);
});
