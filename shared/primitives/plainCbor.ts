/**
 * The plain part of canonical CBOR, written and read in one pass: null, flags, whole numbers, bytes, ASCII text, lists, maps with
 * text keys. That is nearly all that entries and frames are made of, at a fraction of the price of a general encoder. Whatever
 * else there is, and anything that is not as it should be, is answered with NOT_PLAIN: `cbor.ts` then asks the general
 * one, so that no verdict is reached here but "this is what it means, and it is canonical".
 */
import { fromUtf8 } from './bytes.ts';

/** What canonical CBOR can say here. */
export type Cbor = null | boolean | number | string | Uint8Array | readonly Cbor[] | { readonly [key: string]: Cbor };

export const NOT_PLAIN = Symbol('not plain');

/** Deeper values are left to the general encoder, which also knows a circle. */
const DEEPEST = 16;
/** What was made larger than this for one value is let go again. */
const KEPT = 1024 * 1024;
/** Of a longer text a decoder is quicker than letter by letter. */
const SHORT = 80;
const FOUR_BYTES = 0x1_0000_0000;

class NotPlain extends Error {}
const notPlain = new NotPlain('not plain');

let out = new Uint8Array(64 * 1024);
let end = 0;

function room(bytes: number): void {
  if (end + bytes <= out.length) return;
  const larger = new Uint8Array(Math.max(out.length * 2, end + bytes));
  larger.set(out.subarray(0, end));
  out = larger;
}

function writeHead(major: number, count: number): void {
  room(9);
  if (count < 24) {
    out[end++] = major | count;
  } else if (count < 0x100) {
    out[end++] = major | 24;
    out[end++] = count;
  } else if (count < 0x10000) {
    out[end++] = major | 25;
    out[end++] = count >>> 8;
    out[end++] = count & 0xff;
  } else if (count < FOUR_BYTES) {
    out[end++] = major | 26;
    writeFour(count);
  } else {
    out[end++] = major | 27;
    writeFour(Math.floor(count / FOUR_BYTES));
    writeFour(count % FOUR_BYTES);
  }
}

function writeFour(value: number): void {
  out[end++] = (value >>> 24) & 0xff;
  out[end++] = (value >>> 16) & 0xff;
  out[end++] = (value >>> 8) & 0xff;
  out[end++] = value & 0xff;
}

function writeText(text: string): void {
  writeHead(0x60, text.length);
  room(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x80) throw notPlain;
    out[end++] = code;
  }
}

/** As RFC 8949, 4.2.1 orders encoded keys, which for ASCII is this. */
const byKey = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

function writeMap(map: Readonly<Record<string, unknown>>, depth: number): void {
  const keys = Object.keys(map);
  if (keys.length > 1) keys.sort(byKey);
  writeHead(0xa0, keys.length);
  for (const key of keys) {
    writeText(key);
    write(map[key], depth + 1);
  }
}

function write(value: unknown, depth: number): void {
  if (depth > DEEPEST) throw notPlain;
  if (value === null || value === true || value === false) {
    room(1);
    out[end++] = value === null ? 0xf6 : value ? 0xf5 : 0xf4;
  } else if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw notPlain;
    if (value >= 0) writeHead(0, value);
    else writeHead(0x20, -1 - value);
  } else if (typeof value === 'string') {
    writeText(value);
  } else if (Array.isArray(value)) {
    writeHead(0x80, value.length);
    for (let i = 0; i < value.length; i++) write(value[i], depth + 1);
  } else if (value instanceof Uint8Array) {
    writeHead(0x40, value.length);
    room(value.length);
    out.set(value, end);
    end += value.length;
  } else if (typeof value === 'object' && value.constructor === Object) {
    writeMap(value as Record<string, unknown>, depth);
  } else {
    throw notPlain;
  }
}

/** The canonical bytes of a plain value, owning their memory. */
export function writePlain(value: unknown): Uint8Array | typeof NOT_PLAIN {
  end = 0;
  try {
    write(value, 0);
    return out.slice(0, end);
  } catch (error) {
    if (error === notPlain) return NOT_PLAIN;
    throw error;
  } finally {
    if (out.length > KEPT) out = new Uint8Array(64 * 1024);
  }
}

