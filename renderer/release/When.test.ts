import { describe, expect, test } from 'vitest';
import { NOW, whenOf } from './When.tsx';

describe('when a package goes', () => {
  test('now waits for nothing, whatever was chosen before', () =>
    expect(whenOf({ ...NOW, sealed: true, timed: true, unmetered: true })).toEqual({
      sealed: false,
      at: null,
      unmetered: false,
    }));
  test('all that is chosen must hold', () =>
    expect(whenOf({ mode: 'when', sealed: true, timed: true, at: '2026-11-23T06:00', unmetered: true })).toEqual({
      sealed: true,
      at: new Date(2026, 10, 23, 6).getTime(),
      unmetered: true,
    }));
  test('a time that is asked for and not given is no answer yet', () =>
    expect(whenOf({ ...NOW, mode: 'when', timed: true })).toBeNull());
});
