/**
 * An evidence process as it is shipped, told what to do by the benchmark: runs on Node 24, and bundled inside Electron. The
 * sink stands for a disk without end: it counts what is sealed and keeps nothing.
 */
import { rm } from 'node:fs/promises';
import type { Evidence } from '../../../electron/evidence/evidence.ts';
import { startEvidence } from '../../../electron/evidence/evidence.ts';
import { LARGEST_SEALED } from '../../../electron/evidence/format.ts';
import { runImport } from '../../../electron/evidence/import/runImport.ts';
import { makeBuffers } from '../../../electron/evidence/store/buffers.ts';
import { openStore } from '../../../electron/evidence/store/chunkStore.ts';
import { PACE } from '../../../electron/evidence/transfer/pace.ts';
import type { Content, EvidenceCalls, ImportNews, TransferNews } from '../../../shared/ipc/evidence.ts';
import { fromHex, toHex } from '../../../shared/primitives/bytes.ts';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { serve } from './serving.ts';

/** A manifest as it goes over the line to the benchmark. */
type Sent = Omit<Content, 'key'> & { readonly key: string };
interface Place {
  readonly relay: string;
  readonly token: string;
  readonly area: AreaId;
}
type Heard = ImportNews | TransferNews;

let evidence: Evidence | null = null;
let calls: EvidenceCalls | null = null;
const listeners = new Set<(news: Heard) => void>();

function listen(heard: (news: Heard) => void): () => void {
  listeners.add(heard);
  return () => void listeners.delete(heard);
}

async function openFolder(folder: string): Promise<void> {
  await evidence?.host.stop();
  await rm(folder, { recursive: true, force: true });
  evidence = await startEvidence(folder);
  ({ calls } = evidence.attach((_, data) => {
    for (const news of Array.isArray(data) ? data : 'news' in data ? [data.news] : [])
      for (const heard of listeners) heard(news);
  }));
}

function asked(): { evidence: Evidence; calls: EvidenceCalls } {
  if (evidence === null || calls === null) throw new Error('no folder is open');
  return { evidence, calls };
}

async function importAll(paths: readonly string[]): Promise<Sent[]> {
  const sealed: Content[] = [];
  const finished = new Promise<void>((resolve, reject) => {
    const stop = listen((news) => {
      if (!('is' in news)) return;
      if (news.is === 'sealed') sealed.push(news.content);
      if (news.is === 'skipped') reject(new Error(news.why));
      if (news.is !== 'finished') return;
      stop();
      resolve();
    });
  });
  const tokens = paths.map((_, i) => String(i));
  for (const [i, path] of paths.entries()) await asked().evidence.host.offer(String(i), path, 'read');
  await asked().calls.importFiles('an import', tokens);
  await finished;
  return sealed.map((content) => ({ ...content, key: toHex(content.key) }));
}

/** Until every version is whole at its end: at the relay, or verified here. */
async function move(direction: 'up' | 'down', { relay, token, area }: Place, sent: readonly Sent[]): Promise<void> {
  const left = new Set(sent.map(({ version }) => version));
  const done = new Promise<void>((resolve, reject) => {
    const stop = listen((news) => {
      if (!('state' in news)) return;
      if (news.state === 'failed') reject(new Error(news.cause ?? 'failed'));
      if (news.state === 'whole' && news.direction === direction) left.delete(news.version);
      if (left.size > 0) return;
      stop();
      resolve();
    });
  });
  const wanted = sent.map((content) => ({
    content: { ...content, key: fromHex(content.key) },
    area,
    rank: 0,
    paused: false,
  }));
  await asked().calls.configure({ relay, token, maxRate: 0, freeFloor: 0 });
  await asked().calls.want({ up: [], down: [], [direction]: wanted });
  await done;
  await asked().calls.want({ up: [], down: [] });
}

/** Imports a file with nowhere to put it; answers the sealed bytes that came. */
async function importToSink(folder: string, path: string): Promise<number> {
  const store = await openStore(folder);
  let counted = 0;
  await runImport(
    [path],
    { only: null, names: null },
    {
      store: {
        ...store,
        keep: async (_, sealed) => void (counted += sealed.length),
        freeSpace: async () => Number.MAX_SAFE_INTEGER,
      },
      buffers: makeBuffers(4, LARGEST_SEALED),
      freeFloor: () => 0,
      note: async () => {},
      signal: new AbortController().signal,
      tell: () => {},
    },
  );
  return counted;
}

serve({
  node: async () => ({ node: process.versions.node, electron: process.versions['electron'] ?? null }),
  open: openFolder,
  importAll,
  send: (place: Place, sent: readonly Sent[]) => move('up', place, sent),
  fetch: (place: Place, sent: readonly Sent[]) => move('down', place, sent),
  importToSink,
  pace: async () => PACE.gentle,
});
