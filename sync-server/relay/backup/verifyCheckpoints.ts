/**
 * Whether the relay's records are what its checkpoints said: each signed, bound to the one before, over the places that are
 * still in the order; and whether words that others kept are among them. The last is what nobody with the relay's key can
 * mend afterwards.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import {
  hashCheckpoint,
  hashLeaf,
  hashLeaves,
  readCheckpoint,
  readWord,
} from '../../../shared/seal/area/checkpoint.ts';
import type { CheckpointStore, StoredCheckpoint } from '../store/checkpoints.ts';
import { checkpointStore } from '../store/checkpoints.ts';

/** What does not hold, as sentences. */
export async function verifyCheckpoints(platform: Platform, db: DatabaseSync, key: Key | null): Promise<string[]> {
  if (!hasCheckpoints(db)) return [];
  const store = checkpointStore(db);
  const all = store.all();
  if (all.length === 0) return [];
  if (key === null) return ['There are checkpoints, and no key that could have signed them.'];
  let before: Hash | null = null;
  for (const [i, one] of all.entries()) {
    const fault = one.n !== i + 1 ? 'is missing' : await faultOf(platform, db, store, key, one, before);
    if (fault !== null) return [`Checkpoint ${i + 1} ${fault}.`];
    before = one.hash;
  }
  return [];
}

/** A copy of an earlier relay has none. */
const hasCheckpoints = (db: DatabaseSync): boolean =>
  db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'checkpoints'").get() !== undefined;

async function faultOf(
  platform: Platform,
  db: DatabaseSync,
  store: CheckpointStore,
  key: Key,
  one: StoredCheckpoint,
  before: Hash | null,
): Promise<string | null> {
  const read = await readCheckpoint(platform, key, one);
  if (!read.ok || read.value.n !== one.n) return 'is not as it was signed';
  if ((await hashCheckpoint(platform, one.body)) !== one.hash || read.value.before !== before)
    return 'does not follow the one before it';
  const places = store.covered(one.n);
  const leaves = await Promise.all(places.map(({ area, n, h }) => hashLeaf(platform, area, n, h)));
  if ((await hashLeaves(platform, leaves)) !== read.value.leaves) return 'does not cover what it said';
  const stands = db.prepare('SELECT l.h FROM areas a JOIN log l ON l.area = a.row WHERE a.area = ? AND l.n = ?');
  const isGone = db.prepare('SELECT 1 FROM disposed WHERE area = ? AND gone = 1');
  for (const { area, n, h } of places)
    if (stands.get(area, n)?.['h'] !== h && isGone.get(area) === undefined)
      return `covers place ${n} of area ${area}, and another or none stands there`;
  const { acts, act } = read.value;
  const put = act === null ? null : db.prepare('SELECT hash FROM acts WHERE n = ?').get(acts)?.['hash'];
  return put === act ? null : `covers ${acts} acts of administrators, and they are not as they were`;
}

export type WordCause = 'no word' | 'not of this relay' | 'another history' | 'from before';

/** Whether a word that somebody kept is what this relay has on record. `from before`: of an earlier generation, and not here any more. */
export async function checkWord(
  platform: Platform,
  db: DatabaseSync,
  key: Key,
  text: string,
): Promise<{ readonly n: number; readonly time: number } | WordCause> {
  const signed = readWord(text);
  if (signed === null) return 'no word';
  const read = await readCheckpoint(platform, key, signed);
  if (!read.ok) return 'not of this relay';
  const { n, time, generation } = read.value;
  const here = checkpointStore(db).find(n);
  if (here?.hash === (await hashCheckpoint(platform, signed.body))) return { n, time };
  const now = Number(db.prepare("SELECT value FROM settings WHERE name = 'generation'").get()?.['value'] ?? 1);
  return generation < now ? 'from before' : 'another history';
}
