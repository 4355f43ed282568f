/** How names are listed where there may be many. */
import { expect, it } from 'vitest';
import { namesText } from './format.ts';

it('names a few, and says how many more, which is never one', () => {
  expect(namesText([])).toBe('');
  expect(namesText(['A', 'B', 'C', 'D'])).toBe('A, B, C, D');
  expect(namesText(['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C and 2 more');
});
