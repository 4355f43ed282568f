import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './bytes.ts';
import { decodeCbor, decodeFrame, encodeCbor } from './cbor.ts';

describe('canonical CBOR', () => {
  it('sorts keys as RFC 8949 4.2.1 does, whatever the order of writing', () => {
    expect(toHex(encodeCbor({ bb: 1, a: 2, aaa: 3, ab: 4 }))).toBe(
      'a4' + '616102' + '62616204' + '62626201' + '6361616103',
    );
    expect(encodeCbor({ a: 1, b: 2 })).toEqual(encodeCbor({ b: 2, a: 1 }));
  });

  it('comes back as it was written', () => {
    const leaf = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.maxSafeInteger(),
      fc.string({ unit: 'binary' }),
      fc.uint8Array(),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('tree')),
        fc.dictionary(fc.string(), tie('tree'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const encoded = encodeCbor(value);
        expect(encodeCbor(decodeCbor(encoded))).toEqual(encoded);
      }),
    );
  });

  it('loses no text that began with a byte order mark, but the mark', () => {
    expect(decodeCbor(encodeCbor('\uFEFF\uFEFFExhibit'))).toBe('Exhibit');
    expect(decodeCbor(encodeCbor({ '\uFEFFkey': 1 }))).toEqual({ key: 1 });
  });

  it('writes no undefined', () => {
    expect(() => encodeCbor({ a: undefined })).toThrow(/undefined/);
    expect(() => encodeCbor([undefined])).toThrow(/undefined/);
  });

  it('writes bytes that own their memory', () => {
    for (const value of [
      'short',
      'x'.repeat(200),
      new Uint8Array(5000),
      Array.from({ length: 300 }, (_, i) => `item ${i}`),
    ]) {
      const bytes = encodeCbor(value);
      expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
      expect(bytes.buffer.byteLength).toBe(bytes.byteLength);
    }
  });

  it('gives plain Uint8Arrays, also from a Buffer, and takes a Buffer', () => {
    const decoded = decodeCbor(Buffer.from(encodeCbor([Buffer.from('hi'), new Uint8Array(1000)]))) as Uint8Array[];
    for (const part of decoded) expect(Object.getPrototypeOf(part)).toBe(Uint8Array.prototype);
    expect(encodeCbor(decoded)).toEqual(encodeCbor([Uint8Array.of(104, 105), new Uint8Array(1000)]));
  });

  it('keeps a key called __proto__ a key', () => {
    const decoded = decodeCbor(fromHex('a1695f5f70726f746f5f5fa1617801')) as object;
    expect(Object.keys(decoded)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
  });

  it.each([
    ['a trailing byte', '0101'],
    ['an indefinite list', '9f01ff'],
    ['a longer form', '1801'],
    ['a key twice', 'a2616101616102'],
    ['keys out of order', 'a2616201616102'],
    ['a number as key', 'a10102'],
    ['a tag', 'c101'],
    ['undefined', 'f7'],
    ['not a number', 'f97e00'],
    ['a float for an integer', 'fb3ff0000000000000'],
    ['text that is no UTF-8', '61ff'],
    ['text behind a byte order mark', '64efbbbf61'],
    ['a list of 4 billion', '9affffffff'],
    ['bytes of 4 GiB', '5affffffff'],
    ['a number beyond 2^53', '1bffffffffffffffff'],
    ['nothing', ''],
  ])('refuses %s', (_, hex) => {
    expect(() => decodeCbor(fromHex(hex))).toThrow();
  });

  it('refuses nesting without end, and does not fall over it', () => {
    expect(() => decodeCbor(new Uint8Array(1_000_000).fill(0x81))).toThrow();
  });

  it('lets frames have their keys in any order, and nothing else', () => {
    expect(decodeFrame(fromHex('a2616201616102'))).toEqual({ b: 1, a: 2 });
    expect(() => decodeFrame(fromHex('0101'))).toThrow();
    expect(() => decodeFrame(fromHex('a2616101616102'))).toThrow();
  });
});
