/** Days counted: from which, over which that are no working days, and back from one. */
import { describe, expect, it } from 'vitest';
import { builtInRules } from '../builtIn.ts';
import { reckon } from './reckon.ts';

describe('reckoning', () => {
  const none = new Set<string>();
  const days =
    (period: object, more: object = {}) =>
    (day: string) =>
      reckon({ period, counting: 'from the day after', otherwise: undefined, ...more }, { day, time: null }, 0, none)
        ?.day;
  it('counts from the day after, or with the first day', () => {
    expect(days({ days: 56 })('2026-03-02')).toBe('2026-04-27');
    expect(days({ days: 56 }, { counting: 'with the first day' })('2026-03-02')).toBe('2026-04-26');
    expect(days({ days: 0 }, { counting: 'with the first day' })('2026-03-02')).toBe('2026-03-02');
  });
  it.each([
    ['2026-04-06', 'the working day before', '2026-04-02'], // Easter Monday: back over Good Friday
    ['2026-04-03', 'the working day after', '2026-04-07'],
    ['2026-04-02', 'the working day before', '2026-04-02'],
    ['2027-12-25', 'the working day before', '2027-12-24'],
    ['2027-12-25', 'the working day after', '2027-12-29'],
  ] as const)('moves %s to %s: %s', (day, otherwise, moved) => {
    const { holidays } = builtInRules();
    const limit = { period: { days: 0 }, counting: 'from the day after', otherwise } as const;
    expect(reckon(limit, { day, time: null }, 0, holidays)?.day).toBe(moved);
  });
  it.each([
    ['2026-10-24', '14:00', '2026-10-25', '13:00'], // the clocks go back
    ['2026-03-28', '14:00', '2026-03-29', '15:00'],
    ['2026-06-01', '23:59', '2026-06-02', '23:59'],
    ['2026-06-01', null, '2026-06-02', '00:00'],
  ])('%s %s and 24 hours are %s %s', (day, time, then, at) => {
    const limit = { period: { hours: 24 }, counting: 'from the day after', otherwise: undefined } as const;
    expect(reckon(limit, { day, time }, 0, none)).toMatchObject({ day: then, time: at });
  });
});
