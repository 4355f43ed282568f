/** Owns the deletion of what no version needs any more: chunks, what arrived of one, and marks. */
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { ChunkStore } from './chunkStore.ts';
import { markOf } from './marks.ts';

/** `also`: chunks that nobody has named yet, since their import has only just told of them. */
export async function keepOnly(
  store: ChunkStore,
  contents: readonly Content[],
  also: ReadonlySet<Hash>,
): Promise<void> {
  const needed = new Set(contents.flatMap(({ chunks }) => chunks.map(({ hash }) => hash)));
  const marks = new Set(contents.map(markOf));
  const all = await store.all();
  const isSpare = (hash: Hash): boolean => !needed.has(hash) && !also.has(hash);
  const spareMarks = also.size === 0 ? all.marks.filter((name) => !marks.has(name)) : []; // whose mark it is cannot be told from its name
  for (const name of spareMarks) await tryTo(store.unmark(name));
  for (const hash of all.chunks.filter(isSpare)) await tryTo(store.remove(hash));
  for (const hash of all.partials.filter(isSpare)) await tryTo(store.dropPartial(hash));
}

/** What cannot be deleted now (Windows keeps a file that is being read) is deleted the next time. */
async function tryTo(deletion: Promise<void>): Promise<void> {
  await deletion.catch(() => undefined);
}
