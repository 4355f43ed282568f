/**
 * Bundles on a real disk: what is written is read again chunk by chunk; damage, a cut, a full or vanished stick and a person who
 * stops cost what they hit and nothing else, and leave nothing that could be taken for a bundle.
 */
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StickTaken } from '../../../shared/ipc/stick.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { KiB } from '../../../shared/primitives/units.ts';
import { HEAD } from '../../../shared/seal/stick/head.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import { openStore } from '../store/chunkStore.ts';
import { tempFolder } from '../testing/desk.fixture.ts';
import type { OpenPart } from './readStick.ts';
import { openPart, takeChunks } from './readStick.ts';
import type { StickOut } from './writeStick.ts';
import { writeStick } from './writeStick.ts';

const SIZES = [3000, 16, 70_000, 1, 5000];
const NAME = 'joinder-0123abcd';
const SEALED = randomBytes(500);
const TOTAL = SIZES.reduce((sum, size) => sum + size, 0);

let folder: string;
let stick: string;
let from: ChunkStore;
let to: ChunkStore;
let chunks: { hash: Hash; size: number }[];
const open: OpenPart[] = [];

beforeEach(async () => {
  folder = (await tempFolder()).path;
  stick = path.join(folder, 'stick');
  await mkdir(stick);
  from = await openStore(path.join(folder, 'from'));
  to = await openStore(path.join(folder, 'to'));
  chunks = [];
  for (const size of SIZES) {
    const bytes = randomBytes(size);
    const hash = createHash('sha256').update(bytes).digest('hex') as Hash;
    await from.keep(hash, bytes);
    chunks.push({ hash, size });
  }
});
afterEach(async () => {
  for (const { handle } of open.splice(0)) await handle.close().catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

const write = (more: Partial<StickOut> = {}) =>
  writeStick(from, {
    folder: stick,
    name: NAME,
    sealed: SEALED,
    chunks,
    signal: new AbortController().signal,
    moved: () => {},
    ...more,
  });
async function read(file: string): Promise<OpenPart> {
  const part = await openPart(path.join(stick, file));
  if (!part.ok) throw new Error(part.cause);
  open.push(part.value);
  return part.value;
}
const take = (part: OpenPart, wanted = new Set(chunks.map(({ hash }) => hash)), freeFloor = 0): Promise<StickTaken> => {
  const { first, count } = part.head;
  return takeChunks(to, part, {
    chunks: chunks.slice(first, first + count).map((chunk) => ({ ...chunk, wanted: wanted.has(chunk.hash) })),
    freeFloor,
    signal: new AbortController().signal,
    moved: () => {},
  });
};
const left = (): Promise<string[]> => readdir(stick);
const isHere = async (i: number): Promise<boolean> => (await to.sizeOf(chunks[i]!.hash)) !== null;
const ONE = `${NAME}.stick`;

it('writes one file, and gives every chunk back', async () => {
  const told: number[] = [];
  expect(await write({ moved: (done) => told.push(done) })).toEqual({
    ok: true,
    value: { parts: 1, bytes: HEAD + SEALED.length + TOTAL },
  });
  expect(await left()).toEqual([ONE]);
  expect((await stat(path.join(stick, ONE))).size).toBe(HEAD + SEALED.length + TOTAL);
  expect(told.at(-1)).toBe(HEAD + SEALED.length + TOTAL);
  const part = await read(ONE);
  expect(Buffer.from(part.sealed).equals(SEALED)).toBe(true);
  expect(await take(part)).toEqual({ here: SIZES.length, damaged: [], lost: [], stopped: null });
  for (const { hash } of chunks)
    expect(Buffer.compare(await readFile(to.chunkFile(hash)), await readFile(from.chunkFile(hash)))).toBe(0);
  expect(await take(part)).toMatchObject({ here: SIZES.length }); // again: nothing to do
});

it('copies only what is wanted', async () => {
  await write();
  expect(await take(await read(ONE), new Set([chunks[2]!.hash]))).toMatchObject({ here: 1 });
  expect(await Promise.all(SIZES.map((_, i) => isHere(i)))).toEqual([false, false, true, false, false]);
});

it('writes parts, each of which can be read alone and in any order', async () => {
  expect(await write({ largestPart: 10_000 })).toMatchObject({ ok: true, value: { parts: 3 } });
  const names = [1, 2, 3].map((part) => `${NAME}-${part}-of-3.stick`);
  expect((await left()).sort()).toEqual(names);
  for (const name of names.toReversed()) expect(await take(await read(name))).toMatchObject({ damaged: [], lost: [] });
  expect(await Promise.all(SIZES.map((_, i) => isHere(i)))).not.toContain(false);
});

it('finds a turned bit in its place: one chunk is damaged, or the head is, and nothing else', async () => {
  await write();
  const whole = await readFile(path.join(stick, ONE));
  const begins = SIZES.map((_, i) => HEAD + SEALED.length + SIZES.slice(0, i).reduce((sum, size) => sum + size, 0));
  await fc.assert(
    fc.asyncProperty(fc.nat(8 * whole.length - 1), async (bit) => {
      for (const { hash } of chunks) await to.remove(hash);
      const at = bit >> 3;
      await writeFile(path.join(stick, 'bent.stick'), whole.with(at, whole[at]! ^ (1 << (bit & 7))));
      const part = await openPart(path.join(stick, 'bent.stick'));
      expect(part.ok).toBe(at >= HEAD + SEALED.length);
      if (!part.ok) return;
      const struck = chunks[begins.findLastIndex((begin) => begin <= at)]!.hash;
      const taken = await take(part.value);
      expect([taken, await to.sizeOf(struck)]).toEqual([
        { here: SIZES.length - 1, damaged: [struck], lost: [], stopped: null },
        null,
      ]);
      await part.value.handle.close();
    }),
    { numRuns: 60, examples: [[8 * (HEAD + SEALED.length)], [8 * whole.length - 1], [0], [8 * HEAD]] },
  );
});

it('keeps what came before a cut, and names the rest', async () => {
  await write();
  const file = path.join(stick, ONE);
  const bytes = HEAD + SEALED.length + TOTAL;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: HEAD + SEALED.length, max: bytes - 1 }), async (length) => {
      for (const { hash } of chunks) await to.remove(hash);
      await rm(path.join(stick, 'cut.stick'), { force: true });
      await writeFile(path.join(stick, 'cut.stick'), await readFile(file));
      await truncate(path.join(stick, 'cut.stick'), length);
      const taken = await take(await read('cut.stick'));
      let end = HEAD + SEALED.length;
      const whole = chunks.filter(({ size }) => (end += size) <= length);
      expect(taken).toEqual({
        here: whole.length,
        damaged: [],
        lost: chunks.slice(whole.length).map(({ hash }) => hash),
        stopped: null,
      });
    }),
    { numRuns: 30 },
  );
});

