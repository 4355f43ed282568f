/**
 * Owns the operating system's key store as Electron gives it (`safeStorage`): the asynchronous calls where they exist, the
 * older ones elsewhere. Promises to count Linux's `basic_text`, an unknown store, or an Electron too old to say, as none.
 */
import { safeStorage } from 'electron';
import { fromHex, toHex } from '../../shared/primitives/bytes.ts';
import type { KeyStore } from './keyStore.ts';
import { noKeyStore } from './keyStore.ts';

/** `safeStorage` over the years: every call may be missing. */
type AnySafeStorage = Partial<typeof safeStorage>;

export async function osKeyStore(): Promise<KeyStore> {
  const storage: AnySafeStorage = safeStorage;
  const name = storeName(storage);
  if (name === null || !(await isAvailable(storage))) return noKeyStore;
  return {
    name,
    seal: async (secret) => new Uint8Array(await sealText(storage, toHex(secret))),
    open: async (sealed) => {
      try {
        return fromHex(await openText(storage, Buffer.from(sealed)));
      } catch {
        return null; // a key store tells a foreign or lost key only by throwing
      }
    },
  };
}

function storeName(storage: AnySafeStorage): string | null {
  if (process.platform === 'win32') return 'dpapi';
  if (process.platform === 'darwin') return 'keychain';
  const name = storage.getSelectedStorageBackend?.() ?? 'unknown';
  return name === 'basic_text' || name === 'unknown' ? null : name;
}

async function isAvailable(storage: AnySafeStorage): Promise<boolean> {
  if (storage.isAsyncEncryptionAvailable) return storage.isAsyncEncryptionAvailable();
  return storage.isEncryptionAvailable?.() ?? false;
}

async function sealText(storage: AnySafeStorage, text: string): Promise<Buffer> {
  if (storage.encryptStringAsync) return storage.encryptStringAsync(text);
  if (storage.encryptString) return storage.encryptString(text);
  throw new Error('no key store');
}

async function openText(storage: AnySafeStorage, sealed: Buffer): Promise<string> {
  if (storage.decryptStringAsync) return (await storage.decryptStringAsync(sealed)).result;
  if (storage.decryptString) return storage.decryptString(sealed);
  throw new Error('no key store');
}
