import { describe, expect, test } from 'vitest';
import { addressOf, handleIn, rangeOf } from './ranges.ts';

describe('a range of a recording', () => {
  test.each([
    [null, { from: 0, to: 99 }],
    ['bytes=0-', { from: 0, to: 99 }],
    ['bytes=10-19', { from: 10, to: 19 }],
    ['bytes=90-500', { from: 90, to: 99 }],
    ['bytes=-5', { from: 95, to: 99 }],
    ['bytes=-500', { from: 0, to: 99 }],
    ['bytes=100-', null],
    ['bytes=-', null],
    ['bytes=1-2,4-5', null],
    ['items=1-2', null],
  ])('%s', (header, range) => expect(rangeOf(header, 100)).toEqual(range));

  test('of one that is empty', () => expect(rangeOf(null, 0)).toBeNull());
});

test('an address holds a handle and nothing else', () => {
  const handle = 'a1'.repeat(16);
  expect(handleIn(addressOf(handle))).toBe(handle);
  for (const path of ['/media/', `/media/${handle}/x`, `/media/${handle.toUpperCase()}`, '/index.html'])
    expect(handleIn(path)).toBeNull();
});
