/**
 * What administrators did, in order: each act names the hash of the one before it and is signed by the relay's key, so
 * that none can be changed or left out later without being seen. Holds ids, sizes and words of commands; never a name.
 */
import type { DatabaseSync } from 'node:sqlite';
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../../shared/primitives/platform.ts';
import { sign, verify } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { inTransaction } from '../../common/sqlite.ts';

/** Labels of a relay's own; apart from those of the sealed log. */
const SIGNATURE = 'joinder/1/relay act';

export interface Act {
  readonly n: number;
  readonly time: Millis;
  readonly act: string;
  /** JSON. */
  readonly detail: string;
  readonly hash: Hash;
  readonly signature: Uint8Array | null;
}

const textOf = (before: Hash | '', { n, time, act, detail }: Omit<Act, 'hash' | 'signature'>): Uint8Array =>
  new TextEncoder().encode(JSON.stringify([before, n, time, act, detail]));

export function readActs(db: DatabaseSync): Act[] {
  return db.prepare('SELECT n, time, act, detail, hash, signature FROM acts ORDER BY n').all() as unknown as Act[];
}

/** Newest first, at most so many. */
export const readNewestActs = (db: DatabaseSync, most: number): Act[] =>
  db
    .prepare('SELECT n, time, act, detail, hash, signature FROM acts ORDER BY n DESC LIMIT ?')
    .all(most) as unknown as Act[];

/** `key` null: this folder has no key yet. Works while the relay runs. */
export async function recordAct(
  platform: Platform,
  db: DatabaseSync,
  key: Key | null,
  act: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (;;) {
    const last = db.prepare('SELECT n, hash FROM acts ORDER BY n DESC LIMIT 1').get() as
      | { n: number; hash: Hash }
      | undefined;
    const next = { n: (last?.n ?? 0) + 1, time: platform.now(), act, detail: JSON.stringify(detail) };
    const text = textOf(last?.hash ?? '', next);
    const hash = toHex(new Uint8Array(await platform.subtle.digest('SHA-256', text)));
    const signature = key === null ? null : await sign(platform, key, SIGNATURE, text);
    const isNext = inTransaction(db, () => {
      const now = db.prepare('SELECT coalesce(max(n), 0) AS n FROM acts').get()?.['n'];
      if (now !== next.n - 1) return false; // another command was quicker
      db.prepare('INSERT INTO acts (n, time, act, detail, hash, signature) VALUES (?, ?, ?, ?, ?, ?)').run(
        next.n,
        next.time,
        next.act,
        next.detail,
        hash,
        signature,
      );
      return true;
    });
    if (isNext) return;
  }
}

/** The first act that does not hold, or null. Acts before the relay had a key are unsigned; none after a signed one may be. */
export async function findBrokenAct(platform: Platform, acts: readonly Act[], key: Key | null): Promise<number | null> {
  let before: Hash | '' = '';
  let signed = false;
  for (const [i, act] of acts.entries()) {
    const text = textOf(before, act);
    const hash = toHex(new Uint8Array(await platform.subtle.digest('SHA-256', text)));
    if (act.n !== i + 1 || act.hash !== hash || (signed && act.signature === null)) return i + 1;
    if (act.signature !== null) {
      if (key === null || !(await verify(platform, key, act.signature, SIGNATURE, text))) return i + 1;
      signed = true;
    }
    before = act.hash;
  }
  return null;
}
