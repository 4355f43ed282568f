import { expect, test } from 'vitest';
import { nodePlatform as platform } from '../../../sync-server/common/node.ts';
import type { AreaId, Hash } from '../../primitives/ids.ts';
import { generateSigningKeys } from '../../primitives/platform.ts';
import type { Checkpoint } from './checkpoint.ts';
import {
  compareWords,
  hashCheckpoint,
  hashLeaf,
  hashLeaves,
  readCheckpoint,
  readWord,
  signCheckpoint,
  writeWord,
} from './checkpoint.ts';

const hash = (digit: string): Hash => digit.repeat(64) as Hash;
const said: Checkpoint = {
  n: 3,
  generation: 1,
  time: 1_800_000_000_000,
  before: hash('a'),
  leaves: hash('b'),
  acts: 2,
  act: hash('c'),
};

test('a word is read back as it was signed, by its key alone; every byte of it counts', async () => {
  const keys = await generateSigningKeys(platform);
  const other = await generateSigningKeys(platform);
  const signed = await signCheckpoint(platform, keys.privateKey, said);
  const word = readWord(writeWord(signed));
  if (word === null) throw new Error('no word');
  expect(await readCheckpoint(platform, keys.publicKey, word)).toEqual({ ok: true, value: said });
  expect(await readCheckpoint(platform, other.publicKey, word)).toMatchObject({ ok: false, cause: 'bad signature' });
  for (let i = 0; i < word.body.length; i++) {
    const body = Uint8Array.from(word.body);
    body[i] = (body[i] ?? 0) ^ 1;
    expect((await readCheckpoint(platform, keys.publicKey, { ...word, body })).ok).toBe(false);
  }
  for (const text of ['', 'joinder-checkpoint-1', 'joinder-checkpoint-2.a.b', `${writeWord(signed)}.x`])
    expect(readWord(text)).toBeNull();
});

test('the order in which areas moved does not show; any other place does', async () => {
  const area = (n: number): AreaId => String(n).padStart(32, '0') as AreaId;
  const leaves = await Promise.all([1, 2, 3].map((n) => hashLeaf(platform, area(n), n, hash('d'))));
  expect(await hashLeaves(platform, leaves)).toBe(await hashLeaves(platform, leaves.toReversed()));
  expect(await hashLeaves(platform, leaves.slice(1))).not.toBe(await hashLeaves(platform, leaves));
  expect(await hashLeaf(platform, area(1), 2, hash('d'))).not.toBe(leaves[0]);
});

test('two words are the same, in line, or proof of two histories', async () => {
  const named = (change: Partial<Checkpoint>, its: Hash) => ({ ...said, ...change, hash: its });
  const one = named({}, hash('1'));
  expect(compareWords(one, named({}, hash('1')))).toBe('same');
  expect(compareWords(one, named({}, hash('2')))).toBe('fork');
  expect(compareWords(one, named({ n: 4, before: hash('1') }, hash('3')))).toBe('in line');
  expect(compareWords(named({ n: 4, before: hash('2') }, hash('3')), one)).toBe('fork');
  expect(compareWords(one, named({ n: 9, acts: 1 }, hash('4')))).toBe('fork');
  expect(compareWords(one, named({ generation: 2 }, hash('5')))).toBe('in line');
  expect(await hashCheckpoint(platform, new Uint8Array([1]))).not.toBe(
    await hashCheckpoint(platform, new Uint8Array([2])),
  );
});
