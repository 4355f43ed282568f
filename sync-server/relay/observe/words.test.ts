import { expect, test } from 'vitest';
import { bytes, count, span } from './words.ts';

test('figures are written as a person would: one of a thing, sizes and spans in the largest unit', () => {
  expect([count(0, 'link'), count(1, 'link'), count(2, 'box', 'boxes')]).toEqual(['0 links', '1 link', '2 boxes']);
  expect([bytes(0), bytes(1536), bytes(2 ** 40)]).toEqual(['0 B', '1.5 KiB', '1.0 TiB']);
  expect([span(0), span(60_000), span(7_200_000)]).toEqual(['a moment', '1 minute', '2 hours']);
});
