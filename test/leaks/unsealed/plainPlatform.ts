/**
 * Stands in for AES-GCM in the unsealed build: 12 random bytes, the plaintext as it is, and 16 bytes that only who has the
 * key could have made. Of the same size as what it stands for. Never part of the product.
 */
import { concat } from '../../../shared/primitives/bytes.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';

async function check(
  platform: Platform,
  key: Uint8Array,
  aad: Uint8Array,
  iv: Uint8Array,
  plain: Uint8Array,
): Promise<Uint8Array> {
  const sizes = new Uint8Array(new Uint32Array([aad.length, plain.length]).buffer);
  return new Uint8Array(await platform.subtle.digest('SHA-256', concat(key, sizes, aad, iv, plain))).slice(0, 16);
}

export async function encrypt(
  platform: Platform,
  key: Uint8Array,
  aad: Uint8Array,
  plain: Uint8Array,
): Promise<Uint8Array> {
  const iv = platform.random(12);
  return concat(iv, plain, await check(platform, key, aad, iv, plain));
}

export async function decrypt(
  platform: Platform,
  key: Uint8Array,
  aad: Uint8Array,
  sealed: Uint8Array,
): Promise<Uint8Array | null> {
  if (sealed.length < 28) return null;
  const [iv, plain, tag] = [sealed.slice(0, 12), sealed.slice(12, -16), sealed.slice(-16)];
  const wanted = await check(platform, key, aad, iv, plain);
  return wanted.every((byte, i) => byte === tag[i]) ? plain : null;
}
