/**
 * The relay's words as a computer follows and compares them: what is in line is kept, what cannot both be is told with both
 * signatures, and what anybody else could have made is passed over.
 */
import { beforeEach, expect, it } from 'vitest';
import { nodePlatform as platform } from '../../../sync-server/common/node.ts';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { Key } from '../../../shared/primitives/platform.ts';
import { generateSigningKeys } from '../../../shared/primitives/platform.ts';
import type { Checkpoint, SignedCheckpoint } from '../../../shared/seal/area/checkpoint.ts';
import {
  compareWords,
  encodeMore,
  hashCheckpoint,
  readCheckpoint,
  readWord,
  signCheckpoint,
} from '../../../shared/seal/area/checkpoint.ts';
import type { Records } from '../store/records.ts';
import { openKeptWords } from './keptWords.ts';
import { RelayWords } from './relayWords.ts';

const LEAVES = 'ab'.repeat(32) as Hash;
const OTHER = 'cd'.repeat(32) as Hash;
const MANY = 5;

let sign: Key;
let verifyKey: Key;
let rows: Map<string, unknown>;
let shown: SignedCheckpoint[];
let generation: number;
let told: string[];

const records = (): Records => ({
  get: async (key) => rows.get(key),
  put: async (key, value) => void rows.set(key, value),
  drop: async (key) => void rows.delete(key),
  dropAll: async () => {},
  dropWhere: async (prefixes, is) => {
    for (const key of rows.keys()) if (prefixes.some((prefix) => key.startsWith(prefix)) && is(key)) rows.delete(key);
  },
  list: async (prefix) => [...rows].flatMap(([key, value]) => (key.startsWith(prefix) ? [{ key, value }] : [])),
});

/** A computer that is shown `shown`. */
async function open(): Promise<RelayWords> {
  const words = new RelayWords({
    platform,
    relayKey: verifyKey,
    records: records(),
    log: () => ({ generation }),
    alarms: { relayWords: (what) => void told.push(what) },
    link: () => ({
      open: true,
      ask: (async ({ after }: { after: number | null }) => ({
        t: 'words',
        q: 1,
        words: after === null ? shown.slice(-1) : shown.slice(after, after + 2),
      })) as never,
    }),
  });
  await words.load();
  return words;
}
const welcome = (words: RelayWords): Promise<void> => words.welcomed({ words: true } as never);

/** Words 1 to `count`, each bound to the one before it. */
async function chain(
  count: number,
  leaves = LEAVES,
  from: readonly SignedCheckpoint[] = [],
): Promise<SignedCheckpoint[]> {
  const made = [...from];
  for (let n = made.length + 1; n <= count; n++) {
    const last = made.at(-1);
    const before = last ? await hashCheckpoint(platform, last.body) : null;
    made.push(await word({ n, before, leaves }));
  }
  return made;
}
const word = (said: Partial<Checkpoint>): Promise<SignedCheckpoint> =>
  signCheckpoint(platform, sign, {
    n: 1,
    generation,
    time: 1_000_000 * (said.n ?? 1),
    before: null,
    leaves: LEAVES,
    acts: 0,
    act: null,
    ...said,
  });

beforeEach(async () => {
  const keys = await generateSigningKeys(platform);
  sign = keys.privateKey;
  verifyKey = keys.publicKey;
  [rows, told, generation] = [new Map(), [], 1];
  shown = await chain(MANY);
});

it('begins with the newest, follows page by page, and goes on from it after a restart', async () => {
  const words = await open();
  await welcome(words);
  expect(words.standing?.n).toBe(MANY);
  shown = await chain(MANY * 3, LEAVES, shown);
  const again = await open();
  expect(again.standing?.n).toBe(MANY);
  await welcome(again);
  expect(again.standing?.n).toBe(MANY * 3);
  expect(told).toEqual([]);
});

it('asks a relay of before for nothing', async () => {
  const words = await open();
  await words.welcomed({} as never);
  words.look();
  expect(words.standing).toBeNull();
});

