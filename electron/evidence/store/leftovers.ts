/**
 * Owns the deletion of what no version needs any more. Deletes only what is proved to be spare: what an import made here and
 * the log never named, and what was fetched of a version that is said to be of no use. That nothing known refers to a chunk
 * is no proof: what refers to it may only not have come yet.
 */
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { ChunkStore } from './chunkStore.ts';
import { markOf } from './marks.ts';

export interface Clearing {
  /** Whatever the log speaks of: none of its chunks goes. */
  readonly needed: readonly Content[];
  /** Of no use any more; a chunk that something needed uses as well stays. */
  readonly useless: readonly Content[];
  /** What an import has only just made, and what is being moved or read now. */
  readonly inUse: () => ReadonlySet<Hash>;
}

/** Can be cut off anywhere and done again: a note goes after what it is about. */
export async function clearLeftovers(store: ChunkStore, { needed, useless, inUse }: Clearing): Promise<void> {
  const kept = new Set(needed.flatMap(namesOf));
  for (const name of await store.unnamed()) {
    if (kept.has(name)) await tryTo(store.named(name));
    else if (!inUse().has(name)) await tryTo(remove(store, name).then(() => store.named(name)));
  }
  for (const content of useless) {
    if (namesOf(content).some((name) => inUse().has(name))) continue;
    for (const name of namesOf(content)) if (!kept.has(name)) await tryTo(remove(store, name));
  }
}

/** What stands on disk for a version: its chunks, and the mark that it was verified. */
export const namesOf = (content: Content): Hash[] => [...content.chunks.map(({ hash }) => hash), markOf(content)];

async function remove(store: ChunkStore, name: Hash): Promise<void> {
  await store.unmark(name);
  await store.remove(name);
  await store.dropPartial(name);
}

/** What cannot be deleted now (Windows keeps a file that is being read) is deleted the next time. */
async function tryTo(deletion: Promise<void>): Promise<void> {
  await deletion.catch(() => undefined);
}

/**
 * Destroys what stands on disk for these, but for what something needed uses as well. In turn, so that a case of a hundred
 * thousand files opens few at once. Answers how many names would not go.
 */
export async function destroyContents(
  store: ChunkStore,
  doomed: readonly Content[],
  needed: readonly Content[],
): Promise<number> {
  const kept = new Set(needed.flatMap(namesOf));
  let left = 0;
  for (const name of new Set(doomed.flatMap(namesOf))) if (!kept.has(name) && !(await store.destroy(name))) left++;
  return left;
}
