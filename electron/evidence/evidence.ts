/**
 * Owns the evidence process as its three lines see it: the worker (imports, transfers, handles), pages (ranges) and main
 * (paths, stop). Promises that content keys and wants are dropped when the worker's line ends. Plain Node: nothing here
 * knows Electron.
 */
import { basename } from 'node:path';
import type {
  Content,
  EvidenceCalls,
  EvidenceHostCalls,
  ImportNews,
  OfferedFor,
  ReadCalls,
  TransferNews,
} from '../../shared/ipc/evidence.ts';
import type { StickNews } from '../../shared/ipc/stick.ts';
import type { Hash } from '../../shared/primitives/ids.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { ByteCount } from '../../shared/primitives/units.ts';
import { isSound, LARGEST_SEALED, sealedAs, sealedTotal } from './format.ts';
import { runImport } from './import/runImport.ts';
import { exportFile } from './read/exportFile.ts';
import { makeHandles } from './read/handles.ts';
import { makeFolder, placeIn, readChosen, writeOut } from './read/outFolder.ts';
import { makeBuffers } from './store/buffers.ts';
import { openStore } from './store/chunkStore.ts';
import type { ChunkStore } from './store/chunkStore.ts';
import { clearLeftovers, destroyContents, namesOf } from './store/leftovers.ts';
import { markOf } from './store/marks.ts';
import { makeSticks } from './stick/sticks.ts';
import type { Pace } from './transfer/pace.ts';
import { makeTransfers } from './transfer/transfers.ts';

/** What a token serves for; a folder that was begun is one that an export has made. */
type Use = OfferedFor | 'begun';

/** Sealed chunks on their way to the disk at once. */
const WRITES = 4;

export type Tell = (
  name: 'import' | 'transfers' | 'stick',
  data: { id: string; news: ImportNews } | TransferNews[] | StickNews,
) => void;

export interface Evidence {
  readonly host: EvidenceHostCalls;
  readonly reads: ReadCalls;
  /** A worker's line: what it may ask, and what to do when it ends. */
  attach(tell: Tell): { readonly calls: EvidenceCalls; readonly detach: () => void };
}

