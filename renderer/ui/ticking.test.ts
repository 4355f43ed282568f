import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepOf } from './arranging.tsx';
import { between, toggled } from './ticking.ts';

const IDS = ['a', 'b', 'c', 'd'];

describe('ticking', () => {
  it('reaches from one row to another in both directions, and is one row where the first is gone', () => {
    expect(between(IDS, 'b', 'd')).toEqual(['b', 'c', 'd']);
    expect(between(IDS, 'd', 'b')).toEqual(['b', 'c', 'd']);
    expect(between(IDS, 'gone', 'b')).toEqual(['b']);
    expect(between(IDS, 'a', 'gone')).toEqual([]);
  });
  it('ticks and unticks one, and nothing else', () => {
    expect([...toggled(new Set(['a']), 'b')]).toEqual(['a', 'b']);
    expect([...toggled(new Set(['a', 'b']), 'a')]).toEqual(['b']);
  });
});

describe('a step up or down', () => {
  it('goes past the next row that does not go along, and nowhere at an end', () => {
    expect(stepOf(IDS, ['b'], -1)).toEqual({ moved: ['b'], to: 'a', side: 'before' });
    expect(stepOf(IDS, ['b', 'c'], 1)).toEqual({ moved: ['b', 'c'], to: 'd', side: 'after' });
    expect(stepOf(IDS, ['a'], -1)).toBeNull();
    expect(stepOf(IDS, ['c', 'd'], 1)).toBeNull();
    expect(stepOf(IDS, [], 1)).toBeNull();
  });
  it('never names a row that goes along', () => {
    fc.assert(
      fc.property(fc.subarray(IDS), fc.constantFrom(1 as const, -1 as const), (moved, by) => {
        expect(moved).not.toContain(stepOf(IDS, moved, by)?.to);
      }),
    );
  });
});
