/**
 * Byte strings: joining, comparing and the three text forms in use: lower-case hex (ids and hashes), base64url (cards)
 * and Crockford base 32 (codes that people type). Pure; never logs what it is given.
 */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string };

const encoder = new TextEncoder();

export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Throws a TypeError on bytes that are not UTF-8. */
export const fromUtf8 = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}

/** 0 to 15; more than 255 for what is no hex digit. */
function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 32;
  return lower >= 97 && lower <= 102 && code < 128 ? lower - 87 : 256;
}

/** Throws on anything but an even number of hex digits. */
export function fromHex(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length >> 1);
  let wrong = text.length & 1;
  for (let i = 0; i < bytes.length; i++) {
    const digits = (digitOf(text.charCodeAt(2 * i)) << 4) | digitOf(text.charCodeAt(2 * i + 1));
    wrong |= digits >> 8;
    bytes[i] = digits;
  }
  if (wrong !== 0) throw new Error('not hexadecimal');
  return bytes;
}

/** Packs bits, most significant first, into the given alphabet; the last digit is filled with zero bits. */
function toDigits(bytes: Uint8Array, width: number, alphabet: string): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= width) {
      bits -= width;
      text += alphabet.charAt((buffer >> bits) & ((1 << width) - 1));
      buffer &= (1 << bits) - 1;
    }
  }
  return bits > 0 ? text + alphabet.charAt((buffer << (width - bits)) & ((1 << width) - 1)) : text;
}

function fromDigits(text: string, width: number, alphabet: string): Uint8Array {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const digit of text) {
    const value = alphabet.indexOf(digit);
    if (value < 0) throw new Error(`'${digit}' does not belong here`);
    buffer = (buffer << width) | value;
    bits += width;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 0xff);
      buffer &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(bytes);
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
export const toBase64Url = (bytes: Uint8Array): string => toDigits(bytes, 6, BASE64URL);
export const fromBase64Url = (text: string): Uint8Array => fromDigits(text, 6, BASE64URL);

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const toCrockford = (bytes: Uint8Array): string => toDigits(bytes, 5, CROCKFORD);

/** Reads base 32 as people type it: any case, spaces and dashes ignored, O for 0, I and L for 1. Throws on others. */
export function fromCrockford(text: string): Uint8Array {
  const plain = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return fromDigits(plain, 5, CROCKFORD);
}
