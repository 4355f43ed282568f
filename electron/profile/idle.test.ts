/** When a computer counts as left alone. */
import { expect, test } from 'vitest';
import { MINUTE } from '../../shared/primitives/units.ts';
import { attention, idleLimit } from './idle.ts';

test('an administrator may set 1 to 120 minutes; anything else is 10', () => {
  expect(['1', '45', '120'].map(idleLimit)).toEqual([MINUTE, 45 * MINUTE, 120 * MINUTE]);
  for (const odd of [undefined, '', '0', '121', '-5', 'never', 'Infinity']) expect(idleLimit(odd)).toBe(10 * MINUTE);
});

test('away means that neither the computer nor our windows were touched for the limit', () => {
  let now = 0;
  const watch = attention(10 * MINUTE, () => now);
  now = 11 * MINUTE;
  expect(watch.isAway(11 * MINUTE)).toBe(true);
  expect(watch.isAway(9 * MINUTE)).toBe(false);
  watch.touched();
  expect(watch.isAway(60 * MINUTE)).toBe(false);
  now += 10 * MINUTE;
  expect(watch.isAway(60 * MINUTE)).toBe(true);
});
