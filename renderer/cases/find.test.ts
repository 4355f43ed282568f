import { describe, expect, test } from 'vitest';
import type { CaseRow } from '../../shared/ipc/worker.ts';
import type { CaseId } from '../../shared/primitives/ids.ts';
import { findCases } from './find.ts';

const row = (title: string, changed: number, more: Partial<CaseRow> = {}): CaseRow => ({
  case: title as CaseId,
  title,
  urn: null,
  kind: 'trial',
  officer: 'Sam Whitlock',
  suspects: [],
  changed,
  closed: false,
  word: { text: 'Up to date 14:02', tone: 'good' },
  needsMe: null,
  ...more,
});
const rows = [
  row('R v Hale', 1, { urn: '01AB1234526' }),
  row('R v Müller', 3, { suspects: ['Müller, Jörg'] }),
  row('R v Hale and Osei', 2),
];
const found = (search: string) => findCases(rows, search).map((one) => one.title);

describe('finding a case', () => {
  test('nothing looked for: all, those changed last first', () =>
    expect(found('  ')).toEqual(['R v Müller', 'R v Hale and Osei', 'R v Hale']));
  test('every word counts, in any order and case', () => expect(found('osei HALE')).toEqual(['R v Hale and Osei']));
  test.each(['01AB/12345/26', '01ab 12345 26', '1234526'])('a URN however it is spaced: %s', (search) =>
    expect(found(search)).toEqual(['R v Hale']),
  );
  test('accents may be left out', () => expect(found('muller jorg')).toEqual(['R v Müller']));
  test('signs alone find all, words of nobody none', () => {
    expect(found('//')).toHaveLength(3);
    expect(found('nobody')).toEqual([]);
  });
});
