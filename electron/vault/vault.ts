/**
 * The vault: device and seat keys on disk, sealed under a random key that is wrapped by the passphrase and, where the
 * operating system has a real key store, by a secret of that store as well. Promises that a change is whole or not there
 * and that nothing is ever wiped because it could not be opened. Never logs, and never hands out a passphrase.
 */
import { concat, utf8 } from '../../shared/primitives/bytes.ts';
import { encodeCbor } from '../../shared/primitives/cbor.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import { decrypt, deriveKey, encrypt } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { DiskCause } from '../disk/causes.ts';
import { writeWhole } from '../disk/writeWhole.ts';
import type { VaultContents } from './contents.ts';
import { decodeContents, encodeContents } from './contents.ts';
import type { KeyStore } from './keyStore.ts';
import type { Hardness } from './passphrase.ts';
import { stretch } from './passphrase.ts';
import type { Tries } from './tries.ts';
import type { ClearPart, VaultFile } from './vaultFile.ts';
import { encodeVaultFile, readVaultFile } from './vaultFile.ts';

export interface VaultPlace {
  readonly file: string;
  readonly platform: Platform;
  readonly keyStore: KeyStore;
  readonly tries: Tries;
  readonly hardness: Hardness;
}

export interface OpenVault {
  contents(): VaultContents;
  /** Durable when answered; on a failure the contents are as they were. */
  change(next: (contents: VaultContents) => VaultContents): Promise<Result<null, DiskCause>>;
  /** Forgets the keys. Changes asked for before are finished first. */
  close(): Promise<void>;
}

export type OpenCause = 'wrong passphrase' | 'wait' | 'damaged' | 'key store changed' | 'none';

const KEY_LABEL = 'joinder/1/vault key';
const CONTENTS_LABEL = 'joinder/1/vault contents';

const contentsAad = (clear: ClearPart): Uint8Array => encodeCbor([CONTENTS_LABEL, clear.person, clear.org]);
const keyAad = utf8(KEY_LABEL);

const wrappingKey = async (
  at: VaultPlace,
  passphrase: string,
  salt: Uint8Array,
  hardness: Hardness,
  secret: Uint8Array,
): Promise<Uint8Array> => deriveKey(at.platform, concat(await stretch(passphrase, salt, hardness), secret), KEY_LABEL);

type Wrapping = Pick<VaultFile, 'salt' | 'hardness' | 'keyStore' | 'wrappedKey'>;

/** Wraps the vault key anew, with the key store that this computer has today. */
async function wrap(at: VaultPlace, passphrase: string, vaultKey: Uint8Array): Promise<Wrapping> {
  const salt = at.platform.random(32);
  const secret = at.keyStore.name === null ? new Uint8Array(0) : at.platform.random(32);
  const keyStore =
    at.keyStore.name === null ? null : { name: at.keyStore.name, sealed: await at.keyStore.seal(secret) };
  const kek = await wrappingKey(at, passphrase, salt, at.hardness, secret);
  return { salt, hardness: at.hardness, keyStore, wrappedKey: await encrypt(at.platform, kek, keyAad, vaultKey) };
}

/** Makes the vault file. Whoever calls has made sure that there is none. */
export async function createVault(
  at: VaultPlace,
  passphrase: string,
  clear: ClearPart,
  contents: VaultContents,
): Promise<Result<OpenVault, DiskCause>> {
  const vaultKey = at.platform.random(32);
  const vault = vaultUnder(at, vaultKey, clear, await wrap(at, passphrase, vaultKey), contents);
  const written = await vault.change((c) => c);
  return written.ok ? ok(vault) : written;
}

/** Opens the vault file with a passphrase, and wraps its key anew where the key store or the hardness has changed since. */
export async function openVault(at: VaultPlace, passphrase: string): Promise<Result<OpenVault, OpenCause>> {
  if ((await at.tries.waitUntil()) !== null) return fail('wait');
  const read = await readVaultFile(at.file);
  if (!read.ok) return read;
  const file = read.value;
  const secret = file.keyStore === null ? new Uint8Array(0) : await at.keyStore.open(file.keyStore.sealed);
  if (secret === null) return fail('key store changed');
  await at.tries.begin();
  const kek = await wrappingKey(at, passphrase, file.salt, file.hardness, secret);
  const vaultKey = await decrypt(at.platform, kek, keyAad, file.wrappedKey);
  if (vaultKey === null) return fail('wrong passphrase');
  await at.tries.succeeded();
  const plain = await decrypt(at.platform, vaultKey, contentsAad(file.clear), file.sealed);
  const contents = plain === null ? null : decodeContents(plain);
  if (contents === null) return fail('damaged');
  const stale = (file.keyStore?.name ?? null) !== at.keyStore.name || !sameHardness(file.hardness, at.hardness);
  const vault = vaultUnder(at, vaultKey, file.clear, stale ? await wrap(at, passphrase, vaultKey) : file, contents);
  if (stale) await vault.change((c) => c); // a full disk leaves the old wrapping, which opened just now
  return ok(vault);
}

const sameHardness = (a: Hardness, b: Hardness): boolean =>
  a.memory === b.memory && a.rounds === b.rounds && a.lanes === b.lanes;

function vaultUnder(
  at: VaultPlace,
  vaultKey: Uint8Array,
  clear: ClearPart,
  wrapping: Wrapping,
  first: VaultContents,
): OpenVault {
  let contents: VaultContents | null = first;
  let writing: Promise<unknown> = Promise.resolve();
  const { salt, hardness, keyStore, wrappedKey } = wrapping;
  const present = (): VaultContents => {
    if (contents === null) throw new Error('the vault is locked');
    return contents;
  };
  const write = async (next: VaultContents): Promise<Result<null, DiskCause>> => {
    const sealed = await encrypt(at.platform, vaultKey, contentsAad(clear), encodeContents(next));
    const file = {
      format: 1 as const,
      clear: { person: clear.person, org: clear.org },
      salt,
      hardness,
      keyStore,
      wrappedKey,
      sealed,
    };
    const written = await writeWhole(at.file, encodeVaultFile(file));
    if (written.ok) contents = next;
    return written;
  };
  return {
    contents: present,
    change: (change) => {
      const changed = writing.then(() => write(change(present())));
      writing = changed.catch(() => undefined); // its own caller hears of it
      return changed;
    },
    close: async () => {
      await writing;
      contents = null;
      vaultKey.fill(0);
    },
  };
}
