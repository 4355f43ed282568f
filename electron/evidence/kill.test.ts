/** An evidence process that is killed in the midst of its work: the next start clears up, and goes on. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Content } from '../../shared/ipc/evidence.ts';
import { MiB } from '../../shared/primitives/units.ts';
import { SLOTS } from './transfer/choose.ts';
import { seeded, seededBytes, sha256, sealedIn, tempFolder, wanted, writeSource } from './testing/desk.fixture.ts';
import { forkEvidence } from './testing/process.fixture.ts';
import type { Running } from './testing/process.fixture.ts';
import { serveRelay } from './testing/relay.fixture.ts';
import type { ServedRelay } from './testing/relay.fixture.ts';

let folder: Awaited<ReturnType<typeof tempFolder>>;
let relay: ServedRelay;
let running: Running[] = [];
const start = async (name: string): Promise<Running> => {
  const started = await forkEvidence(path.join(folder.path, name));
  running.push(started);
  return started;
};
const link = (maxRate = 0) => ({ relay: relay.url, token: relay.token, maxRate, freeFloor: 0 });
const total = (content: Content): number => content.chunks.reduce((sum, chunk) => sum + chunk.size, 0);

beforeEach(async () => {
  folder = await tempFolder();
  relay = await serveRelay();
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.kill()));
  running = [];
  await relay.close();
  await folder[Symbol.asyncDispose]();
});

async function importWith(process: Running, file: string): Promise<Content> {
  await process.host.offer('t', file, 'read');
  await process.worker.importFiles('i', ['t']);
  await process.until(() => process.imported.some((news) => news.is === 'finished'));
  return sealedIn(process.imported)[0]!.content;
}

describe('killed', () => {
  it('in the middle of an import: the next start clears what was half written, and the import can be done again', async () => {
    const bytes = seededBytes(60 * MiB, 1);
    const file = await writeSource(folder.path, 'large.bin', bytes);
    const first = await start('one');
    await first.host.offer('t', file, 'read');
    await first.worker.importFiles('i', ['t']);
    const chunks = path.join(folder.path, 'one', 'chunks');
    await first.until(() => first.imported.some((news) => news.is === 'found'));
    while ((await readdir(chunks)).length < 3) await new Promise(setImmediate);
    await first.kill();
    const second = await start('one');
    expect(await readdir(path.join(folder.path, 'one', 'temp'))).toEqual([]);
    const content = await importWith(second, file);
    expect(content.sha256).toBe(sha256(bytes));
    await second.worker.named([content]);
    await second.worker.clear([], []);
    expect((await readdir(chunks, { recursive: true })).filter((name) => name.includes(path.sep)).length).toBe(
      content.chunks.length,
    );
    expect(await second.worker.here([content])).toMatchObject([{ whole: true }]);
  });

  it.each([1, 2])(
    'again and again in the middle of sending and of fetching: all arrives, little is moved twice (seed %i)',
    async (seed) => {
      const random = seeded(seed);
      const bytes = seededBytes(18 * MiB + 4321, seed);
      const content = await importWith(await start('one'), await writeSource(folder.path, 'large.bin', bytes));
      await running[0]!.kill();

      const moveThrough = async (name: string, direction: 'up' | 'down'): Promise<number> => {
        for (let kills = 0; ; kills++) {
          const life = await start(name);
          const stopAfter = Math.floor(2 * MiB + random() * 6 * MiB);
          let base: number | null = null;
          await life.worker.configure(link(kills < 3 ? 20 * MiB : 0));
          await life.worker.want({
            up: direction === 'up' ? [wanted(content)] : [],
            down: direction === 'down' ? [wanted(content)] : [],
          });
          await life.until(() => {
            const last = life.transfers.at(-1);
            if (last?.state === 'moving') base ??= last.done;
            return last?.state === 'whole' || (kills < 3 && base !== null && (last?.done ?? 0) - base > stopAfter);
          });
          const whole = life.transfers.at(-1)?.state === 'whole';
          if (whole) return kills;
          await life.kill();
        }
      };
      const upKills = await moveThrough('one', 'up');
      expect(relay.bodyBytes).toBe(total(content)); // the relay keeps what it received
      const downKills = await moveThrough('two', 'down');
      expect(upKills + downKills).toBeGreaterThan(2);
      expect(relay.sentBytes).toBeLessThanOrEqual(total(content) + downKills * SLOTS * content.chunks[0]!.size);

      const last = running.at(-1)!;
      await last.host.offer('out', path.join(folder.path, 'out.bin'), 'write');
      expect(await last.worker.exportFile(content, 'out')).toEqual({ ok: true, value: sha256(bytes) });
      expect(sha256(await readFile(path.join(folder.path, 'out.bin')))).toBe(sha256(bytes));
    },
  );
});
