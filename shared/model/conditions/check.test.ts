import { describe, expect, it } from 'vitest';
import { checkCondition } from './check.ts';
import { condition } from './condition.ts';

const around = { names: new Map([['row', ['suspects']]]), tables: ['codes'] };
const faults = (value: unknown) =>
  checkCondition(value, 'rules/0/require', around).map(({ at, what }) => `${at}: ${what}`);
const nested = (depth: number): unknown => (depth === 0 ? { exists: 'case/urn' } : { not: nested(depth - 1) });

describe('the faults of a condition', () => {
  it.each([
    ['text', 'rules/0/require: a condition is an object with one of: and'],
    [null, 'rules/0/require: a condition is an object'],
    [{}, 'rules/0/require: no condition is called ""'],
    [{ exist: 'case/urn' }, 'rules/0/require: no condition is called "exist"; it is one of: and, or'],
    [{ exists: 'case/urn', equals: ['on', 'on'] }, 'rules/0/require: one condition says both exists and equals'],
    [{ exists: 'case/urn', max: 2 }, 'rules/0/require: nothing here is called "max"'],
    [{ exists: '/etc/passwd' }, 'rules/0/require/exists: a path is names with slashes between them'],
    [{ exists: 'case/phone' }, 'rules/0/require/exists: unknown path case/phone: case has no field "phone"'],
    [{ exists: 'suspekts' }, 'rules/0/require/exists: unknown path suspekts: a case has no "suspekts"'],
    [
      { exists: 'suspects/born' },
      'rules/0/require/exists: unknown path suspects/born: "born" stands after what has no fields',
    ],
    [{ exists: 'work' }, 'rules/0/require/exists: work is not a list; name one in it'],
    [
      { some: 'tables/other', as: 'x', that: { exists: 'x/a' } },
      'rules/0/require/some: there is no table other; there are: codes',
    ],
    [
      { and: [{ exists: 'on' }, { exists: 'row/bron' }] },
      'rules/0/require/and/1/exists: unknown path row/bron: suspects has no field "bron"',
    ],
    [{ and: [] }, 'rules/0/require/and: '],
    [{ every: 'case', as: 'x', that: { exists: 'x/urn' } }, 'rules/0/require/every: case is not a list'],
    [{ every: 'suspects', as: 'row', that: { exists: 'row/born' } }, 'rules/0/require/as: the name "row" is taken'],
    [{ every: 'suspects', as: 'files', that: { exists: 'on' } }, 'rules/0/require/as: the name "files" is taken'],
    [{ every: 'suspects', that: { exists: 'on' } }, 'rules/0/require/as: '],
    [{ matches: 'row/born', form: 'postcode' }, 'rules/0/require/matches: row/born is not a text'],
    [{ matches: 'row/postcode', form: '(a+)+$' }, 'rules/0/require/form: '],
    [{ before: ['row/family', 'on'] }, 'rules/0/require/before/0: row/family is not a date'],
    [
      { before: ['on', { path: 'case/title', plus: { days: 1 } }] },
      'rules/0/require/before/1/path: case/title is not a date',
    ],
    [{ before: ['on'] }, 'rules/0/require/before'],
    [{ found: ['empty'], of: 'case/urn' }, 'rules/0/require/of: case/urn is not a row or a list'],
    [{ document: ['MG3'], about: 'suspects' }, 'rules/0/require/about: suspects is not a row of a list'],
    [nested(12), `rules/0/require${'/not'.repeat(12)}: conditions stand inside one another more than 12 deep`],
    [
      {
        every: 'suspects',
        as: 'a',
        that: { every: 'files', as: 'b', that: { every: 'files', as: 'c', that: { exists: 'c/name' } } },
      },
      'rules/0/require/that/that/every: lists are gone through inside lists more than 2 deep',
    ],
  ])('%j: %s', (value, start) => {
    expect(faults(value).length).toBeGreaterThan(0);
    expect(faults(value).some((fault) => fault.startsWith(start))).toBe(true);
  });

  it('are all told at once', () => {
    expect(faults({ or: [{ exists: 'a/b' }, { not: { exists: 'case/c' } }] })).toHaveLength(2);
  });

  it('are none for what a rule may say', () => {
    for (const good of [
      nested(11),
      { exists: 'row/born' },
      { some: 'statements', as: 't', that: { equals: ['t/witness/precons', { value: 'none' }] } },
      { every: 'offences', as: 'o', that: { some: 'o/suspects', as: 's', that: { equals: ['s', 'row'] } } },
      { some: 'tables/codes', as: 'c', that: { before: ['c/from', 'on'] } },
      { every: 'work/actions', as: 'a', that: { exists: 'a/answer/text' } },
      { document: ['MG3'], about: 'row' },
    ]) {
      expect(faults(good)).toEqual([]);
      expect(condition.safeParse(good).success).toBe(true);
    }
  });
});
