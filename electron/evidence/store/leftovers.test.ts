/**
 * Random histories of imports, with the process killed at any step of the store: nothing that the log names is ever lost, and
 * once a life has cleared in peace nothing is left over.
 */
import fc from 'fast-check';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Content, ImportNews } from '../../../shared/ipc/evidence.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import { LARGEST_SEALED } from '../format.ts';
import { runImport } from '../import/runImport.ts';
import { seededBytes, sealedIn, tempFolder, writeSource } from '../testing/desk.fixture.ts';
import { makeBuffers } from './buffers.ts';
import type { ChunkStore } from './chunkStore.ts';
import { openStore } from './chunkStore.ts';
import { clearLeftovers, destroyContents, namesOf } from './leftovers.ts';
import { markOf } from './marks.ts';

const CHANGES = ['keep', 'mark', 'note', 'named', 'remove', 'unmark', 'dropPartial', 'setAside'] as const;

/** Every change after so many fails, as in a process that is no more; those before are counted. */
function mortal(store: ChunkStore, changes: number, counted: () => void): ChunkStore {
  let left = changes;
  const dying = Object.fromEntries(
    CHANGES.map((name) => [
      name,
      (...args: [Hash, never]) => {
        if (left-- <= 0) return Promise.reject(new Error('the process was killed'));
        counted();
        return store[name](...args);
      },
    ]),
  );
  return { ...store, ...dying };
}

interface Life {
  /** Which sources are imported, in this order. */
  readonly files: readonly number[];
  /** At which change that it makes the import is cancelled. */
  readonly cancelAt: number | null;
  /** For each that was sealed, how far the worker got. */
  readonly recorded: readonly ('not' | 'in the log' | 'told')[];
  /** So many changes of the store before the process is killed. */
  readonly changes: number;
}

const SIZES = [0, 10, 2 * MiB + 7];
const lives = fc.array(
  fc.record({
    files: fc.array(fc.nat(SIZES.length - 1), { maxLength: 3 }),
    cancelAt: fc.option(fc.integer({ min: 1, max: 8 })),
    recorded: fc.array(fc.constantFrom('not' as const, 'in the log' as const, 'told' as const), {
      minLength: 3,
      maxLength: 3,
    }),
    changes: fc.oneof(fc.nat(14), fc.constant(1000)),
  }),
  { minLength: 1, maxLength: 4 },
);

const buffers = makeBuffers(4, LARGEST_SEALED);
const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).flatMap((one) => (one.isFile() ? [one.name] : []));
const none = (): ReadonlySet<Hash> => new Set();

async function live(folder: string, sources: readonly string[], life: Life, log: Content[]): Promise<void> {
  const stop = new AbortController();
  let made = -Infinity;
  const store = mortal(await openStore(folder), life.changes, () => {
    if (++made === life.cancelAt) stop.abort();
  });
  await clearLeftovers(store, { needed: log, useless: [], inUse: none });
  const news: ImportNews[] = [];
  const tell = (one: ImportNews): void => void news.push(one);
  const roots = life.files.map((file) => sources[file] as string);
  const context = {
    store,
    buffers,
    freeFloor: () => 0,
    note: (name: Hash) => store.note(name),
    signal: stop.signal,
    tell,
  };
  made = 0;
  await runImport(roots, { only: null, names: null }, context);
  for (const [i, { content }] of sealedIn(news).entries()) {
    const how = life.recorded[i] ?? 'not';
    if (how === 'not') continue;
    log.push(content);
    if (how === 'told') for (const name of namesOf(content)) await store.named(name).catch(() => undefined);
  }
}

it(
  'loses nothing that the log names, and leaves nothing else, wherever the process is killed',
  { timeout: 60_000 },
  async () => {
    await using folder = await tempFolder();
    const sources = await Promise.all(
      SIZES.map((size, i) => writeSource(folder.path, `source ${i}`, seededBytes(size, i))),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(lives, async (history) => {
        const place = path.join(folder.path, `store ${run++}`);
        const log: Content[] = [];
        for (const life of history) {
          await live(place, sources, life, log);
          const store = await openStore(place);
          for (const content of log) {
            const here = await store.present(content.chunks.map(({ hash }) => hash));
            expect(content.chunks.every(({ hash }) => here.has(hash))).toBe(true);
            expect(await store.isMarked(markOf(content))).toBe(true);
          }
        }
        await clearLeftovers(await openStore(place), { needed: log, useless: [], inUse: none });
        expect((await namesIn(path.join(place, 'chunks'))).sort()).toEqual(
          log.flatMap(({ chunks }) => chunks.map(({ hash }) => hash)).sort(),
        );
        expect((await namesIn(path.join(place, 'verified'))).sort()).toEqual(log.map(markOf).sort());
        expect(await namesIn(path.join(place, 'unnamed'))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  },
);

it('destroys all that lies under the names of what is doomed, and nothing that is needed as well', async () => {
  await using folder = await tempFolder();
  const source = await writeSource(folder.path, 'source', seededBytes(2 * MiB + 7, 1));
  const store = await openStore(path.join(folder.path, 'store'));
  const news: ImportNews[] = [];
  await runImport(
    [source, source],
    { only: null, names: null },
    {
      store,
      buffers,
      freeFloor: () => 0,
      note: (name: Hash) => store.note(name),
      signal: new AbortController().signal,
      tell: (one: ImportNews) => void news.push(one),
    },
  );
  const [gone, kept] = sealedIn(news).map(({ content }) => content);
  if (!gone || !kept) throw new Error('not imported');
  const shared = { ...gone, chunks: [...gone.chunks, ...kept.chunks] };
  await store.setAside(gone.chunks[0]!.hash);
  for (let again = 0; again < 2; again++) expect(await destroyContents(store, [gone, shared], [kept])).toBe(0);
  for (const name of namesOf(kept)) await store.named(name);
  expect((await namesIn(store.folder)).sort()).toEqual(namesOf(kept).sort());
});
