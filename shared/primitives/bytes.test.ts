import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  concat,
  equalBytes,
  fromBase64Url,
  fromCrockford,
  fromHex,
  fromUtf8,
  toBase64Url,
  toCrockford,
  toHex,
  utf8,
} from './bytes.ts';

const anyBytes = fc.uint8Array({ maxLength: 100 });

describe('bytes as text', () => {
  it('come back from hex, base64url and base 32', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes);
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
        expect(fromCrockford(toCrockford(bytes).toLowerCase())).toEqual(bytes);
      }),
    );
  });
  it('agree with the platform about base64url', () => {
    fc.assert(fc.property(anyBytes, (bytes) => toBase64Url(bytes) === Buffer.from(bytes).toString('base64url')));
  });
  it('read the letters people mistake for digits', () => {
    expect(fromCrockford('o1-Il 0O')).toEqual(fromCrockford('011100'));
    expect(() => fromCrockford('U')).toThrow();
    expect(() => fromHex('0g')).toThrow();
    expect(() => fromHex('012')).toThrow();
    for (const wrong of ['G0', '0:', '/0', '`a', '0\u0130', ' 1']) expect(() => fromHex(wrong)).toThrow();
    expect(fromHex('aAfF09')).toEqual(Uint8Array.of(0xaa, 0xff, 9));
    expect(() => fromBase64Url('a+b')).toThrow();
  });
  it('refuse what is no UTF-8', () => {
    expect(fromUtf8(utf8('Siân Ó Dálaigh'))).toBe('Siân Ó Dálaigh');
    expect(() => fromUtf8(Uint8Array.of(0xff))).toThrow(TypeError);
  });
});

describe('bytes', () => {
  it('compare by content and length', () => {
    expect(equalBytes(Uint8Array.of(1, 2), concat(Uint8Array.of(1), Uint8Array.of(2)))).toBe(true);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
  });
});
