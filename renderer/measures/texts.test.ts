import { expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../shared/primitives/units.ts';
import { monthText, monthsOver, shareOf, shareText, spanText } from './texts.ts';

test('spans of time in the unit that is read most easily, and a dash for what is not known', () => {
  expect([null, 0, 45_000, 12 * MINUTE, 3.5 * HOUR, 47 * HOUR, 2.1 * DAY].map(spanText)).toEqual([
    '–',
    '0 s',
    '45 s',
    '12 min',
    '3.5 h',
    '47 h',
    '2.1 days',
  ]);
});

test('a share of nothing is not 0%', () => {
  expect([shareOf(0, 0), shareOf(0, 3), shareOf(1, 3), shareOf(3, 3)].map(shareText)).toEqual([
    '–',
    '0%',
    '33%',
    '100%',
  ]);
});

test('months run on without gaps over the turn of a year, and the newest twelve are shown', () => {
  expect(monthsOver([])).toEqual([]);
  expect(monthsOver(['2027-02', '2026-11'])).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  const many = monthsOver(['2020-01', '2026-11']);
  expect([many.length, many[0], many.at(-1)]).toEqual([12, '2025-12', '2026-11']);
  expect(monthText('2026-11')).toBe('Nov 2026');
});
