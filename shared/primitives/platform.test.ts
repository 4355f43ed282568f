import { describe, expect, it } from 'vitest';
import { platform } from '../seal/fixture.ts';
import { fromHex, toHex, utf8 } from './bytes.ts';
import { isHash, isId } from './ids.ts';
import { derivedId, newId } from './naming.ts';
import {
  decrypt,
  deriveKey,
  encrypt,
  exportPrivateKey,
  exportPublicKey,
  framed,
  generateSigningKeys,
  hashOf,
  importSigningKey,
  importVerifyKey,
  sha256,
  sign,
  verify,
} from './platform.ts';

describe('hashes', () => {
  it('are SHA-256', async () => {
    expect(toHex(await sha256(platform, utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
  it('frame label and parts, so that no two lists give the same bytes', () => {
    expect(toHex(framed('ab', Uint8Array.of(7)))).toBe('00000002' + '6162' + '00000001' + '07');
    expect(framed('a', utf8('bc'))).not.toEqual(framed('ab', utf8('c')));
    expect(framed('a', utf8('b'), utf8(''))).not.toEqual(framed('a', utf8('b')));
  });
  it('differ by label', async () => {
    const one = await hashOf(platform, 'one', utf8('x'));
    expect(isHash(one)).toBe(true);
    expect(await hashOf(platform, 'two', utf8('x'))).not.toBe(one);
  });
});

describe('ids', () => {
  it('are 16 random bytes, or derived alike everywhere', async () => {
    expect(isId(newId(platform))).toBe(true);
    expect(newId(platform)).not.toBe(newId(platform));
    const derived = await derivedId(platform, 'label', 'a', 'b');
    expect(derived).toBe(await derivedId(platform, 'label', 'a', 'b'));
    expect(derived).not.toBe(await derivedId(platform, 'label', 'ab'));
    for (const wrong of ['', 'A'.repeat(32), 'g'.repeat(32), 7, null, `${'a'.repeat(32)}\n`])
      expect(isId(wrong)).toBe(false);
  });
});

describe('signatures', () => {
  it('hold for label and parts, and come back from PKCS #8', async () => {
    const keys = await generateSigningKeys(platform);
    const publicKey = await importVerifyKey(platform, await exportPublicKey(platform, keys.publicKey));
    const privateKey = await importSigningKey(platform, await exportPrivateKey(platform, keys.privateKey));
    const signature = await sign(platform, privateKey, 'label', utf8('x'));
    expect(signature).toHaveLength(64);
    expect(await verify(platform, publicKey, signature, 'label', utf8('x'))).toBe(true);
    expect(await verify(platform, publicKey, signature, 'other', utf8('x'))).toBe(false);
    expect(await verify(platform, publicKey, signature, 'label', utf8('y'))).toBe(false);
    expect(await verify(platform, publicKey, signature.subarray(1), 'label', utf8('x'))).toBe(false);
    expect(await verify(platform, publicKey, new Uint8Array(64), 'label', utf8('x'))).toBe(false);
  });
  it('refuse a key that is no point of the curve', async () => {
    const off = new Uint8Array(65).fill(1);
    off[0] = 4;
    await expect(importVerifyKey(platform, off)).rejects.toThrow();
  });
});

describe('encryption', () => {
  it('opens with key, associated data and bytes, and with nothing else', async () => {
    const key = platform.random(32);
    const sealed = await encrypt(platform, key, utf8('aad'), utf8('plain'));
    expect(sealed).toHaveLength(12 + 5 + 16);
    expect(await decrypt(platform, key, utf8('aad'), sealed)).toEqual(utf8('plain'));
    expect(await decrypt(platform, platform.random(32), utf8('aad'), sealed)).toBeNull();
    expect(await decrypt(platform, key, utf8('bad'), sealed)).toBeNull();
    expect(await decrypt(platform, key, utf8('aad'), sealed.subarray(0, 27))).toBeNull();
    for (let i = 0; i < sealed.length; i++) {
      const bent = new Uint8Array(sealed);
      bent[i] = (bent[i] ?? 0) ^ 1;
      expect(await decrypt(platform, key, utf8('aad'), bent)).toBeNull();
    }
  });
  it('derives one key for one purpose', async () => {
    const secret = fromHex('00'.repeat(32));
    const key = await deriveKey(platform, secret, 'label', utf8('a'));
    expect(key).toHaveLength(32);
    expect(await deriveKey(platform, secret, 'label', utf8('a'))).toEqual(key);
    expect(await deriveKey(platform, secret, 'label', utf8('b'))).not.toEqual(key);
  });
});
