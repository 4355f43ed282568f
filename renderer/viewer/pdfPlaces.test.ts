import { expect, test } from 'vitest';
import { pageInSight, pageOf } from './pdfPlaces.ts';

const strip = (top: number, tops: readonly number[]) => ({
  top,
  height: 300,
  pages: tops.length,
  topOf: (index: number) => tops[index] ?? 0,
});

test('the page in sight is the last that begins above a third of what is seen', () => {
  const tops = [0, 1000, 1500, 4000];
  const pages = [0, 899, 900, 1399, 1400, 3899, 3900, 9000].map((at) => pageInSight(strip(at, tops)));
  expect(pages).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
  expect(pageInSight(strip(0, []))).toBe(1);
});

test('only a number of a page is a page', () => {
  expect([pageOf('1', 300), pageOf(' 240 ', 300), pageOf('300', 300)]).toEqual([1, 240, 300]);
  const wrong = ['', '0', '301', '-1', '1.5', '2e2', 'xii', '99999999999999999999'];
  expect(wrong.filter((typed) => pageOf(typed, 300) !== null)).toEqual([]);
});
