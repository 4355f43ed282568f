/** The signing key pair that a PKCS #8 private key belongs to: the public half is computed, not stored beside it. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { concat } from '../../shared/primitives/bytes.ts';
import type { KeyPair, Platform } from '../../shared/primitives/platform.ts';
import { importSigningKey, importVerifyKey } from '../../shared/primitives/platform.ts';

export async function signKeysFrom(platform: Platform, pkcs8: Uint8Array): Promise<KeyPair> {
  const { x = '', y = '' } = createPublicKey(
    createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }),
  ).export({ format: 'jwk' });
  const raw = concat(Uint8Array.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url'));
  return { publicKey: await importVerifyKey(platform, raw), privateKey: await importSigningKey(platform, pkcs8) };
}