let bytes: Uint8Array = out;
let at = 0;
let areKeysOrdered = true;

/** The number that goes with a head, in its shortest form. */
function readCount(low: number): number {
  if (low < 24) return low;
  const size = low === 24 ? 1 : low === 25 ? 2 : low === 26 ? 4 : low === 27 ? 8 : 0;
  if (size === 0 || at + size > bytes.length) throw notPlain;
  let count = 0;
  for (let i = 0; i < size; i++) count = count * 256 + (bytes[at++] ?? 0);
  const least = size === 1 ? 24 : size === 2 ? 0x100 : size === 4 ? 0x10000 : FOUR_BYTES;
  if (count < least || count > Number.MAX_SAFE_INTEGER) throw notPlain;
  return count;
}

function readText(length: number): string {
  const from = at;
  at += length;
  if (at > bytes.length) throw notPlain;
  for (let i = from; i < at; i++) if ((bytes[i] ?? 0) >= 0x80) throw notPlain;
  if (length > SHORT) return fromUtf8(bytes.subarray(from, at));
  let text = '';
  for (let i = from; i < at; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}

function readBytes(length: number): Uint8Array {
  const from = at;
  at += length;
  if (at > bytes.length) throw notPlain;
  if (length > SHORT) return new Uint8Array(bytes.subarray(from, at));
  const piece = new Uint8Array(length);
  for (let i = 0; i < length; i++) piece[i] = bytes[from + i] ?? 0;
  return piece;
}

function readList(length: number, depth: number): Cbor[] {
  if (length > bytes.length - at) throw notPlain; // each item takes a byte at least
  const list: Cbor[] = [];
  for (let i = 0; i < length; i++) list.push(read(depth + 1));
  return list;
}

function readMap(length: number, depth: number): Cbor {
  const map: Record<string, Cbor> = {};
  let before: string | null = null;
  for (let i = 0; i < length; i++) {
    const head = bytes[at++] ?? 0;
    if (head >> 5 !== 3) throw notPlain;
    const key = readText(readCount(head & 31));
    if (key === '__proto__' || (areKeysOrdered && before !== null && byKey(before, key) >= 0)) throw notPlain;
    if (!areKeysOrdered && Object.hasOwn(map, key)) throw notPlain;
    if (before === key) throw notPlain;
    before = key;
    map[key] = read(depth + 1);
  }
  return map;
}

function read(depth: number): Cbor {
  if (depth > DEEPEST || at >= bytes.length) throw notPlain;
  const head = bytes[at++] ?? 0;
  switch (head >> 5) {
    case 0:
      return readCount(head & 31);
    case 1:
      return readNegative(readCount(head & 31));
    case 2:
      return readBytes(readCount(head & 31));
    case 3:
      return readText(readCount(head & 31));
    case 4:
      return readList(readCount(head & 31), depth);
    case 5:
      return readMap(readCount(head & 31), depth);
    default:
      if (head === 0xf6) return null;
      if (head === 0xf5 || head === 0xf4) return head === 0xf5;
      throw notPlain;
  }
}

function readNegative(count: number): number {
  if (count >= Number.MAX_SAFE_INTEGER) throw notPlain;
  return -1 - count;
}

/** What the whole of `encoded` means, if it is plain and canonical; with `anyOrder`, whatever the order of keys in its maps. */
export function readPlain(encoded: Uint8Array, order: 'canonical' | 'any order'): Cbor | typeof NOT_PLAIN {
  bytes = encoded;
  at = 0;
  areKeysOrdered = order === 'canonical';
  try {
    const value = read(0);
    return at === encoded.length ? value : NOT_PLAIN;
  } catch (error) {
    if (error === notPlain) return NOT_PLAIN;
    throw error;
  } finally {
    bytes = out; // nothing that was read is held
  }
}
