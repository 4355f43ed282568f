/**
 * The relay's own key pair, made at first start and kept in one file that only its owner may read. It signs places in
 * areas' orders; it opens no content and admits no device.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DatabaseSync } from 'node:sqlite';
import { fromBase64Url, toBase64Url } from '../../shared/primitives/bytes.ts';
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import {
  exportPrivateKey,
  exportPublicKey,
  generateSigningKeys,
  importSigningKey,
} from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { writePrivateFile } from '../common/files.ts';

export interface RelayKeys {
  readonly publicKey: Uint8Array;
  readonly signing: Key;
}

export const KEY_FILE = 'relay.key';
/** Whether there is a key in `dir`: where there is none, `openKeys` may make one. */
export const hasKeys = (dir: string): boolean => existsSync(path.join(dir, KEY_FILE));

const keyFile = z.object({ publicKey: z.string(), privateKey: z.string() });

/**
 * The keys in `dir`, made when this folder has never had any. A folder whose key is missing or another's is refused: under
 * a new key, everything the relay signed would look forged. Call only while holding the folder (`holdFolder`).
 */
export async function openKeys(
  platform: Platform,
  dir: string,
  db: DatabaseSync,
): Promise<Result<RelayKeys, 'key lost'>> {
  const file = path.join(dir, KEY_FILE);
  const known = knownKey(db);
  if (!hasKeys(dir)) {
    if (known !== undefined) return fail('key lost');
    const pair = await generateSigningKeys(platform);
    const publicKey = await exportPublicKey(platform, pair.publicKey);
    writePrivateFile(
      file,
      JSON.stringify({
        publicKey: toBase64Url(publicKey),
        privateKey: toBase64Url(await exportPrivateKey(platform, pair.privateKey)),
      }),
    );
  }
  const keys = await loadKeys(platform, dir);
  if (keys === null) return fail('key lost');
  const publicKey = toBase64Url(keys.publicKey);
  if (known !== undefined && known !== publicKey) return fail('key lost');
  db.prepare("INSERT INTO settings (name, value) VALUES ('relay key', ?) ON CONFLICT DO NOTHING").run(publicKey);
  return ok(keys);
}

/** Whether a file holds the key under which this database was kept; true of one that no relay has run on. */
export function belongsTo(file: string, db: DatabaseSync): boolean {
  try {
    const { publicKey } = keyFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    return [undefined, publicKey].includes(knownKey(db));
  } catch {
    return false; // no key file
  }
}

const knownKey = (db: DatabaseSync): string | undefined => {
  const known = db.prepare("SELECT value FROM settings WHERE name = 'relay key'").get()?.['value'];
  return known === undefined ? undefined : String(known);
};

/** The keys in `dir`; null where there are none that can be read. */
export async function loadKeys(platform: Platform, dir: string): Promise<RelayKeys | null> {
  try {
    const { publicKey, privateKey } = keyFile.parse(JSON.parse(readFileSync(path.join(dir, KEY_FILE), 'utf8')));
    return {
      publicKey: fromBase64Url(publicKey),
      signing: await importSigningKey(platform, fromBase64Url(privateKey)),
    };
  } catch {
    return null; // missing, or no key file
  }
}
