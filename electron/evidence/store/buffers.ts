/**
 * Owns a few large buffers that are used again and again, so that what is in memory at once has a limit and costs no new
 * pages. Whoever takes one gives it back; takers wait their turn.
 */
import { sharedBytes } from '../hashing.ts';

export interface Buffers {
  take(): Promise<Uint8Array>;
  giveBack(buffer: Uint8Array): void;
}

export function makeBuffers(count: number, size: number): Buffers {
  const free: Uint8Array[] = [];
  const waiting: ((buffer: Uint8Array) => void)[] = [];
  let made = 0;
  return {
    take: async () => {
      const buffer = free.pop();
      if (buffer !== undefined) return buffer;
      if (made++ < count) return sharedBytes(size);
      return new Promise((resolve) => waiting.push(resolve));
    },
    giveBack: (buffer) => {
      const next = waiting.shift();
      if (next === undefined) free.push(buffer);
      else next(buffer);
    },
  };
}
