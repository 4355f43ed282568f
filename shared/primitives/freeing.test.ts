import { expect, test } from 'vitest';
import { freeBytes } from './freeing.ts';

test('what is the whole of its memory is freed at once', () => {
  const bytes = new Uint8Array(64 * 1024).fill(7);
  freeBytes(bytes);
  expect([bytes.length, bytes.buffer.byteLength]).toEqual([0, 0]);
});

test('what may share its memory with others is left alone', () => {
  const whole = new Uint8Array(64 * 1024).fill(7);
  for (const part of [whole.subarray(0, 32 * 1024), whole.subarray(1), Buffer.from('from a pool')]) freeBytes(part);
  freeBytes(new Uint8Array(new SharedArrayBuffer(8192)));
  expect(whole.every((byte) => byte === 7)).toBe(true);
});
