import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { MINUTE } from '../primitives/units.ts';
import { isHeld, limits, NO_LIMITS, rateAt, untilNextRate } from './limits.ts';

const at = (hour: number, minute = 0): number => hour * 60 + minute;
const office = { rate: 0, hours: { from: at(8), to: at(18), rate: 500 } };
const night = { rate: 500, hours: { from: at(22), to: at(6), rate: 0 } };

describe('the rate', () => {
  it.each([
    [office, at(7, 59), 0],
    [office, at(8), 500],
    [office, at(17, 59), 500],
    [office, at(18), 0],
    [night, at(21, 59), 500],
    [night, at(22), 0],
    [night, at(3), 0],
    [night, at(6), 500],
    [{ rate: 7, hours: { from: at(8), to: at(8), rate: 9 } }, at(8), 7],
    [{ rate: 7, hours: null }, at(8), 7],
  ])('%o at minute %i is %i', (set, minute, rate) => expect(rateAt(set, minute)).toBe(rate));

  it('does not change before it is said to, and may then', () => {
    const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(minute, minute, minute, (from, to, now) => {
        const set = { rate: 1, hours: { from, to, rate: 2 } };
        const left = untilNextRate(set, now * MINUTE);
        expect(left === null).toBe(from === to);
        fc.pre(left !== null);
        const minutes = (left ?? 0) / MINUTE;
        for (let passed = 0; passed < minutes; passed++)
          expect(rateAt(set, (now + passed) % (24 * 60))).toBe(rateAt(set, now));
        expect(rateAt(set, (now + minutes) % (24 * 60))).not.toBe(rateAt(set, now));
      }),
      { numRuns: 50 },
    );
  });
});

test('what is held on which link', () => {
  const kinds = ['usual', 'metered', 'slow'] as const;
  const held = (hold: 'never' | 'metered' | 'metered or slow') => kinds.filter((kind) => isHeld(hold, kind));
  expect([held('never'), held('metered'), held('metered or slow')]).toEqual([[], ['metered'], ['metered', 'slow']]);
});

test('what a record holds is taken only if it is limits', () => {
  expect(limits.safeParse(NO_LIMITS).success).toBe(true);
  for (const wrong of [
    { atOnce: 0 },
    { atOnce: 5 },
    { rate: -1 },
    { hold: 'always' },
    { hours: { from: 0, to: 1440, rate: 1 } },
  ])
    expect(limits.safeParse({ ...NO_LIMITS, ...wrong }).success).toBe(false);
});
