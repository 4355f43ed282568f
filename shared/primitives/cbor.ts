/**
 * Canonical CBOR (RFC 8949, section 4.2): one way to write a value, so that a hash means what it says. Decoding refuses
 * what encoding would not have written: duplicate keys, indefinite lengths, longer forms, trailing bytes.
 */
import { decode, encode } from 'cborg';
import { equalBytes } from './bytes.ts';

export type Cbor = null | boolean | number | string | Uint8Array | readonly Cbor[] | { readonly [key: string]: Cbor };

/** Encodes plain values; keys whose value is undefined are an error, not dropped. */
export const encodeCbor = (value: unknown): Uint8Array => encode(value, { typeEncoders: {} });

/** Decodes canonical CBOR. Throws on anything else, also on trailing bytes. */
export function decodeCbor(bytes: Uint8Array): unknown {
  const value: unknown = decode(bytes, { strict: true, rejectDuplicateMapKeys: true, allowIndefinite: false, allowUndefined: false });
  if (!equalBytes(encodeCbor(value), bytes)) throw new Error('not canonical CBOR');
  return value;
}

/** Decodes what this computer stored or a link frame that is not hashed: strict, without the canonical check. */
export const decodeFrame = (bytes: Uint8Array): unknown =>
  decode(bytes, { strict: true, rejectDuplicateMapKeys: true, allowIndefinite: false, allowUndefined: false });
