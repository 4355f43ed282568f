/**
 * The generation that a data folder stands for: 1 in a relay's first life, a higher one each time an administrator says that
 * the folder was put back from a copy. The relay's own key signs that word; clients take a higher generation by it alone.
 */
import type { DatabaseSync } from 'node:sqlite';
import { fromBase64Url, toBase64Url } from '../../shared/primitives/bytes.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import type { SignedGeneration } from '../../shared/seal/area/generation.ts';
import { signGeneration } from '../../shared/seal/area/generation.ts';
import { inTransaction } from '../common/sqlite.ts';
import type { RelayKeys } from './keys.ts';

export interface StoredGeneration {
  readonly generation: number;
  /** The signed word for it; null in a relay's first life, which needs none. */
  readonly word: SignedGeneration | null;
}

export function readGeneration(db: DatabaseSync): StoredGeneration {
  const setting = (name: string): string | null => {
    const value = db.prepare('SELECT value FROM settings WHERE name = ?').get(name)?.['value'];
    return typeof value === 'string' ? value : null;
  };
  const [body, signature] = (setting('generation word') ?? '').split('.');
  return {
    generation: Number(setting('generation') ?? 1),
    word: body && signature ? { body: fromBase64Url(body), signature: fromBase64Url(signature) } : null,
  };
}

/** Opens the next generation; answers its number. */
export async function openGeneration(platform: Platform, keys: RelayKeys, db: DatabaseSync): Promise<number> {
  const time = platform.now();
  // By the clock, so that one copy put back twice stands for two generations: it does not know of the first time. In
  // milliseconds, since a script may do so twice within a second.
  const generation = Math.max(readGeneration(db).generation + 1, time);
  const said = { generation, time, reason: 'restored' as const };
  const { body, signature } = await signGeneration(platform, keys.signing, said);
  const set = db.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  inTransaction(db, () => {
    set.run('generation', String(generation));
    set.run('generation word', `${toBase64Url(body)}.${toBase64Url(signature)}`);
  });
  return generation;
}
