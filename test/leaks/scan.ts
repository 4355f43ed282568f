/**
 * Looks for many byte patterns at once (Wu and Manber): a table says for any four bytes how far the end of the window may
 * jump without passing over a pattern's start, so that most bytes are never looked at. Compiled once, used on gigabytes.
 */
import type { Pattern } from './needles.ts';

export type Hit = (pattern: Pattern, offset: number) => void;
export type Scan = (bytes: Buffer, hit: Hit) => void;

const BLOCK = 4;
const SLOTS = 1 << 16;

const slotOf = (bytes: Uint8Array, at: number): number => {
  const word = (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  return Math.imul(word, 0x9e3779b1) >>> 16;
};

export function compile(patterns: readonly Pattern[]): Scan {
  const window = Math.min(...patterns.map(({ bytes }) => bytes.length));
  if (!(window >= BLOCK)) throw new Error('nothing to look for, or something too short');
  const furthest = window - BLOCK + 1;
  const jumps = new Uint8Array(SLOTS).fill(Math.min(furthest, 255));
  const ends = new Map<number, Pattern[]>();
  for (const pattern of patterns) {
    for (let at = 0; at + BLOCK <= window; at++) {
      const slot = slotOf(pattern.bytes, at);
      jumps[slot] = Math.min(jumps[slot]!, window - BLOCK - at);
    }
    const last = slotOf(pattern.bytes, window - BLOCK);
    ends.set(last, [...(ends.get(last) ?? []), pattern]);
  }

  return (bytes, hit) => {
    const end = bytes.length - BLOCK;
    for (let at = window - BLOCK; at <= end;) {
      const slot = slotOf(bytes, at);
      const jump = jumps[slot]!;
      if (jump > 0) {
        at += jump;
        continue;
      }
      const start = at - (window - BLOCK);
      for (const pattern of ends.get(slot)!) {
        if (bytes.subarray(start, start + pattern.bytes.length).equals(pattern.bytes)) hit(pattern, start);
      }
      at++;
    }
  };
}