export async function startEvidence(folder: string, pace?: Pace): Promise<Evidence> {
  const store = await openStore(folder);
  const buffers = makeBuffers(WRITES, LARGEST_SEALED);
  const paths = new Map<string, { path: string; use: Use }>();
  const imports = new Map<string, AbortController>();
  const running = new Set<Promise<void>>();
  /** Imports of a line that has ended still take back what is half sealed. */
  let ending: Promise<unknown> = Promise.resolve();
  /** What imports of the present line made, and the worker has still to hear of or to record. */
  const fresh = new Set<Hash>();
  const inUse = (): ReadonlySet<Hash> =>
    new Set([...fresh, ...[...transfers.contents(), ...handles.contents()].flatMap(namesOf)]);
  let tellWorker: Tell | null = null;
  let freeFloor: ByteCount = 0;
  const transfers = makeTransfers(store, (news) => tellWorker?.('transfers', news), pace);
  const handles = makeHandles(store, transfers);

  const takePath = (token: string, use: OfferedFor): string | null => {
    const offered = paths.get(token);
    if (offered?.use !== use) return null;
    if (use === 'read') paths.delete(token);
    return offered.path;
  };
  const sticks = makeSticks({
    store,
    takePath,
    freeFloor: () => freeFloor,
    tell: (news) => tellWorker?.('stick', news),
    came: () => transfers.lookAgain(),
  });
  /** Where an export may write: the file itself, or a name in a folder that was begun. */
  const placeFor = async (token: string, name: string | undefined): Promise<string | null> => {
    if (name === undefined) return takePath(token, 'write');
    const offered = paths.get(token);
    return offered?.use === 'begun' ? placeIn(offered.path, name) : null;
  };

  const calls: EvidenceCalls = {
    configure: async (setting) => {
      ({ freeFloor } = setting);
      transfers.configure(setting);
    },
    room: async () => (await store.freeSpace()) - freeFloor,
    importFiles: async (id, tokens, only, names) => {
      const stop = new AbortController();
      imports.set(id, stop);
      const roots = tokens.map((token) => takePath(token, 'read')).filter((path) => path !== null);
      const line = tellWorker;
      // A later line may go on with the same import: it hears nothing of this one.
      const tell = (news: ImportNews): void => void (line === tellWorker && line?.('import', { id, news }));
      const note = async (name: Hash): Promise<void> => {
        if (line === tellWorker) fresh.add(name);
        await store.note(name);
      };
      const context = { store, buffers, freeFloor: () => freeFloor, note, signal: stop.signal, tell };
      const run = runImport(roots, { only: only ? new Set(only) : null, names: names ? new Set(names) : null }, context)
        // A fault of ours must not leave the import without its last word.
        .catch(() => tell({ is: 'finished', cancelled: true }))
        .finally(() => {
          running.delete(run);
          if (imports.get(id) === stop) imports.delete(id);
        });
      running.add(run);
    },
    cancelImport: async (id) => imports.get(id)?.abort(),
    adopt: (kept, other) => adopt(store, kept, other),
    named: async (contents) => {
      for (const name of contents.flatMap(namesOf)) {
        await store.named(name);
        fresh.delete(name);
      }
    },
    want: async (wanted) => transfers.want(wanted),
    retryNow: async () => transfers.retryNow(),
    here: (contents) => lookAll(store, contents),
    open: (content) => handles.open(content),
    close: async (handle) => handles.close(handle),
    exportFile: async (content, token, name) => {
      const path = await placeFor(token, name);
      if (path === null) return fail('unknown token');
      if (!isSound(content)) return fail('does not verify');
      const exported = await exportFile(store, content, path);
      if (exported.ok && name === undefined) paths.delete(token);
      return exported;
    },
    beginFolder: async (token, name) => {
      const chosen = takePath(token, 'folder');
      if (chosen === null) return fail('unknown token');
      const made = await makeFolder(chosen, name);
      if (!made.ok) return made;
      paths.set(token, { path: made.value, use: 'begun' });
      return ok(basename(made.value));
    },
    writeBytes: async (token, bytes, name) => {
      const path = await placeFor(token, name);
      if (path === null) return fail('unknown token');
      const written = await writeOut(path, bytes);
      if (written.ok && name === undefined) paths.delete(token);
      return written;
    },
    endFolder: async (token) => void (paths.get(token)?.use === 'begun' && paths.delete(token)),
    readChosen: async (token, most, name) => {
      const path = takePath(token, 'read');
      return path === null ? fail('unknown token') : readChosen(path, most, name);
    },
    ...sticks.calls,
    clear: async (needed, useless) => {
      await ending;
      await clearLeftovers(store, { needed, useless, inUse });
    },
    destroy: async (doomed, needed) => {
      const versions = new Set(doomed.map(({ version }) => version));
      handles.closeWhere(({ version }) => versions.has(version));
      await transfers.forget(versions);
      return { left: await destroyContents(store, doomed, needed) };
    },
  };

  const detach = (): void => {
    tellWorker = null;
    for (const stop of imports.values()) stop.abort();
    ending = Promise.all([ending, ...running]);
    fresh.clear();
    handles.closeAll();
    sticks.end();
    transfers.want({ up: [], down: [] });
  };
  return {
    reads: { read: handles.read },
    host: {
      offer: async (token, path, use) => void paths.set(token, { path, use }),
      stop: async () => {
        detach();
        await transfers.stop();
      },
    },
    attach: (tell) => {
      if (tellWorker !== null) detach();
      tellWorker = tell;
      return { calls, detach: () => tellWorker === tell && detach() };
    },
  };
}

/** Marks a version as verified whose every byte is another's that is marked here. */
async function adopt(store: ChunkStore, kept: Content, other: Content): Promise<boolean> {
  if (!isSound(kept) || !isSound(other) || sealedAs(kept) !== sealedAs(other)) return false;
  if (markOf({ ...kept, version: other.version, sealed: other.sealed }) !== markOf(other)) return false;
  if (!(await store.isMarked(markOf(kept)))) return false;
  const here = await store.present(kept.chunks.map(({ hash }) => hash));
  if (!kept.chunks.every(({ hash }) => here.has(hash))) return false;
  await store.mark(markOf(other));
  return true;
}

async function lookAll(store: ChunkStore, contents: readonly Content[]): ReturnType<EvidenceCalls['here']> {
  const sound = contents.filter(isSound);
  const here = await store.present(sound.flatMap((content) => content.chunks.map((chunk) => chunk.hash)));
  const partials = await store.partials();
  return Promise.all(
    contents.map(async (content) => {
      const { version, chunks } = content;
      if (!sound.includes(content)) return { version, whole: false, held: 0 };
      if (chunks.every((chunk) => here.has(chunk.hash)) && (await store.isMarked(markOf(content))))
        return { version, whole: true, held: sealedTotal(content) };
      let held = 0;
      for (const { hash, size } of chunks)
        held += here.has(hash) ? size : partials.has(hash) ? Math.min(size, await store.partialSize(hash)) : 0;
      return { version, whole: false, held };
    }),
  );
}
