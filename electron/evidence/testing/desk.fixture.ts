/** For tests only: an evidence process in this one, on a folder of its own, with what it told and ways to wait for it. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Content, EvidenceCalls, ImportNews, TransferNews, Wanted } from '../../../shared/ipc/evidence.ts';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { startEvidence } from '../evidence.ts';
import type { Evidence } from '../evidence.ts';
import type { Pace } from '../transfer/pace.ts';

export const AREA = 'a0'.repeat(16) as AreaId;
export const FAST: Pace = { first: 5, soon: 5, most: 40, gentle: 5, listen: 0, stall: 300, news: 5, confirm: 60_000 };

export async function tempFolder(): Promise<{ path: string; [Symbol.asyncDispose](): Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'evidence-'));
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

export interface Desk {
  readonly evidence: Evidence;
  readonly calls: EvidenceCalls;
  readonly imported: { id: string; news: ImportNews }[];
  readonly transfers: TransferNews[];
  /** Called with each piece of import news as it is told. */
  onImport: (news: ImportNews, id: string) => void;
  /** Imports paths and answers everything told until it finished. */
  import(...paths: string[]): Promise<ImportNews[]>;
  newest(content: Content, direction?: 'up' | 'down'): TransferNews | undefined;
  until(what: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export async function openDesk(folder: string, pace: Pace = FAST): Promise<Desk> {
  const evidence = await startEvidence(folder, pace);
  const waiting = new Set<() => void>();
  const imported: Desk['imported'] = [];
  const transfers: TransferNews[] = [];
  const { calls } = evidence.attach((_, data) => {
    if (Array.isArray(data)) transfers.push(...data);
    else if ('news' in data) {
      imported.push(data);
      desk.onImport(data.news, data.id);
    }
    for (const look of Array.from(waiting)) look();
  });
  const until = (what: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!what()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  let next = 0;
  const desk: Desk = {
    evidence,
    calls,
    imported,
    transfers,
    until,
    onImport: () => {},
    import: async (...paths) => {
      const id = `import ${next++}`;
      const tokens = await Promise.all(
        paths.map(async (file, i) => {
          await evidence.host.offer(`${id} ${i}`, file, 'read');
          return `${id} ${i}`;
        }),
      );
      await calls.importFiles(id, tokens);
      const mine = (): ImportNews[] => imported.filter((told) => told.id === id).map((told) => told.news);
      await until(() => mine().some((news) => news.is === 'finished'));
      return mine();
    },
    newest: (content, direction) =>
      transfers.findLast(
        (news) => news.version === content.version && (direction === undefined || news.direction === direction),
      ),
    stop: () => evidence.host.stop(),
  };
  return desk;
}

export const sealedIn = (news: readonly ImportNews[]): Extract<ImportNews, { is: 'sealed' }>[] =>
  news.filter((one) => one.is === 'sealed');
export const skippedIn = (news: readonly ImportNews[]): Extract<ImportNews, { is: 'skipped' }>[] =>
  news.filter((one) => one.is === 'skipped');
export const wanted = (content: Content, more: Partial<Wanted> = {}): Wanted => ({
  content,
  area: AREA,
  rank: 0,
  paused: false,
  ...more,
});
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Numbers that look random and come again with the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
export function seededBytes(size: number, seed: number): Buffer {
  const random = seeded(seed);
  const bytes = Buffer.alloc(size);
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE((random() * 2 ** 32) >>> 0, at);
  for (let at = size - (size % 4); at < size; at++) bytes[at] = Math.floor(random() * 256);
  return bytes;
}

export async function writeSource(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}
