/**
 * What `shared/` needs of the machine: WebCrypto, random bytes and a clock, each handed in. The functions here are the
 * only callers of WebCrypto; they take keys and bytes, and never keep either.
 * Suite 1: ECDSA P-256 with SHA-256, AES-256-GCM, HKDF-SHA-256.
 */
import { concat, toHex, utf8 } from './bytes.ts';
import type { Hash } from './ids.ts';
import type { Millis } from './units.ts';

/** An opaque WebCrypto key (the platform's own `CryptoKey`). */
export interface Key {
  readonly type: string;
}
export interface KeyPair {
  readonly publicKey: Key;
  readonly privateKey: Key;
}

/** The part of `SubtleCrypto` in use; `any` because every platform types its keys by itself. */
export interface Subtle {
  /* eslint-disable @typescript-eslint/no-explicit-any */
  digest(algorithm: any, data: any): Promise<ArrayBuffer>;
  sign(algorithm: any, key: any, data: any): Promise<ArrayBuffer>;
  verify(algorithm: any, key: any, signature: any, data: any): Promise<boolean>;
  encrypt(algorithm: any, key: any, data: any): Promise<ArrayBuffer>;
  decrypt(algorithm: any, key: any, data: any): Promise<ArrayBuffer>;
  importKey(format: any, data: any, algorithm: any, extractable: boolean, usages: any): Promise<any>;
  exportKey(format: any, key: any): Promise<any>;
  deriveBits(algorithm: any, key: any, length: number): Promise<ArrayBuffer>;
  generateKey(algorithm: any, extractable: boolean, usages: any): Promise<any>;
  /* eslint-enable @typescript-eslint/no-explicit-any */
}

export interface Platform {
  readonly subtle: Subtle;
  random(bytes: number): Uint8Array;
  now(): Millis;
  /** SHA-256 in lower-case hex, where the machine has it at once. */
  readonly hexDigest?: (bytes: Uint8Array) => string;
}

/** The one implementation: WebCrypto as found in Node, Electron and Chromium. */
export const webPlatform = (
  crypto: { readonly subtle: Subtle; getRandomValues(array: Uint8Array): Uint8Array },
  now: () => Millis,
): Platform => ({ subtle: crypto.subtle, random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)), now });

export async function sha256(platform: Platform, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await platform.subtle.digest('SHA-256', bytes));
}

/** SHA-256 over a label and parts, each preceded by its length (4 bytes, big-endian), so that no two lists collide. */
export async function hashOf(platform: Platform, label: string, ...parts: readonly Uint8Array[]): Promise<Hash> {
  const whole = framed(label, ...parts);
  return (platform.hexDigest?.(whole) ?? toHex(await sha256(platform, whole))) as Hash;
}

/** Labels as bytes: they are few, and each is used for every entry. */
const labels = new Map<string, Uint8Array>();

function bytesOfLabel(label: string): Uint8Array {
  const there = labels.get(label);
  if (there) return there;
  const made = utf8(label);
  labels.set(label, made);
  return made;
}

/** A label and parts, each with a 4-byte length before it: the input of every hash and signature. */
export function framed(label: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const first = bytesOfLabel(label);
  let size = 4 + first.length;
  for (const part of parts) size += 4 + part.length;
  const whole = new Uint8Array(size);
  let at = putFramed(whole, 0, first);
  for (const part of parts) at = putFramed(whole, at, part);
  return whole;
}

function putFramed(whole: Uint8Array, at: number, part: Uint8Array): number {
  const { length } = part;
  whole[at] = length >>> 24;
  whole[at + 1] = length >>> 16;
  whole[at + 2] = length >>> 8;
  whole[at + 3] = length;
  whole.set(part, at + 4);
  return at + 4 + length;
}

const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' };
const ECDSA_SHA256 = { name: 'ECDSA', hash: 'SHA-256' };

export const generateSigningKeys = (platform: Platform): Promise<KeyPair> =>
  platform.subtle.generateKey(ECDSA, true, ['sign', 'verify']) as Promise<KeyPair>;

/** 65 bytes, uncompressed point. */
export const exportPublicKey = async (platform: Platform, key: Key): Promise<Uint8Array> =>
  new Uint8Array((await platform.subtle.exportKey('raw', key)) as ArrayBuffer);

/** PKCS #8. To be sealed at once; never stored as it is. */
export const exportPrivateKey = async (platform: Platform, key: Key): Promise<Uint8Array> =>
  new Uint8Array((await platform.subtle.exportKey('pkcs8', key)) as ArrayBuffer);

/** Throws on bytes that are no point of the curve. */
export const importVerifyKey = (platform: Platform, raw: Uint8Array): Promise<Key> =>
  platform.subtle.importKey('raw', raw, ECDSA, true, ['verify']) as Promise<Key>;

export const importSigningKey = (platform: Platform, pkcs8: Uint8Array): Promise<Key> =>
  platform.subtle.importKey('pkcs8', pkcs8, ECDSA, false, ['sign']) as Promise<Key>;

/** 64 bytes, r || s. */
export const sign = async (platform: Platform, key: Key, label: string, ...parts: Uint8Array[]): Promise<Uint8Array> =>
  new Uint8Array(await platform.subtle.sign(ECDSA_SHA256, key, framed(label, ...parts)));

export const verify = (
  platform: Platform,
  key: Key,
  signature: Uint8Array,
  label: string,
  ...parts: Uint8Array[]
): Promise<boolean> => verifyFramed(platform, key, signature, framed(label, ...parts));

/** The same, over a label and parts that were framed before. */
export const verifyFramed = (
  platform: Platform,
  key: Key,
  signature: Uint8Array,
  signed: Uint8Array,
): Promise<boolean> => platform.subtle.verify(ECDSA_SHA256, key, signature, signed);

/** 32 bytes from `secret`, for the purpose that `label` and `parts` name. */
export async function deriveKey(
  platform: Platform,
  secret: Uint8Array,
  label: string,
  ...parts: Uint8Array[]
): Promise<Uint8Array> {
  const base = await platform.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const info = framed(label, ...parts);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info };
  return new Uint8Array(await platform.subtle.deriveBits(algorithm, base, 256));
}

/** AES-256-GCM under a 32-byte key: 12-byte random nonce, then ciphertext and tag. */
export async function encrypt(
  platform: Platform,
  key: Uint8Array,
  aad: Uint8Array,
  plain: Uint8Array,
): Promise<Uint8Array> {
  const iv = platform.random(12);
  const aes = await platform.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const sealed = await platform.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: aad }, aes, plain);
  return concat(iv, new Uint8Array(sealed));
}

/** The plaintext, or null where key, associated data or bytes are not the ones that were sealed. */
export async function decrypt(
  platform: Platform,
  key: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array | null> {
  if (sealed.length < 28) return null;
  const aes = await platform.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  const algorithm = { name: 'AES-GCM', iv: sealed.subarray(0, 12), additionalData: aad };
  try {
    return new Uint8Array(await platform.subtle.decrypt(algorithm, aes, sealed.subarray(12)));
  } catch {
    return null; // WebCrypto tells a wrong tag only by throwing
  }
}
