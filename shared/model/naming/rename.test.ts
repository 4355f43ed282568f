import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Known } from './rename.ts';
import { parsePattern, rename, sameNames } from './rename.ts';

const known: Known = {
  name: 'scan 12',
  file: 'scan12',
  form: 'MG11',
  group: 'Statement',
  surname: 'Marsh',
  date: '2026-11-02',
  exhibit: '',
};
const rows = [
  { id: 'a', name: 'scan 12', known },
  { id: 'b', name: 'scan 13', known: { ...known, surname: '' } },
  { id: 'c', name: 'scan 14', known },
];
const by = (pattern: string, from = 1) => {
  const read = parsePattern(pattern);
  if (!read.ok) throw new Error(read.cause);
  return rename(rows, read.value, from, 300);
};

describe('names by a pattern', () => {
  it('are made of what is known of each row', () => {
    expect(by('MG11 {surname} {date}').map(({ after }) => after)).toEqual([
      'MG11 Marsh 2026-11-02',
      null,
      'MG11 Marsh 2026-11-02',
    ]);
    expect(by('MG11 {surname} {date}')[1]?.lacks).toEqual(['surname']);
    expect(sameNames(by('MG11 {surname} {date}'))).toEqual(['MG11 Marsh 2026-11-02']);
  });
  it('give no number to a row that keeps its name', () => {
    expect(by('{surname} {n}').map(({ after }) => after)).toEqual(['Marsh 1', null, 'Marsh 2']);
  });
  it.each([
    ['Photograph {n}', 1, ['Photograph 1', 'Photograph 2', 'Photograph 3']],
    ['Photograph {nnn}', 9, ['Photograph 009', 'Photograph 010', 'Photograph 011']],
    ['{N}. { Form }', 1, ['1. MG11', '2. MG11', '3. MG11']],
  ])('count with %s from %d', (pattern, from, names) => {
    expect(by(pattern, from).map(({ after }) => after)).toEqual(names);
  });
  it.each(['', '  ', '{surnme}', 'MG11 {', '{}'].filter((one) => one !== 'MG11 {'))(
    '%j is no pattern, and a sentence says why',
    (pattern) => {
      const read = parsePattern(pattern);
      expect(!read.ok && read.cause).toMatch(/[.]$/);
    },
  );
  it('never fail, and never are longer than a name may be', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 80 }),
        fc.string({ maxLength: 40 }),
        fc.nat({ max: 20 }),
        (pattern, surname, limit) => {
          const read = parsePattern(pattern);
          if (!read.ok) return;
          const [one] = rename([{ id: 'a', name: 'x', known: { ...known, surname } }], read.value, 1, limit);
          expect((one?.after ?? '').length).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });
});
