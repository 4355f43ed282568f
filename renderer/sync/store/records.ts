/**
 * Sealed records: what the worker must keep beside the log (area keys, checkpoints, settings), each sealed under the
 * vault's store key and bound to its own key, so that no row can stand in for another.
 */
import { utf8 } from '../../../shared/primitives/bytes.ts';
import { decodeFrame, encodeCbor } from '../../../shared/primitives/cbor.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { decrypt, encrypt } from '../../../shared/primitives/platform.ts';
import type { Database } from './database.ts';

export interface Records {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  drop(key: string): Promise<void>;
  /** Drops all records whose key begins with `prefix`. */
  dropAll(prefix: string): Promise<void>;
  /** Drops those of all that begin with one of these whose key is one of them. */
  dropWhere(prefixes: readonly string[], is: (key: string) => boolean): Promise<void>;
  /** All records whose key begins with `prefix`; unreadable ones are left out. */
  list(prefix: string): Promise<readonly { key: string; value: unknown }[]>;
}

export function openRecords(platform: Platform, db: Database, storeKey: Uint8Array): Records {
  const open = async (key: string, sealed: Uint8Array): Promise<unknown> => {
    const plain = await decrypt(platform, storeKey, utf8(key), sealed);
    return plain === null ? undefined : decodeFrame(plain);
  };
  return {
    async get(key) {
      const row = await db.records.get(key);
      return row && open(key, row.sealed);
    },
    async put(key, value) {
      await db.records.put({ key, sealed: await encrypt(platform, storeKey, utf8(key), encodeCbor(value)) });
    },
    async drop(key) {
      await db.records.delete(key);
    },
    async dropAll(prefix) {
      await db.records.where('key').startsWith(prefix).delete();
    },
    async dropWhere(prefixes, is) {
      const keys = await db.records
        .where('key')
        .startsWithAnyOf([...prefixes])
        .primaryKeys();
      await db.records.bulkDelete(keys.filter(is));
    },
    async list(prefix) {
      const rows = await db.records.where('key').startsWith(prefix).toArray();
      const opened = await Promise.all(
        rows.map(async (row) => ({ key: row.key, value: await open(row.key, row.sealed) })),
      );
      return opened.filter((row) => row.value !== undefined);
    },
  };
}