it('says what is no bundle, or cannot be read', async () => {
  await writeFile(path.join(stick, 'a.stick'), 'Dear Helen');
  await mkdir(path.join(stick, 'b.stick'));
  const why = async (name: string): Promise<string> => {
    const part = await openPart(path.join(stick, name));
    return part.ok ? 'read' : part.cause;
  };
  expect(await Promise.all(['a.stick', 'b.stick', 'c.stick'].map(why))).toEqual([
    'no bundle',
    'unreadable',
    'unreadable',
  ]);
});

it('leaves this computer the space that a person set aside, and says so', async () => {
  await write();
  const taken = await take(await read(ONE), undefined, Number.MAX_SAFE_INTEGER / 2);
  expect(taken).toMatchObject({ here: 0, stopped: 'no space here' });
  expect(taken.lost).toHaveLength(SIZES.length);
});

describe('nothing is left on the stick', () => {
  it('where a chunk is not here, or lost its hash', async () => {
    await from.remove(chunks[3]!.hash);
    expect(await write()).toEqual({ ok: false, cause: 'missing here' });
    expect(await left()).toEqual([]);
    await writeFile(from.chunkFile(chunks[2]!.hash), randomBytes(chunks[2]!.size));
    expect(await write({ chunks: chunks.slice(0, 3) })).toEqual({ ok: false, cause: 'missing here' });
    expect(await from.sizeOf(chunks[2]!.hash)).toBe(null); // put aside, to be fetched again
    expect(await left()).toEqual([]);
  });

  it('where a person stops it, in whichever part', async () => {
    for (const after of [1, 2, 4]) {
      const stop = new AbortController();
      let written = 0;
      const moved = (): void => void (++written === after && stop.abort());
      expect(await write({ largestPart: 10_000, signal: stop.signal, moved })).toEqual({
        ok: false,
        cause: 'cancelled',
      });
      expect(await left()).toEqual([]);
    }
  });

  it('where it is gone', async () => {
    const gone: Promise<void>[] = [];
    const moved = (): void => void (gone.length === 0 && gone.push(rm(stick, { recursive: true })));
    const outcome = await write({ moved });
    await Promise.all(gone);
    expect(outcome).toEqual({ ok: false, cause: 'place gone' });
    expect(await write()).toEqual({ ok: false, cause: 'place gone' });
  });

  it('where it is full, from the beginning or by and by', async ({ skip }) => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', stick]).status === 0;
    if (!mounted) skip('needs root: a small tmpfs cannot be mounted');
    try {
      await writeFile(path.join(stick, 'other.bin'), randomBytes(80 * KiB));
      const told: number[] = [];
      expect(await write({ moved: (done) => told.push(done) })).toEqual({ ok: false, cause: 'no space' });
      expect([await left(), told]).toEqual([['other.bin'], []]); // found out before anything is written
      await rm(path.join(stick, 'other.bin'));
      const fills: Promise<void>[] = [];
      const fill = (): Promise<void> =>
        writeFile(path.join(stick, 'other.bin'), randomBytes(110 * KiB)).catch(() => {});
      const moved = (): void => void (fills.length === 0 && fills.push(fill()));
      const outcome = await write({ moved });
      await Promise.all(fills);
      expect(outcome).toEqual({ ok: false, cause: 'no space' });
      expect(await left()).toEqual(['other.bin']);
    } finally {
      spawnSync('umount', [stick]);
    }
  });
});
