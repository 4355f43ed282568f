import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSpan, dayNumber, dayOf, weekday } from './calendar.ts';

const numbers = fc.integer({ min: -719162, max: 2932896 });

describe('days of the calendar', () => {
  it('agree with the machine, day by day', () => {
    fc.assert(
      fc.property(numbers, (number) => {
        const day = new Date(number * 86_400_000).toISOString().slice(0, 10);
        expect([dayOf(number), dayNumber(day), weekday(number)]).toEqual([
          day,
          number,
          (new Date(number * 86_400_000).getUTCDay() + 6) % 7,
        ]);
      }),
    );
  });

  it.each(['', '2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '2026-01-01T10:00', 'yesterday', '0000-01-01'])(
    'do not include %j',
    (text) => expect([dayNumber(text), addSpan(text, { days: 1 })]).toEqual([null, null]),
  );

  it.each([
    ['2026-01-31', { months: 1 }, '2026-02-28'],
    ['2024-02-29', { years: 1 }, '2025-02-28'],
    ['2026-03-31', { months: -13 }, '2025-02-28'],
    ['2026-12-31', { days: 1 }, '2027-01-01'],
    ['2026-01-31', { months: 1, days: 1 }, '2026-03-01'],
    ['9999-12-31', { days: 1 }, null],
    ['0001-01-01', { months: -1 }, null],
  ])('%s and %j is %s', (day, span, then) => expect(addSpan(day, span)).toBe(then));
});
