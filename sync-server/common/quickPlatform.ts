/**
 * The same algorithms for a process that judges thousands of small entries: hashes and signatures done at once by
 * node:crypto, without a trip to the thread pool each, and public keys imported once. Keys go to node:crypto by themselves and
 * signatures as DER: in options, as `ieee-p1363` needs them, Node tries each object as every kind of key, which takes half as
 * long again as checking the signature. Everything else stays WebCrypto's.
 */
import { KeyObject, createPrivateKey, hash, sign, verify } from 'node:crypto';
import type { webcrypto } from 'node:crypto';
import type { Platform, Subtle } from '../../shared/primitives/platform.ts';
import { toHex } from '../../shared/primitives/bytes.ts';
import { nodePlatform } from './node.ts';
import { fromDer, toDer } from './signatureForm.ts';

/** Public keys kept ready: as many as devices are likely to be at work in a day. */
const KEPT = 4096;

const isOurs = ({ name, hash: digest }: { name: string; hash?: string }): boolean =>
  name === 'ECDSA' && digest === 'SHA-256';

function makeQuickSubtle(slow: Subtle): Subtle {
  const keys = new Map<string, Promise<webcrypto.CryptoKey>>();
  const objects = new WeakMap<object, KeyObject>();

  function publicKey(raw: Uint8Array, algorithm: unknown, usages: unknown): Promise<webcrypto.CryptoKey> {
    const name = toHex(raw);
    const key = keys.get(name) ?? (slow.importKey('raw', raw, algorithm, true, usages) as Promise<webcrypto.CryptoKey>);
    keys.delete(name);
    keys.set(name, key); // newest last
    const [oldest] = keys.keys();
    if (keys.size > KEPT && oldest !== undefined) keys.delete(oldest);
    return key;
  }

  /** WebCrypto would not hand a private key on later, so the object is made beside it. */
  async function privateKey(pkcs8: Uint8Array, ...how: unknown[]): Promise<webcrypto.CryptoKey> {
    const [algorithm, extractable, usages] = how;
    const key = (await slow.importKey('pkcs8', pkcs8, algorithm, extractable === true, usages)) as webcrypto.CryptoKey;
    objects.set(key, createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }));
    return key;
  }

  function objectOf(key: webcrypto.CryptoKey): KeyObject {
    const object = objects.get(key) ?? KeyObject.from(key);
    objects.set(key, object);
    return object;
  }

  function importKey(
    format: string,
    data: Uint8Array,
    algorithm: { name: string },
    extractable: boolean,
    usages: unknown,
  ) {
    if (algorithm.name === 'ECDSA' && format === 'raw') return publicKey(data, algorithm, usages);
    if (algorithm.name === 'ECDSA' && format === 'pkcs8') return privateKey(data, algorithm, extractable, usages);
    return slow.importKey(format, data, algorithm, extractable, usages);
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
      isOurs(algorithm)
        ? Promise.resolve(signature.length === 64 && verify('sha256', data, objectOf(key), toDer(signature)))
        : slow.verify(algorithm, key, signature, data),
    sign: (algorithm: { name: string; hash?: string }, key: webcrypto.CryptoKey, data: Uint8Array) => {
      const object = isOurs(algorithm) ? objects.get(key) : undefined;
      return object
        ? Promise.resolve(bufferOf(fromDer(sign('sha256', data, object))))
        : slow.sign(algorithm, key, data);
    },
    importKey,
    encrypt: (algorithm, key, data) => slow.encrypt(algorithm, key, data),
    decrypt: (algorithm, key, data) => slow.decrypt(algorithm, key, data),
    exportKey: (format, key) => slow.exportKey(format, key),
    deriveBits: (algorithm, key, length) => slow.deriveBits(algorithm, key, length),
    generateKey: (algorithm, extractable, usages) => slow.generateKey(algorithm, extractable, usages),
  };
}

const bufferOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

export const quickPlatform: Platform = {
  ...nodePlatform,
  subtle: makeQuickSubtle(nodePlatform.subtle),
  hexDigest: (bytes) => hash('sha256', bytes, 'hex'),
};
