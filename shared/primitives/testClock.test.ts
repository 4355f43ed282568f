import { expect, test } from 'vitest';
import { LOOK_AGAIN, shiftedClock } from './testClock.ts';

test('the shift is added to the time of the machine, read again when it may have changed', () => {
  let [real, text, reads] = [1000, '86400000\n', 0];
  const { now } = shiftedClock(
    () => real,
    () => {
      reads++;
      return text;
    },
  );
  expect(now()).toBe(86_401_000);
  text = '-500';
  expect(now()).toBe(86_401_000);
  expect(reads).toBe(1);
  real += LOOK_AGAIN;
  expect(now()).toBe(1000 + LOOK_AGAIN - 500);
});

test.each(['', 'tomorrow', '1e9', '12.5', '99999999999999', '9999999999999'])('%j is no shift', (text) => {
  expect(
    shiftedClock(
      () => 1000,
      () => text,
    ).now(),
  ).toBe(1000);
});
