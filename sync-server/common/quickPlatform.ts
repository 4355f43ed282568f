/**
 * The same algorithms for a process that judges thousands of small entries: hashes and signature checks done at once by
 * node:crypto, without a trip to the thread pool each, and public keys imported once. Everything else, private keys
 * included, stays WebCrypto's.
 */
import type { webcrypto } from 'node:crypto';
import { KeyObject, hash, verify } from 'node:crypto';
import type { Platform, Subtle } from '../../shared/primitives/platform.ts';
import { toHex } from '../../shared/primitives/bytes.ts';
import { nodePlatform } from './node.ts';

/** Public keys kept ready: as many as devices are likely to be at work in a day. */
const KEPT = 4096;

function makeQuickSubtle(slow: Subtle): Subtle {
  const keys = new Map<string, Promise<unknown>>();
  const objects = new WeakMap<object, KeyObject>();

  function publicKey(raw: Uint8Array, algorithm: unknown, usages: unknown): Promise<unknown> {
    const name = toHex(raw);
    const key = keys.get(name) ?? (slow.importKey('raw', raw, algorithm, true, usages) as Promise<unknown>);
    keys.delete(name);
    keys.set(name, key); // newest last
    const [oldest] = keys.keys();
    if (keys.size > KEPT && oldest !== undefined) keys.delete(oldest);
    return key;
  }

  function objectOf(key: webcrypto.CryptoKey): KeyObject {
    const object = objects.get(key) ?? KeyObject.from(key);
    objects.set(key, object);
    return object;
  }

  return {
    digest: (algorithm, data: Uint8Array) =>
      algorithm === 'SHA-256'
        ? Promise.resolve(bufferOf(hash('sha256', data, 'buffer')))
        : slow.digest(algorithm, data),
    verify: (
      algorithm: { name: string; hash?: string },
      key: webcrypto.CryptoKey,
      signature: Uint8Array,
      data: Uint8Array,
    ) =>
      algorithm.name === 'ECDSA' && algorithm.hash === 'SHA-256'
        ? Promise.resolve(verify('sha256', data, { key: objectOf(key), dsaEncoding: 'ieee-p1363' }, signature))
        : slow.verify(algorithm, key, signature, data),
    importKey: (format, data: Uint8Array, algorithm: { name: string }, extractable: boolean, usages) =>
      format === 'raw' && algorithm.name === 'ECDSA'
        ? publicKey(data, algorithm, usages)
        : slow.importKey(format, data, algorithm, extractable, usages),
    sign: (algorithm, key, data) => slow.sign(algorithm, key, data),
    encrypt: (algorithm, key, data) => slow.encrypt(algorithm, key, data),
    decrypt: (algorithm, key, data) => slow.decrypt(algorithm, key, data),
    exportKey: (format, key) => slow.exportKey(format, key),
    deriveBits: (algorithm, key, length) => slow.deriveBits(algorithm, key, length),
    generateKey: (algorithm, extractable, usages) => slow.generateKey(algorithm, extractable, usages),
  };
}

const bufferOf = (bytes: Buffer): ArrayBuffer => new Uint8Array(bytes).buffer;

export const quickPlatform: Platform = { ...nodePlatform, subtle: makeQuickSubtle(nodePlatform.subtle) };
