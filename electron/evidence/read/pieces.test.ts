/** Ranges of plaintext are what the file has there; what was changed on this disk is refused, and counts as missing. */
import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Content } from '../../../shared/ipc/evidence.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { SEGMENT, TAG } from '../format.ts';
import { openDesk, sealedIn, seededBytes, tempFolder, writeSource } from '../testing/desk.fixture.ts';
import type { Desk } from '../testing/desk.fixture.ts';

const SIZE = 3 * MiB + 2 * SEGMENT + 17;
const bytes = seededBytes(SIZE, 1);
let folder: Awaited<ReturnType<typeof tempFolder>>;
let desk: Desk;
let content: Content;
let twin: Content;

beforeAll(async () => {
  folder = await tempFolder();
  desk = await openDesk(path.join(folder.path, 'store'));
  const source = await writeSource(folder.path, 'video.mp4', bytes);
  [content, twin] = sealedIn(await desk.import(source, source)).map((news) => news.content) as [Content, Content];
});
afterAll(async () => {
  await desk.stop();
  await folder[Symbol.asyncDispose]();
});

const fileOf = (of: Content, chunk: number): string =>
  path.join(folder.path, 'store', 'chunks', of.chunks[chunk]!.hash.slice(0, 2), of.chunks[chunk]!.hash);

describe('a range', () => {
  it('is what the file has there, wherever it begins and ends', async () => {
    const handle = await desk.calls.open(content);
    if (!handle.ok) throw new Error(handle.cause);
    const edges = [
      0,
      1,
      SEGMENT - 1,
      SEGMENT,
      SEGMENT + 1,
      4 * SEGMENT - 1,
      MiB,
      MiB + 1,
      2 * MiB - 1,
      3 * MiB,
      SIZE - 1,
      SIZE,
      SIZE + 1,
    ];
    const place = fc.oneof(fc.constantFrom(...edges), fc.nat(SIZE + 10));
    await fc.assert(
      fc.asyncProperty(place, fc.oneof(fc.constantFrom(...edges), fc.nat(SIZE)), async (from, length) => {
        const read = await desk.evidence.reads.read(handle.value, from, length);
        return read.ok && Buffer.from(read.value).equals(bytes.subarray(from, from + length));
      }),
      { numRuns: 60 },
    );
    for (const odd of [-1, Number.NaN, 0.5, 2 ** 60])
      expect(await desk.evidence.reads.read(handle.value, odd, odd)).toMatchObject({ ok: true });
    await desk.calls.close(handle.value);
    expect(await desk.evidence.reads.read(handle.value, 0, 1)).toEqual({ ok: false, cause: 'unknown handle' });
  });
});

describe('bytes that were changed on this disk', () => {
  const spoils: readonly (readonly [string, (file: string) => Promise<unknown>])[] = [
    [
      'a bit',
      async (file) =>
        writeFile(
          file,
          (await readFile(file)).map((byte, i) => (i === 5 ? byte ^ 1 : byte)),
        ),
    ],
    [
      'a tag',
      async (file) =>
        writeFile(
          file,
          (await readFile(file)).map((byte, i) => (i === SEGMENT + 3 ? byte ^ 1 : byte)),
        ),
    ],
    [
      'two segments exchanged',
      async (file) => {
        const old = await readFile(file);
        await writeFile(
          file,
          Buffer.concat([
            old.subarray(SEGMENT + TAG, 2 * (SEGMENT + TAG)),
            old.subarray(0, SEGMENT + TAG),
            old.subarray(2 * (SEGMENT + TAG)),
          ]),
        );
      },
    ],
    ['cut at a segment', (file) => truncate(file, SEGMENT + TAG)],
    ['cut to nothing', (file) => truncate(file, 0)],
    ['the chunk after it', (file) => copyFile(fileOf(content, 2), file)],
    ['the same chunk of a twin', (file) => copyFile(fileOf(twin, 1), file)],
  ];
  it.each(spoils)('%s: refused, put aside, and counted as missing', async (_, spoil) => {
    const file = fileOf(content, 1);
    const good = await readFile(file);
    await spoil(file);
    const handle = await desk.calls.open(content);
    if (!handle.ok) throw new Error(handle.cause);
    expect((await desk.evidence.reads.read(handle.value, 0, MiB)).ok).toBe(true);
    expect(await desk.evidence.reads.read(handle.value, MiB, MiB)).toEqual({ ok: false, cause: 'missing here' });
    await expect(readFile(file)).rejects.toThrow();
    await desk.evidence.host.offer('out', path.join(folder.path, 'out.mp4'), 'write');
    expect(await desk.calls.exportFile(content, 'out')).toEqual({ ok: false, cause: 'missing here' });
    await expect(readFile(path.join(folder.path, 'out.mp4'))).rejects.toThrow();
    await writeFile(file, good);
    expect(await desk.calls.here([content])).toMatchObject([{ whole: true }]);
  });

  it('and a manifest that says otherwise than the chunk is told apart', async () => {
    const swapped = { ...content, chunks: [content.chunks[1]!, content.chunks[0]!, ...content.chunks.slice(2)] };
    const handle = await desk.calls.open(swapped);
    if (!handle.ok) throw new Error(handle.cause);
    expect(await desk.evidence.reads.read(handle.value, 0, 10)).toEqual({ ok: false, cause: 'does not verify' });
    expect(await desk.evidence.reads.read(handle.value, 2 * MiB, 10)).toMatchObject({ ok: true });
    expect(await desk.calls.here([content])).toMatchObject([{ whole: true }]);
  });

  it('and a file said to end where a chunk ends is not taken for whole', async () => {
    const shorter = { ...content, size: MiB, chunks: content.chunks.slice(0, 1) };
    const handle = await desk.calls.open(shorter);
    if (!handle.ok) throw new Error(handle.cause);
    expect(await desk.evidence.reads.read(handle.value, 0, MiB)).toEqual({ ok: false, cause: 'does not verify' });
  });
});
