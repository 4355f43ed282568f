/**
 * How far something is on its way: bytes, rate and time left, of one file or of many together. Time left is said only where
 * it can be known: something moves, and all that is left goes on by itself.
 */
import type { ByteCount, Millis } from '../primitives/units.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../primitives/units.ts';

/** What is counted. `stands`: it does not go on by itself, or nobody knows when. */
export interface Part {
  readonly done: ByteCount;
  readonly total: ByteCount;
  /** Bytes a second; 0: nothing moves, or not known yet. */
  readonly rate: number;
  readonly stands: boolean;
}
export interface Progress extends Part {
  /** null: it cannot be known. */
  readonly left: Millis | null;
}

export const progressOf = (part: Part): Progress => {
  const { done, total, rate, stands } = part;
  const known = !stands && rate > 0 && done < total;
  return { done, total, rate, stands, left: known ? Math.ceil(((total - done) / rate) * SECOND) : null };
};

/** All of these together; null: nothing of it is left to move. `measured`: their rate together, where each alone is over too soon to have one. */
export function together(parts: readonly Part[], measured: number | null = null): Progress | null {
  let [done, total, rate, stands] = [0, 0, 0, false];
  for (const part of parts) {
    done += part.done;
    total += part.total;
    if (part.done >= part.total) continue;
    rate += part.rate;
    stands ||= part.stands;
  }
  return done >= total ? null : progressOf({ done, total, rate: measured ?? rate, stands });
}

/** `about 25 s left`: no finer than it can be known. */
export function leftText(left: Millis): string {
  if (left <= 90 * SECOND) return `about ${Math.max(1, Math.ceil(left / (5 * SECOND))) * 5} s left`;
  if (left <= 90 * MINUTE) return `about ${Math.ceil(left / MINUTE)} min left`;
  if (left <= 2 * DAY) return `about ${Math.ceil(left / HOUR)} h left`;
  return `about ${Math.ceil(left / DAY)} days left`;
}
