import { describe, expect, test } from 'vitest';
import { strengthOf } from './strength.ts';

describe('a passphrase', () => {
  test.each(['', 'short', 'nine char', 'aaaaaaaaaaaa'])('%j is not enough', (text) =>
    expect(strengthOf(text).enough).toBe(false),
  );
  test.each([
    ['Police2026!', 1],
    ['harbour lamp', 1],
    ['harbour lamp quay', 2],
    ['harbour lamp quay Tuesday', 3],
  ])('%j is of strength %i', (text, level) => expect(strengthOf(text)).toMatchObject({ enough: true, level }));
  test('characters are counted as people count them', () => expect(strengthOf('🔑🔒🗝️🚪🧷').enough).toBe(false));
});
