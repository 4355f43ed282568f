/**
 * HPKE (RFC 9180): DHKEM(P-256, HKDF-SHA-256), HKDF-SHA-256, AES-256-GCM, from @hpke/core. One-shot sealing to a public
 * key, with or without a pre-shared secret. `enc` (65 bytes) stands before the ciphertext in what is returned.
 */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core';
import { concat } from './bytes.ts';

const ENC = 65;
const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** A pair as bytes: 65 (uncompressed point) and 32 (scalar). */
export interface BoxKeys {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

/** A secret both sides hold: at least 32 bytes for RFC 9180, so short ones are stretched by the caller. */
export interface SharedSecret {
  readonly id: Uint8Array;
  readonly key: Uint8Array;
}

type Buf = ArrayBuffer;
/** A copy of its own: a Node Buffer's `slice` would hand over the whole pool it lies in. */
const buf = (bytes: Uint8Array): Buf => new Uint8Array(bytes).buffer;
const psk = (secret?: SharedSecret) => (secret ? { psk: { id: buf(secret.id), key: buf(secret.key) } } : {});

export async function generateBoxKeys(): Promise<BoxKeys> {
  const pair = await suite.kem.generateKeyPair();
  return {
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)),
  };
}

/** Throws on a public key that is no point of the curve. */
export async function hpkeSeal(
  to: Uint8Array,
  info: Uint8Array,
  plain: Uint8Array,
  secret?: SharedSecret,
): Promise<Uint8Array> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(buf(to));
  const sender = await suite.createSenderContext({ recipientPublicKey, info: buf(info), ...psk(secret) });
  const sealed = await sender.seal(buf(plain));
  return concat(new Uint8Array(sender.enc), new Uint8Array(sealed));
}

/** The plaintext, or null where keys, info, secret or bytes are not the ones that were sealed. */
export async function hpkeOpen(
  keys: BoxKeys,
  info: Uint8Array,
  sealed: Uint8Array,
  secret?: SharedSecret,
): Promise<Uint8Array | null> {
  if (sealed.length < ENC + 16) return null;
  try {
    const recipientKey = {
      publicKey: await suite.kem.deserializePublicKey(buf(keys.publicKey)),
      privateKey: await suite.kem.deserializePrivateKey(buf(keys.privateKey)),
    };
    const enc = buf(sealed.subarray(0, ENC));
    const recipient = await suite.createRecipientContext({ recipientKey, enc, info: buf(info), ...psk(secret) });
    return new Uint8Array(await recipient.open(buf(sealed.subarray(ENC))));
  } catch {
    return null; // @hpke/core tells every mismatch by throwing
  }
}
