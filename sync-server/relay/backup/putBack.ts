/**
 * A data folder from a copy: into a folder that is empty or not there, database and chunks verified on the way, then the
 * word for a new generation, by which laptops know the relay as restored (`restored.ts`). Never writes over anything but what an
 * earlier run of its own left unfinished; what would be refused in the end is refused before anything is made.
 */
import { chmodSync, copyFileSync, createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail } from '../../../shared/primitives/result.ts';
import { KEY_FILE, belongsTo } from '../keys.ts';
import { fileIn } from '../store/schema.ts';
import type { Copy } from './copies.ts';
import { DATABASE, chunkIn, readManifest } from './copies.ts';
import { copyChunk, hashFile } from './create.ts';
import type { Restored } from './restored.ts';
import { restoreRelay } from './restored.ts';
import { beginRestore, endRestore, isRestoreUnfinished } from './unfinished.ts';

export type PutBackCause = 'not empty' | 'damaged copy' | 'no key' | 'another key' | 'held by another' | 'key lost';

export interface PutBackAsked {
  readonly folder: string;
  readonly copy: Copy;
  readonly dir: string;
  /** relay.key from elsewhere; null: the copy's own. */
  readonly key: string | null;
}

/** What may lie in the folder already: its settings, and the key that was put there for this. */
const MAY_LIE = new Set([KEY_FILE, 'relay.toml']);

export async function putBack(
  platform: Platform,
  { folder, copy, dir, key }: PutBackAsked,
): Promise<Result<Restored, PutBackCause>> {
  const goesOn = isRestoreUnfinished(dir);
  if (!goesOn && existsSync(dir) && readdirSync(dir).some((name) => !MAY_LIE.has(name))) return fail('not empty');
  const manifest = readManifest(copy);
  const database = path.join(copy.dir, DATABASE);
  if (!manifest || !existsSync(database) || (await hashFile(database)) !== manifest.database.sha256)
    return fail('damaged copy');
  const ownKey = path.join(dir, KEY_FILE);
  const keyFile = key ?? (existsSync(ownKey) ? ownKey : path.join(copy.dir, KEY_FILE));
  if (!existsSync(keyFile)) return fail('no key');
  if (!isKeyOf(database, keyFile)) return fail('another key');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  beginRestore(dir);
  for (const end of ['', '-wal', '-shm']) rmSync(`${fileIn(dir)}${end}`, { force: true }); // of a run that was cut off
  if (keyFile !== ownKey) copyFileSync(keyFile, ownKey);
  copyFileSync(database, fileIn(dir));
  for (const file of [ownKey, fileIn(dir)]) chmodSync(file, 0o600);
  // What is missing or damaged in the copy is left out: the relay forgets it, and laptops send it again.
  for (const [chunk] of manifest.chunks) await copyChunk(createReadStream(chunkIn(folder, chunk)), dir, chunk as Hash);
  const restored = await restoreRelay(platform, dir);
  if (restored.ok) endRestore(dir);
  return restored;
}

function isKeyOf(database: string, keyFile: string): boolean {
  const db = new DatabaseSync(database, { readOnly: true });
  try {
    return belongsTo(keyFile, db);
  } finally {
    db.close();
  }
}
