import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutesOf, wallTime, wallTimeOf } from './britishTime.ts';

const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'short',
  hourCycle: 'h23',
});
const FROM_1996 = 13_674_240;

describe('British time', () => {
  it('agrees with the machine, through every change of the clocks', () => {
    fc.assert(
      fc.property(fc.integer({ min: FROM_1996, max: FROM_1996 + 60 * 24 * 366 * 50 }), (minutes) => {
        const { day, time } = wallTime(minutes)!;
        expect(`${day}, ${time}`).toBe(london.format(minutes * 60_000));
        const back = minutesOf(day, time);
        expect(back === minutes || back === minutes - 60).toBe(true); // of an hour that comes twice, the first
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['2026-03-29T00:59:00Z', '2026-03-29', '00:59'],
    ['2026-03-29T01:00:00Z', '2026-03-29', '02:00'],
    ['2026-10-25T00:59:00.123Z', '2026-10-25', '01:59'],
    ['2026-10-25T01:00Z', '2026-10-25', '01:00'],
    ['2026-07-01T23:30:00Z', '2026-07-02', '00:30'],
  ])('%s is %s %s', (iso, day, time) => {
    expect(wallTimeOf(iso)).toEqual({ day, time });
    expect(wallTimeOf(new Date(iso.includes('.') ? iso : iso.replace(/(T..:..)(:00)?Z/, '$1:00Z')).getTime())).toEqual({
      day,
      time,
    });
  });

  it.each(['2026-03-29', 'noon', null, Number.NaN, Infinity, {}])('%j is no moment', (moment) =>
    expect(wallTimeOf(moment)).toBe(null),
  );
  it.each([
    ['2026-02-30', '10:00'],
    ['2026-01-01', '24:00'],
    ['2026-01-01', '9:00'],
  ])('%s %s is no time', (day, time) => expect(minutesOf(day, time)).toBe(null));
  it('of an hour that comes twice takes the first, of one that is left out the next', () => {
    expect(wallTime(minutesOf('2026-10-25', '01:30')!)).toEqual({ day: '2026-10-25', time: '01:30' });
    expect(minutesOf('2026-10-25', '01:30')).toBe(Date.parse('2026-10-25T00:30Z') / 60_000);
    expect(wallTime(minutesOf('2026-03-29', '01:30')!)).toEqual({ day: '2026-03-29', time: '02:30' });
  });
});
