/**
 * Whether a copy would do: its database is the one that was taken and holds together, and every chunk that it names is
 * there with the bytes of its name. Reads only.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { KEY_FILE } from '../keys.ts';
import { versionOf } from '../../common/migrations.ts';
import { relayMigrations } from '../store/migrations.ts';
import type { Copy, Manifest } from './copies.ts';
import { DATABASE, chunkIn, readManifest } from './copies.ts';
import { hashFile } from './create.ts';
import type { StoreVerdict } from './verifyStore.ts';
import { verifyStore } from './verifyStore.ts';

export interface CopyVerdict {
  readonly copy: string;
  readonly store: StoreVerdict | null;
  readonly chunks: number;
  readonly hasKey: boolean;
  readonly faults: readonly string[];
}

/** `isQuick`: chunks are looked at by size, and not read. */
export async function verifyCopy(
  platform: Platform,
  folder: string,
  copy: Copy,
  isQuick: boolean,
): Promise<CopyVerdict> {
  const hasKey = existsSync(path.join(copy.dir, KEY_FILE));
  const manifest = readManifest(copy);
  if (manifest === null)
    return { copy: copy.name, store: null, chunks: 0, hasKey, faults: ['Its manifest cannot be read.'] };
  const faults = await findBadChunks(folder, manifest, isQuick);
  const database = path.join(copy.dir, DATABASE);
  const opened = await openCopied(database, manifest);
  if (!opened.ok)
    return { copy: copy.name, store: null, chunks: manifest.chunks.length, hasKey, faults: [opened.cause, ...faults] };
  try {
    // The shape of an earlier relay is brought up to date where it is restored, not here.
    const store = versionOf(opened.value) === relayMigrations.newest ? await verifyStore(platform, opened.value) : null;
    return {
      copy: copy.name,
      store,
      chunks: manifest.chunks.length,
      hasKey,
      faults: [...(store?.faults ?? []), ...faults],
    };
  } finally {
    opened.value.close();
  }
}

async function openCopied(file: string, { database }: Manifest): Promise<Result<DatabaseSync, string>> {
  if (!existsSync(file)) return fail('Its database is missing.');
  if ((await hashFile(file)) !== database.sha256) return fail('Its database is not the one that was copied.');
  const db = new DatabaseSync(file, { readOnly: true });
  return versionOf(db) > relayMigrations.newest ? fail('It was made by a newer relay.') : ok(db);
}

async function findBadChunks(folder: string, { chunks }: Manifest, isQuick: boolean): Promise<string[]> {
  const bad: string[] = [];
  for (const [chunk, size] of chunks) {
    const file = chunkIn(folder, chunk);
    const held = statSync(file, { throwIfNoEntry: false })?.size;
    if (held !== size) bad.push(`Chunk ${chunk} is ${held === undefined ? 'missing' : 'cut short'}.`);
    else if (!isQuick && (await hashFile(file)) !== chunk) bad.push(`Chunk ${chunk} is not what it was.`);
  }
  return bad;
}
