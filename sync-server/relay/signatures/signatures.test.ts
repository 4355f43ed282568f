/** The verdict is the same beside as here: of few, of a crowd, of what is no signature or no key, and when threads end. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportPublicKey, framed, generateSigningKeys, sign } from '../../../shared/primitives/platform.ts';
import { nodePlatform as platform } from '../../common/node.ts';
import type { Check } from './packing.ts';
import { pack, unpack } from './packing.ts';
import type { Signatures } from './signatures.ts';
import { openSignatures } from './signatures.ts';

const message = (i: number): Uint8Array => Uint8Array.of(i & 255, i >> 8);
let good: Check[] = [];
let other = new Uint8Array(0);
let signatures: Signatures;

beforeAll(async () => {
  const [pair, another] = [await generateSigningKeys(platform), await generateSigningKeys(platform)];
  const key = await exportPublicKey(platform, pair.publicKey);
  other = new Uint8Array(await exportPublicKey(platform, another.publicKey));
  good = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => ({
      key,
      signature: await sign(platform, pair.privateKey, 'label', message(i)),
      signed: framed('label', message(i)),
    })),
  );
  signatures = openSignatures(platform, 2);
});
afterAll(() => signatures.close());

/** Which of them are wrong, and how. */
const bent = fc.array(fc.constantFrom('good', 'bit', 'key', 'message', 'no key', 'short'), {
  minLength: 1,
  maxLength: 200,
});
function bend(one: Check, how: string): Check {
  const changed = Uint8Array.from(one.signature);
  changed[9] = (changed[9] ?? 0) ^ 1;
  switch (how) {
    case 'bit':
      return { ...one, signature: changed };
    case 'key':
      return { ...one, key: other };
    case 'message':
      return { ...one, signed: framed('label', message(999)) };
    case 'no key':
      return { ...one, key: new Uint8Array(65) };
    case 'short':
      return { ...one, signature: one.signature.subarray(1) };
    default:
      return one;
  }
}

test('each verdict goes with its own check, however many wait together', async () => {
  await fc.assert(
    fc.asyncProperty(bent, async (hows) => {
      const checks = hows.map((how, i) => bend(good[i] as Check, how));
      const verdicts = await Promise.all(checks.map((one) => signatures.check(one)));
      expect(verdicts).toEqual(hows.map((how) => how === 'good'));
    }),
    { numRuns: 40 },
  );
});

test('packed and unpacked they are the same', () => {
  expect([...unpack(pack(good))]).toEqual(good);
});

test('what threads had not answered when they ended is answered all the same; after the end too', async () => {
  const short = openSignatures(platform, 1);
  const asked = good.map((one, i) => short.check(i % 3 === 0 ? bend(one, 'bit') : one));
  await new Promise(setImmediate); // handed over
  await short.close();
  expect(await Promise.all(asked)).toEqual(good.map((_, i) => i % 3 !== 0));
  expect(await Promise.all(good.map((one) => short.check(one)))).toEqual(good.map(() => true));
});

test('without a core to spare it is done here', async () => {
  const alone = openSignatures(platform, 0);
  expect(await Promise.all(good.map((one) => alone.check(one)))).toEqual(good.map(() => true));
});
