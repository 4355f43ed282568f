/**
 * The relay's own key pair, made at first start and kept in one file that only its owner may read. It signs places in
 * areas' orders; it opens no content and admits no device.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
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

const FILE = 'relay.key';

/**
 * The keys in `dir`, made when this folder has never had any. A folder whose key is missing or another's is refused: under
 * a new key, everything the relay signed would look forged. Call only while holding the folder (`holdFolder`).
 */
export async function openKeys(
  platform: Platform,
  dir: string,
  db: DatabaseSync,
): Promise<Result<RelayKeys, 'key lost'>> {
  const file = path.join(dir, FILE);
  const known = db.prepare("SELECT value FROM settings WHERE name = 'relay key'").get()?.['value'];
  if (!existsSync(file)) {
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
  const stored = JSON.parse(readFileSync(file, 'utf8')) as { publicKey: string; privateKey: string };
  if (known !== undefined && known !== stored.publicKey) return fail('key lost');
  db.prepare("INSERT INTO settings (name, value) VALUES ('relay key', ?) ON CONFLICT DO NOTHING").run(stored.publicKey);
  return ok({
    publicKey: fromBase64Url(stored.publicKey),
    signing: await importSigningKey(platform, fromBase64Url(stored.privateKey)),
  });
}
