import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../primitives/units.ts';
import type { Part } from './progress.ts';
import { leftText, together } from './progress.ts';

const part = (done: number, total: number, rate = 0, stands = false): Part => ({ done, total, rate, stands });

describe('time left', () => {
  it('is what is left at the rate at which all of it moves', () => {
    expect(together([part(20, 100, 10), part(0, 50)])).toMatchObject({
      done: 20,
      total: 150,
      rate: 10,
      left: 13 * SECOND,
    });
  });

  it('is not known while nothing moves, or where one of it stands; what is done holds nothing up', () => {
    expect(together([part(0, 100)])?.left).toBeNull();
    expect(together([part(0, 100, 10), part(3, 5, 0, true)])?.left).toBeNull();
    expect(together([part(0, 100, 10), part(5, 5, 7, true)])).toMatchObject({ rate: 10, left: 10 * SECOND });
    expect(together([part(5, 5), part(0, 0)])).toBeNull();
    expect(together([])).toBeNull();
  });

  it('never says more done than there is, and less left as more is done', () => {
    const one = fc
      .record({
        total: fc.integer({ min: 1, max: 1e9 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        rate: fc.nat(1e6),
      })
      .map(({ total, share, rate }) => part(Math.floor(total * share), total, rate));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1 }), fc.nat(), (parts, which) => {
        const before = together(parts);
        fc.pre(before !== null);
        expect(before?.done).toBeLessThan(before?.total ?? 0);
        const more = parts.map((p, i) =>
          i === which % parts.length ? part(Math.min(p.total, p.done + 1), p.total, p.rate) : p,
        );
        const after = together(more);
        // What has come to its end moves no more, and its rate counts no more.
        const comparable = after !== null && after.rate === before?.rate && after.left !== null;
        expect(!comparable || (after.left ?? 0) <= (before.left ?? 0)).toBe(true);
      }),
    );
  });

  it.each([
    [1, 'about 5 s left'],
    [11 * SECOND, 'about 15 s left'],
    [90 * SECOND, 'about 90 s left'],
    [91 * SECOND, 'about 2 min left'],
    [91 * MINUTE, 'about 2 h left'],
    [47.5 * HOUR, 'about 48 h left'],
    [3 * DAY, 'about 3 days left'],
  ])('%i ms: %s', (left, text) => expect(leftText(left)).toBe(text));
});
