import { describe, expect, it } from 'vitest';
import { utf8 } from './bytes.ts';
import { generateBoxKeys, hpkeOpen, hpkeSeal } from './hpke.ts';

const info = utf8('what it is for');
const plain = utf8('a key of 32 bytes, more or less.');

describe('HPKE', () => {
  it('opens for the pair it was sealed to, and for nobody else', async () => {
    const [mine, theirs] = [await generateBoxKeys(), await generateBoxKeys()];
    expect([mine.publicKey.length, mine.privateKey.length]).toEqual([65, 32]);
    const sealed = await hpkeSeal(mine.publicKey, info, plain);
    expect(sealed).toHaveLength(65 + plain.length + 16);
    expect(await hpkeOpen(mine, info, sealed)).toEqual(plain);
    expect(await hpkeOpen(theirs, info, sealed)).toBeNull();
    expect(await hpkeOpen(mine, utf8('other'), sealed)).toBeNull();
    expect(await hpkeOpen(mine, info, sealed.subarray(0, 80))).toBeNull();
    for (const at of [0, 1, 64, 65, sealed.length - 1]) {
      const bent = new Uint8Array(sealed);
      bent[at] = (bent[at] ?? 0) ^ 1;
      expect(await hpkeOpen(mine, info, bent)).toBeNull();
    }
  });

  it('binds a pre-shared secret', async () => {
    const keys = await generateBoxKeys();
    const secret = { id: utf8('name'), key: new Uint8Array(32).fill(1) };
    const sealed = await hpkeSeal(keys.publicKey, info, plain, secret);
    expect(await hpkeOpen(keys, info, sealed, secret)).toEqual(plain);
    expect(await hpkeOpen(keys, info, sealed)).toBeNull();
    expect(await hpkeOpen(keys, info, sealed, { ...secret, key: new Uint8Array(32).fill(2) })).toBeNull();
    expect(await hpkeOpen(keys, info, sealed, { ...secret, id: utf8('other') })).toBeNull();
  });

  it('takes Node Buffers, which share one pool of memory', async () => {
    const keys = await generateBoxKeys();
    const pooled = { publicKey: Buffer.from(keys.publicKey), privateKey: Buffer.from(keys.privateKey) };
    const sealed = await hpkeSeal(pooled.publicKey, Buffer.from(info), Buffer.from(plain));
    expect(await hpkeOpen(pooled, Buffer.from(info), Buffer.from(sealed))).toEqual(plain);
  });

  it('throws on a public key that is no point of the curve', async () => {
    await expect(hpkeSeal(new Uint8Array(65).fill(4), info, plain)).rejects.toThrow();
  });
});
