/**
 * What an administrator runs once a relay's data folder was put back from a copy, before the relay runs on it: it opens the
 * next generation, and forgets the chunks that the copy names and does not hold. Deletes no entry and no file.
 */
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { ok } from '../../../shared/primitives/result.ts';
import { inTransaction } from '../../common/sqlite.ts';
import { openChunkFiles } from '../chunks/files.ts';
import { holdFolder } from '../folder.ts';
import { openGeneration } from '../generation.ts';
import { openKeys } from '../keys.ts';
import { chunkStore } from '../store/chunks.ts';
import { openDatabase } from '../store/schema.ts';

export interface Restored {
  readonly generation: number;
  /** Chunks that are missing, or not whole, in `chunks/`: laptops send them again. */
  readonly missingChunks: number;
}

export async function restoreRelay(
  platform: Platform,
  dir: string,
): Promise<Result<Restored, 'held by another' | 'key lost'>> {
  const hold = holdFolder(dir);
  if (!hold.ok) return hold;
  const db = openDatabase(dir);
  try {
    const keys = await openKeys(platform, dir, db);
    if (!keys.ok) return keys;
    const chunks = chunkStore(db);
    const files = openChunkFiles(dir);
    const missing = (db.prepare('SELECT chunk, size FROM chunks').all() as { chunk: Hash; size: number }[]).filter(
      ({ chunk, size }) => files.size(chunk) !== size,
    );
    inTransaction(db, () => missing.forEach(({ chunk }) => chunks.forget(chunk)));
    return ok({ generation: await openGeneration(platform, keys.value, db), missingChunks: missing.length });
  } finally {
    db.close();
    hold.value.release();
  }
}
