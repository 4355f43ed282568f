/**
 * Canonical CBOR (RFC 8949, section 4.2): one way to write a value, so that a hash means what it says. Decoding refuses
 * what encoding would not have written: duplicate keys, indefinite lengths, longer forms, trailing bytes.
 */
import { Token, Type, decode, encode } from 'cborg';
import { equalBytes } from './bytes.ts';

export type Cbor = null | boolean | number | string | Uint8Array | readonly Cbor[] | { readonly [key: string]: Cbor };

const typeEncoders = {
  undefined: (): never => {
    throw new Error('undefined has no canonical form');
  },
  /** A byte order mark in front would be lost in decoding, so that what is read would not be what was hashed. */
  string: (text: string) => new Token(Type.string, text.startsWith('\uFEFF') ? text.replace(/^\uFEFF+/, '') : text),
};

/** Encodes plain values, keys in the order of RFC 8949 4.2.1; a value that is undefined is an error, not dropped. */
export function encodeCbor(value: unknown): Uint8Array {
  const bytes: Uint8Array = encode(value, { typeEncoders });
  const own = bytes.constructor === Uint8Array && bytes.byteLength === bytes.buffer.byteLength;
  return own ? bytes : new Uint8Array(bytes); // in Node it is a Buffer within a pool; cloned or stored it would carry the pool along
}

const STRICT = {
  strict: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
  allowBigInt: false,
  allowNaN: false,
  allowInfinity: false,
};

/** Decodes canonical CBOR. Throws on anything else, also on trailing bytes. */
export function decodeCbor(bytes: Uint8Array): unknown {
  const value: unknown = decode(bytes, STRICT);
  if (!equalBytes(encodeCbor(value), bytes)) throw new Error('not canonical CBOR');
  return value;
}

/** Decodes what this computer stored or a link frame that is not hashed: strict, without the canonical check. */
export const decodeFrame = (bytes: Uint8Array): unknown => decode(bytes, STRICT);
