/**
 * Canonical CBOR (RFC 8949, section 4.2): one way to write a value, so that a hash means what it says. Decoding refuses
 * what encoding would not have written: duplicate keys, indefinite lengths, longer forms, trailing bytes.
 */
import { Token, Type, decode, encode } from 'cborg';
import { equalBytes } from './bytes.ts';
import { NOT_PLAIN, readPlain, writePlain } from './plainCbor.ts';

const typeEncoders = {
  undefined: (): never => {
    throw new Error('undefined has no canonical form');
  },
  /** A byte order mark in front would be lost in decoding, so that what is read would not be what was hashed. */
  string: (text: string) => new Token(Type.string, text.startsWith('\uFEFF') ? text.replace(/^\uFEFF+/, '') : text),
};

/** Encodes plain values, keys in the order of RFC 8949 4.2.1; a value that is undefined is an error, not dropped. */
export function encodeCbor(value: unknown): Uint8Array {
  const plain = writePlain(value);
  return plain === NOT_PLAIN ? encodeAny(value) : plain;
}

/** The same of any value: what the plain form is held against. */
export function encodeAny(value: unknown): Uint8Array {
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
  const plain = readPlain(bytes, 'canonical');
  return plain === NOT_PLAIN ? decodeAny(bytes) : plain;
}

/** The same of any bytes: what the plain form is held against. */
export function decodeAny(bytes: Uint8Array): unknown {
  const value = decodeAnyOrder(bytes);
  if (!equalBytes(encodeAny(value), bytes)) throw new Error('not canonical CBOR');
  return value;
}

/** The same without the canonical check. */
export const decodeAnyOrder = (bytes: Uint8Array): unknown => decode(bytes, STRICT);

/** Decodes what this computer stored or a link frame that is not hashed: strict, without the canonical check. */
export function decodeFrame(bytes: Uint8Array): unknown {
  const plain = readPlain(bytes, 'any order');
  return plain === NOT_PLAIN ? decodeAnyOrder(bytes) : plain;
}
