/**
 * Owns the limit on bytes a second, both ways together: whoever moves bytes takes them here first and waits its turn.
 * A limit of 0 is none.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { KiB } from '../../../shared/primitives/units.ts';

export interface Bandwidth {
  setLimit(bytesPerSecond: number): void;
  /** How many bytes to move in one go, so that a low limit still moves evenly. */
  piece(): ByteCount;
  take(bytes: ByteCount, signal: AbortSignal): Promise<void>;
}

/** As much as is moved in one go without a limit. */
export const LARGEST_PIECE: ByteCount = 256 * KiB;

/** What it reads the time by, and waits with. */
export interface Watch {
  readonly now: () => Millis;
  readonly wait: (span: Millis, signal: AbortSignal) => Promise<unknown>;
}
const WATCH: Watch = {
  now: () => performance.now(),
  wait: (span, signal) => delay(span, undefined, { signal }),
};

export function makeBandwidth(watch: Watch = WATCH): Bandwidth {
  let limit = 0;
  let paidUntil = 0; // when what was taken so far will have been paid for
  return {
    setLimit: (bytesPerSecond) => {
      if (limit === bytesPerSecond) return;
      limit = Math.max(0, bytesPerSecond);
      paidUntil = 0;
    },
    piece: () => (limit === 0 ? LARGEST_PIECE : Math.max(1024, Math.min(LARGEST_PIECE, Math.round(limit / 8)))),
    take: async (bytes, signal) => {
      if (limit === 0) return;
      const now = watch.now();
      const start = Math.max(now, paidUntil);
      paidUntil = start + (bytes / limit) * 1000;
      if (start > now) await watch.wait(start - now, signal).catch(() => undefined); // an abort is noticed by whoever moves the bytes
    },
  };
}
