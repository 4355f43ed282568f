/** The plain way and the general way say the same: of values, of their bytes, of bytes that were changed, of any bytes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeAny, decodeAnyOrder, decodeCbor, decodeFrame, encodeAny, encodeCbor } from './cbor.ts';
import { NOT_PLAIN, readPlain, writePlain } from './plainCbor.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '\uFEFFa'),
);
/** The general way warns of keys that a byte order mark alone tells apart. */
const key = text.filter((one) => !one.includes('\uFEFF'));
const leaf = fc.oneof(
  fc.constantFrom(
    null,
    true,
    false,
    -0,
    23,
    24,
    255,
    256,
    65_535,
    65_536,
    2 ** 32 - 1,
    2 ** 32,
    2 ** 53 - 1,
    -(2 ** 53) + 1,
  ),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  text,
  fc.uint8Array({ maxLength: 300 }),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('tree'), { maxLength: 30 }),
    fc.dictionary(key, tie('tree'), { noNullPrototype: true, maxKeys: 30 }),
  ),
}));

type Outcome = { readonly value: unknown } | 'refused';
function outcome(work: () => unknown): Outcome {
  try {
    return { value: work() };
  } catch {
    return 'refused';
  }
}

/** Bytes of a value, with some changed, taken out or put in: near enough to what is right to be nearly right. */
const bent = fc
  .tuple(
    tree,
    fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 2 })), { maxLength: 3 }),
  )
  .map(([value, changes]) => {
    const bytes = [...encodeAny(value)];
    for (const [where, byte, how] of changes) {
      const at = where % (bytes.length + 1);
      if (how === 0) bytes[at] = byte;
      else if (how === 1) bytes.splice(at, 1);
      else bytes.splice(at, 0, byte);
    }
    return Uint8Array.from(bytes);
  });

describe('the plain way', () => {
  test('writes what the general way writes', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(outcome(() => encodeCbor(value))).toEqual(outcome(() => encodeAny(value)));
      }),
      { numRuns: 500 },
    );
  });

  test('reads what the general way reads, and takes nothing that it refuses', () => {
    fc.assert(
      fc.property(fc.oneof(bent, fc.uint8Array()), (bytes) => {
        expect(outcome(() => decodeCbor(bytes))).toEqual(outcome(() => decodeAny(bytes)));
        expect(outcome(() => decodeFrame(bytes))).toEqual(outcome(() => decodeAnyOrder(bytes)));
      }),
      { numRuns: 1500 },
    );
  });

  test('takes entries and frames: they are plain', () => {
    const entry = [new Uint8Array(300), new Uint8Array(64), [1, 3, new Uint8Array(60), new Uint8Array(90)]];
    const bytes = writePlain(entry);
    expect(bytes).toEqual(encodeAny(entry));
    expect(readPlain(encodeAny({ t: 'append', q: 1, area: 'ab', boxes: [] }), 'canonical')).not.toBe(NOT_PLAIN);
    expect(readPlain(Uint8Array.of(0xf9, 0x3c, 0), 'canonical')).toBe(NOT_PLAIN);
  });

  test('leaves a circle to the general way, which says so; and large values leave nothing behind', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    expect(() => encodeCbor(circle)).toThrow();
    const large = new Uint8Array(3_000_000).fill(7);
    expect(encodeCbor([large])).toEqual(encodeAny([large]));
    expect(encodeCbor([1])).toEqual(Uint8Array.of(0x81, 1));
  });
});
