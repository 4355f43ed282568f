import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Due } from './ranking.ts';
import { rank } from './ranking.ts';

const due = (of: string, size: number, more: Partial<Due> = {}): Due => ({
  first: false,
  urgency: 2,
  case: of,
  size,
  at: 0,
  ...more,
});
/** Names of the files in the order in which they move. */
const order = (files: Readonly<Record<string, Due>>): string[] => {
  const places = rank(Object.values(files));
  return Object.keys(files).toSorted(
    (a, b) => (places[Object.keys(files).indexOf(a)] ?? 0) - (places[Object.keys(files).indexOf(b)] ?? 0),
  );
};

test('put first, then urgent, then small, then first come', () => {
  expect(
    order({
      film: due('a', 9000),
      late: due('a', 10, { at: 2 }),
      early: due('a', 10, { at: 1 }),
      custody: due('a', 5000, { urgency: 0 }),
      wished: due('a', 8000, { first: true }),
    }),
  ).toEqual(['wished', 'custody', 'early', 'late', 'film']);
});

test('many files of one case hold up no few of another, and a film no note', () => {
  const files = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`many ${i}`, due('a', 10)]));
  const ordered = order({ ...files, film: due('c', 100_000), 'few 1': due('b', 12), 'few 2': due('b', 12) });
  expect(ordered.indexOf('few 1')).toBeLessThan(3);
  expect(ordered.indexOf('few 2')).toBeLessThan(5);
  expect(ordered.at(-1)).toBe('film');
});

test('each has one place; no case gets more than one file beyond its share before another that waits', () => {
  const file = fc.record({
    first: fc.constant(false),
    urgency: fc.constant(1),
    case: fc.constantFrom('a', 'b', 'c'),
    size: fc.integer({ min: 1, max: 1000 }),
    at: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(file, { maxLength: 30 }), (files) => {
      const places = rank(files);
      expect(places.toSorted((a, b) => a - b)).toEqual(files.map((_, i) => i));
      const inTurn = files.map((one, i) => ({ one, place: places[i] ?? 0 })).toSorted((a, b) => a.place - b.place);
      const moved: Record<string, number> = { a: 0, b: 0, c: 0 };
      for (const [i, { one }] of inTurn.entries()) {
        moved[one.case] = (moved[one.case] ?? 0) + one.size;
        const waiting = inTurn.slice(i + 1).map(({ one: other }) => other);
        const others = waiting.filter((other) => other.case !== one.case);
        for (const other of others)
          expect(moved[one.case]).toBeLessThanOrEqual((moved[other.case] ?? 0) + other.size + 1000);
        for (const own of waiting.filter((other) => other.case === one.case))
          expect(one.size).toBeLessThanOrEqual(own.size);
      }
    }),
  );
});
