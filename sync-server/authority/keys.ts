/**
 * An authority's private keys: made once, kept in one file that only its owner may read, replaced by nothing. Promises
 * that a second `init` never touches keys that exist. Never prints a key, and never gives one to another module than
 * those that sign and open.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { decodeCbor, encodeCbor } from '../../shared/primitives/cbor.ts';
import type { BoxKeys } from '../../shared/primitives/hpke.ts';
import { generateBoxKeys } from '../../shared/primitives/hpke.ts';
import type { OrgId } from '../../shared/primitives/ids.ts';
import type { Key, Platform } from '../../shared/primitives/platform.ts';
import {
  exportPrivateKey,
  exportPublicKey,
  generateSigningKeys,
  importSigningKey,
} from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { Card } from '../../shared/seal/directory/card.ts';
import { orgIdOf } from '../../shared/seal/directory/card.ts';
import * as read from '../../shared/seal/read.ts';

export interface AuthorityKeys {
  readonly card: Card;
  readonly org: OrgId;
  readonly signKey: Key;
  readonly boxKeys: BoxKeys;
}

const FILE = 'authority.keys';

/** Makes the keys of a new authority in `dir`, which is made when it is missing. */
export async function makeKeys(platform: Platform, dir: string, name: string): Promise<Result<Card, 'already here'>> {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = path.join(dir, FILE);
  if (existsSync(file)) return fail('already here');
  const signing = await generateSigningKeys(platform);
  const box = await generateBoxKeys();
  const signKey = await exportPublicKey(platform, signing.publicKey);
  const content = encodeCbor([
    name,
    signKey,
    await exportPrivateKey(platform, signing.privateKey),
    box.publicKey,
    box.privateKey,
  ]);
  return writeOnce(file, content) ? ok({ name, signKey, boxKey: box.publicKey }) : fail('already here');
}

/** Whole and durable under its name, or not there at all; false where somebody else was first. */
function writeOnce(file: string, content: Uint8Array): boolean {
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'wx', 0o600);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft);
  }
  syncDirectory(path.dirname(file));
  return true;
}

function syncDirectory(dir: string): void {
  if (process.platform === 'win32') return; // NTFS has no such handle, and journals names by itself
  const handle = openSync(dir, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

export async function loadKeys(
  platform: Platform,
  dir: string,
): Promise<Result<AuthorityKeys, 'no authority here' | 'keys damaged'>> {
  const file = path.join(dir, FILE);
  if (!existsSync(file)) return fail('no authority here');
  const content = new Uint8Array(readFileSync(file));
  const parts = read.reading(() => {
    const [name, signKey, signPrivate, boxKey, boxPrivate] = read.list(decodeCbor(content), 'keys', 5);
    return {
      card: {
        name: read.text(name, 'name'),
        signKey: read.bytes(signKey, 'signKey', 65),
        boxKey: read.bytes(boxKey, 'boxKey', 65),
      },
      signPrivate: read.bytes(signPrivate, 'signPrivate'),
      boxPrivate: read.bytes(boxPrivate, 'boxPrivate', 32),
    };
  });
  if (!parts.ok) return fail('keys damaged');
  const { card, signPrivate, boxPrivate } = parts.value;
  return ok({
    card,
    org: await orgIdOf(platform, card.signKey),
    signKey: await importSigningKey(platform, signPrivate),
    boxKeys: { publicKey: card.boxKey, privateKey: boxPrivate },
  });
}
