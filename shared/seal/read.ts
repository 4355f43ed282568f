/**
 * Reading decoded CBOR without trust: small checks that throw `Malformed` with the field's name, and one place that turns
 * a throw into a value. Formats are few and flat, so that no schema library stands between bytes and verdict.
 */
import { toHex } from '../primitives/bytes.ts';
import type { Hash } from '../primitives/ids.ts';
import type { Result } from '../primitives/result.ts';
import { fail, ok } from '../primitives/result.ts';

export class Malformed extends Error {}

export function list(value: unknown, what: string, length?: number): readonly unknown[] {
  if (!Array.isArray(value) || (length !== undefined && value.length < length)) throw new Malformed(`${what}: no list`);
  return value;
}
/** A list of exactly this length: an item more would be bytes that no rule looks at. */
export function tuple(value: unknown, what: string, length: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length !== length) throw new Malformed(`${what}: not ${length} items`);
  return value;
}
export function flag(value: unknown, what: string): boolean {
  if (typeof value !== 'boolean') throw new Malformed(`${what}: no flag`);
  return value;
}
export function map(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) {
    throw new Malformed(`${what}: no map`);
  }
  return value as Record<string, unknown>;
}
export function bytes(value: unknown, what: string, length?: number): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new Malformed(`${what}: no bytes`);
  if (length !== undefined && value.length !== length)
    throw new Malformed(`${what}: ${value.length} bytes, not ${length}`);
  return value;
}
export const id = <T extends string>(value: unknown, what: string): T => toHex(bytes(value, what, 16)) as T;
export const hash = (value: unknown, what: string): Hash => toHex(bytes(value, what, 32)) as Hash;
export const hashOrNull = (value: unknown, what: string): Hash | null => (value === null ? null : hash(value, what));
export function count(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Malformed(`${what}: no count`);
  return value;
}
export function text(value: unknown, what: string, limit = 512): string {
  if (typeof value !== 'string' || value.length > limit) throw new Malformed(`${what}: no text of at most ${limit}`);
  return value;
}
export function oneOf<T extends string>(value: unknown, what: string, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw unknownWord(what);
  return found;
}

const LATER = ': unknown';
/** Whether a cause says that a word is unknown: what a later version may have written, and no reason to call it broken. */
export const fromLaterVersion = (cause: string): boolean => cause.endsWith(LATER);
export const unknownWord = (what: string): Malformed => new Malformed(what + LATER);

/** Runs a reader; what it throws becomes the cause `malformed`, with the field. */
export function reading<T>(read: () => T): Result<T, string> {
  try {
    return ok(read());
  } catch (error) {
    return fail(error instanceof Error ? error.message : 'unreadable');
  }
}
