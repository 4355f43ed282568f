/** The quick platform says what WebCrypto says: of good signatures, changed ones, and bytes that are none. */
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Key, KeyPair } from '../../shared/primitives/platform.ts';
import {
  exportPrivateKey,
  exportPublicKey,
  generateSigningKeys,
  hashOf,
  importSigningKey,
  importVerifyKey,
  sign,
  verify,
} from '../../shared/primitives/platform.ts';
import { nodePlatform } from './node.ts';
import { quickPlatform } from './quickPlatform.ts';
import { fromDer, toDer } from './signatureForm.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
/** Halves of a signature with zeros in front are written shorter; ones that are too large, zero or all ones are no signature. */
const half = fc.oneof(
  bytes(32),
  fc.tuple(fc.integer({ min: 0, max: 32 }), bytes(32)).map(([zeros, rest]) => rest.fill(0, 0, zeros)),
  fc.constant(new Uint8Array(32).fill(255)),
);
const joined = fc.tuple(half, half).map(([r, s]) => Uint8Array.from([...r, ...s]));

test('a hash is the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.array(fc.uint8Array({ maxLength: 300 })), async (label, parts) => {
      expect(await hashOf(quickPlatform, label, ...parts)).toBe(await hashOf(nodePlatform, label, ...parts));
    }),
    { numRuns: 300 },
  );
});

describe('signatures', () => {
  let pair: KeyPair;
  let quick: { readonly signing: Key; readonly verifying: Key };
  beforeAll(async () => {
    pair = await generateSigningKeys(nodePlatform);
    quick = {
      signing: await importSigningKey(quickPlatform, await exportPrivateKey(nodePlatform, pair.privateKey)),
      verifying: await importVerifyKey(quickPlatform, await exportPublicKey(nodePlatform, pair.publicKey)),
    };
  });

  test('what either signs, both verify; with one bit changed, neither does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.integer({ min: 0, max: 511 }), async (message, bit) => {
        for (const by of [
          await sign(quickPlatform, quick.signing, 'label', message),
          await sign(nodePlatform, pair.privateKey, 'label', message),
        ]) {
          expect(by.length).toBe(64);
          expect(await verify(quickPlatform, quick.verifying, by, 'label', message)).toBe(true);
          expect(await verify(nodePlatform, pair.publicKey, by, 'label', message)).toBe(true);
          expect(await verify(quickPlatform, quick.verifying, by, 'other', message)).toBe(false);
          const changed = Uint8Array.from(by);
          changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
          expect(await verify(quickPlatform, quick.verifying, changed, 'label', message)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('bytes that are no signature are refused, as WebCrypto refuses them', async () => {
    const any = fc.oneof(joined, fc.uint8Array({ maxLength: 80 }));
    await fc.assert(
      fc.asyncProperty(any, async (signature) => {
        expect(await verify(quickPlatform, quick.verifying, signature, 'label')).toBe(false);
        expect(await verify(nodePlatform, pair.publicKey, signature, 'label')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('both forms of a signature are the same', () => {
    fc.assert(
      fc.property(joined, (signature) => {
        expect(fromDer(toDer(signature))).toEqual(signature);
      }),
    );
  });
});
