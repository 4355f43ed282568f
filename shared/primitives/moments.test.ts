import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoOf, momentOf } from './moments.ts';

const moment = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });

it('writes a moment as every other program does, and reads it back', () => {
  fc.assert(
    fc.property(moment, (at) => {
      expect(isoOf(at)).toBe(new Date(at).toISOString());
      expect(momentOf(isoOf(at))).toBe(at);
    }),
  );
});

it.each(['2026-11-22T14:02Z', '2026-11-22T14:02:00Z', '2026-11-22T14:02:00.5Z'])('reads %s', (text) =>
  expect(momentOf(text)).toBe(Date.parse(text)),
);

it.each([
  '',
  '2026-11-22',
  '2026-02-30T00:00:00Z',
  '2026-11-22T24:00:00Z',
  '2026-11-22T14:02:00+01:00',
  'x2026-11-22T14:02Z',
])('reads nothing from %j', (text) => expect(momentOf(text)).toBeNull());