it.each([
  ['at the newest that is held', MANY - 1, MANY + 2],
  ['there, with nothing after it', MANY - 1, MANY],
  ['after it', MANY, MANY + 2],
])('tells of another history %s, takes nothing of it, and keeps both words', async (_, common, end) => {
  const words = await open();
  await welcome(words);
  const other = await chain(end, OTHER, shown.slice(0, common));
  // A word that is bound to another history than the one before it.
  shown = common === MANY ? [...shown, ...(await chain(MANY + 1, OTHER)).slice(-1)] : other;
  await welcome(words);
  expect(told).toEqual(['forked']);
  expect(words.standing?.n).toBe(MANY);
  const lines = await openKeptWords(records()).lines();
  const read = await Promise.all(
    lines.slice(-2).map(async (line) => {
      const signed = readWord(line) as SignedCheckpoint;
      const said = await readCheckpoint(platform, verifyKey, signed);
      if (!said.ok) throw new Error(said.cause);
      return { ...said.value, hash: await hashCheckpoint(platform, signed.body) };
    }),
  );
  expect(compareWords(read[0] as never, read[1] as never)).toBe('fork');
});

it('tells where the relay has fewer words than it had shown', async () => {
  const words = await open();
  await welcome(words);
  shown = shown.slice(0, 2);
  await welcome(words);
  expect(told).toEqual(['gone back']);
});

it('begins anew with a relay that was put back, by its signed generation alone', async () => {
  const words = await open();
  await welcome(words);
  generation = 2;
  shown = await chain(MANY - 1, LEAVES, shown.slice(0, 2));
  await welcome(words);
  expect(words.standing?.n).toBe(MANY - 1);
  expect(told).toEqual([]);
});

it.each([
  ['the newest', MANY],
  ['one further on, when it comes to it', MANY + 1],
  ['an earlier one, of which it asks the relay for the way', 2],
])('compares what others were shown with %s', async (_, n) => {
  const full = await chain(MANY + 2, LEAVES, shown);
  const other = await chain(n, OTHER, shown.slice(0, n - 1));
  const hear = async (said: SignedCheckpoint): Promise<readonly string[]> => {
    [rows, told, shown] = [new Map(), [], full.slice(0, MANY)];
    const words = await open();
    await welcome(words); // only the newest is at hand
    await words.heard(encodeMore(said));
    shown = full;
    await welcome(words);
    expect(words.standing?.n).toBe(MANY + 2);
    return told;
  };
  expect(await hear(full[n - 1] as SignedCheckpoint)).toEqual([]);
  expect(await hear(other[n - 1] as SignedCheckpoint)).toEqual(['forked']);
});

it('tells where the relay shows the way from an earlier word of another history to another end', async () => {
  const words = await open();
  await welcome(words);
  shown = await chain(MANY, OTHER, shown.slice(0, 1));
  await words.heard(encodeMore(shown[1] as SignedCheckpoint));
  expect(told).toEqual(['forked']);
});

it('passes over a word that is not the relay’s, or no word at all', async () => {
  const words = await open();
  await welcome(words);
  const keys = await generateSigningKeys(platform);
  const [own] = shown.slice(-1) as [SignedCheckpoint];
  sign = keys.privateKey;
  await words.heard(encodeMore(await word({ n: MANY })));
  await words.heard({ word: 'nothing' });
  await words.heard({ word: [own.body, own.signature.slice(1)] });
  await words.heard({});
  expect(told).toEqual([]);
});

it('says its newest word once to each area', async () => {
  const words = await open();
  const [one, two] = [newId<AreaId>(platform), newId<AreaId>(platform)];
  expect(words.toSay(one)).toEqual({});
  await welcome(words);
  expect(words.toSay(one)).toHaveProperty('word');
  expect(words.toSay(one)).toEqual({});
  expect(words.toSay(two)).toHaveProperty('word');
});
