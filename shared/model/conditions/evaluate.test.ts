import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCondition } from './check.ts';
import { OPERATORS } from './condition.ts';
import type { Condition } from './condition.ts';
import { evaluate } from './evaluate.ts';
import { NOTHING_AROUND } from './names.ts';
import { makeWorld } from './world.ts';

const snapshot = {
  case: { urn: '01AB2345626', officerPhone: '  ', charged: false, officer: 'O\u2019Brien, Zoe\u0308' },
  suspects: [
    { id: 's1', born: '1990-03-01', family: 'Lane', postcode: 'ls1  4ap' },
    { id: 's2', family: 'LANE ' },
  ],
  offences: [{ id: 'o1', from: '2026-02-27', suspects: ['s1', 's2', 'gone'] }],
  witnesses: [{ id: 'w1', role: 'expert' }],
  statements: [
    { id: 't1', witness: 'w1', file: 'f1' },
    { id: 't2', witness: 'gone' },
  ],
  documents: [{ id: 'f2', form: 'MG3', about: ['s1'] }],
  files: [
    { item: 'f1', found: [], bytes: 5 },
    { item: 'f1', found: ['encrypted pdf'], bytes: 5, added: '2026-03-01T23:10:00Z' },
    { item: 'f2', found: ['empty'], bytes: 0 },
  ],
  work: { actions: [{ id: 'a1', due: '2026-03-05', at: Date.parse('2026-02-28T23:59:00Z') }] },
  unread: { 'suspects/s2/custodyStatus': 'on leave' },
};
const tables = { codes: [{ code: 'TH68001' }] };
const judge = (condition: Condition, on = '2026-03-01') =>
  evaluate(condition, makeWorld(snapshot, on, 'charging', tables));

/** Each operator, true and false, with the paths that decided. */
const table: readonly (readonly [Condition, boolean, readonly string[]])[] = [
  [{ exists: 'case/urn' }, true, ['case/urn']],
  [{ exists: 'case/officerPhone' }, false, ['case/officerPhone']],
  [{ exists: 'case/charged' }, true, ['case/charged']],
  [{ exists: 'case/unit' }, false, ['case/unit']],
  [{ exists: 'victims' }, false, ['victims']],
  [{ exists: 'suspects' }, true, ['suspects']],
  [{ and: [{ exists: 'case/urn' }, { exists: 'case/unit' }] }, false, ['case/unit']],
  [{ and: [{ exists: 'case/urn' }] }, true, ['case/urn']],
  [{ or: [{ exists: 'case/unit' }, { exists: 'case/urn' }] }, true, ['case/urn']],
  [{ or: [{ exists: 'case/unit' }, { exists: 'victims' }] }, false, ['case/unit', 'victims']],
  [{ not: { exists: 'case/unit' } }, true, ['case/unit']],
  [{ not: { exists: 'case/urn' } }, false, ['case/urn']],
  [{ equals: ['case/charged', { value: false }] }, true, ['case/charged']],
  [{ equals: ['case/unit', 'case/unit'] }, false, ['case/unit']],
  [{ equals: ['stage', { value: 'charging' }] }, true, ['stage']],
  [{ same: ['case/officer', { value: "o'brien zoë" }] }, true, ['case/officer']],
  [{ same: ['case/officer', { value: 'o brian zoe' }] }, false, ['case/officer']],
  [{ in: 'case/urn', of: ['x', '01AB2345626'] }, true, ['case/urn']],
  [{ in: 'case/urn', of: ['x'] }, false, ['case/urn']],
  [{ length: 'case/urn', min: 11, max: 11 }, true, ['case/urn']],
  [{ length: 'case/urn', min: 12 }, false, ['case/urn']],
  [{ length: 'case/urn', max: 10 }, false, ['case/urn']],
  [{ length: 'case/officerPhone', min: 1 }, false, ['case/officerPhone']],
  [{ every: 'suspects', as: 's', that: { exists: 's/family' } }, true, ['suspects/s1', 'suspects/s2']],
  [{ every: 'suspects', as: 's', that: { exists: 's/born' } }, false, ['suspects/s2']],
  [{ every: 'victims', as: 'v', that: { exists: 'v/born' } }, true, ['victims']],
  [{ some: 'suspects', as: 's', that: { matches: 's/postcode', form: 'postcode' } }, true, ['suspects/s1']],
  [{ some: 'suspects', as: 's', that: { matches: 's/family', form: 'postcode' } }, false, ['suspects']],
  [{ count: 'suspects', min: 2, max: 2 }, true, ['suspects/s1', 'suspects/s2']],
  [{ count: 'suspects', max: 1 }, false, ['suspects/s1', 'suspects/s2']],
  [{ count: 'suspects', as: 's', where: { exists: 's/born' }, min: 2 }, false, ['suspects']],
  [{ document: ['MG3', 'MG3A'] }, true, ['documents/f2']],
  [{ document: ['MG11'] }, false, ['documents']],
  [{ every: 'suspects', as: 's', that: { document: ['MG3'], about: 's' } }, false, ['suspects/s2']],
  [{ found: ['empty'], of: 'files' }, true, ['files/f2']],
  [{ found: ['protected archive'], of: 'files' }, false, ['files']],
  [{ every: 'statements', as: 't', that: { found: ['encrypted pdf'], of: 't/file' } }, false, ['statements/t2']],
  // References: those that are there.
  [{ every: 'offences', as: 'o', that: { count: 'o/suspects', min: 2, max: 2 } }, true, ['offences/o1']],
  [
    { some: 'offences', as: 'o', that: { every: 'o/suspects', as: 's', that: { exists: 's/born' } } },
    false,
    ['offences'],
  ],
  [{ every: 'statements', as: 't', that: { exists: 't/witness' } }, false, ['statements/t2']],
  [{ some: 'statements', as: 't', that: { equals: ['t/witness/role', { value: 'expert' }] } }, true, ['statements/t1']],
  [
    { some: 'suspects', as: 's', that: { some: 'offences', as: 'o', that: { equals: ['o/suspects', 's'] } } },
    false,
    ['suspects'],
  ],
  [
    { some: 'suspects', as: 's', that: { some: 'documents', as: 'd', that: { shares: ['d/about', 'suspects'] } } },
    true,
    ['suspects/s1', 'suspects/s2'],
  ],
  [{ shares: ['offences', 'suspects'] }, false, ['offences']],
  [{ some: 'suspects', as: 's', that: { unread: 's/custodyStatus' } }, true, ['suspects/s2']],
  [{ unread: 'case/stage' }, false, ['case/stage']],
  // What a file is, as its document says.
  [{ some: 'files', as: 'f', that: { equals: ['f/document/form', { value: 'MG3' }] } }, true, ['files/f2']],
  [{ every: 'files', as: 'f', that: { exists: 'f/document' } }, false, ['files/f1', 'files/f1']],
  // Tables and the work, whose rows may hold anything.
  [{ some: 'tables/codes', as: 'c', that: { equals: ['c/code', { value: 'TH68001' }] } }, true, ['tables/codes/0']],
  [{ every: 'work/actions', as: 'a', that: { after: ['a/due', 'on'] } }, true, ['work/actions/a1']],
  [{ exists: 'work/closed' }, false, ['work/closed']],
];

describe('a condition', () => {
  it.each(table)('%j is %s by %j', (condition, holds, paths) => {
    const names = { ...NOTHING_AROUND, tables: ['codes'] };
    expect(checkCondition(condition, 'rule', names)).toEqual([]);
    expect(judge(condition)).toEqual({ holds, paths });
  });

  it('has every operator in this table, true and false', () => {
    const seen = (wanted: boolean) =>
      OPERATORS.filter((name) =>
        table.some(([condition, holds]) => JSON.stringify(condition).includes(`"${name}"`) && holds === wanted),
      );
    const dates = new Set(['before', 'after', 'notBefore', 'notAfter']);
    expect([...new Set([...seen(true), ...dates])].sort()).toEqual([...OPERATORS].sort());
    expect([...new Set([...seen(false), ...dates])].sort()).toEqual([...OPERATORS].sort());
  });

  it.each([
    ['2026-02-27', [false, false, true, true]],
    ['2026-02-26', [true, false, false, true]],
    ['2026-02-28', [false, true, true, false]],
  ])('compares dates at their boundary: on %s', (on, expected) => {
    const pair = ['on', { path: 'o/from', plus: { days: 0 } }] as const;
    const parts: Condition[] = [{ before: pair }, { after: pair }, { notBefore: pair }, { notAfter: pair }];
    expect(parts.map((that) => judge({ every: 'offences', as: 'o', that }, on).holds)).toEqual(expected);
  });

  it('reckons offsets in days, months and years, and takes the day of a time', () => {
    const later = (plus: object): Condition => ({
      every: 'offences',
      as: 'o',
      that: { equals: [{ path: 'o/from', plus }, 'on'] },
    });
    expect(judge(later({ days: 2 })).holds).toBe(true);
    expect(judge(later({ months: 1 }), '2026-03-27').holds).toBe(true);
    expect(judge(later({ years: -1, days: 1 }), '2025-02-28').holds).toBe(true);
    expect(judge({ some: 'files', as: 'f', that: { notBefore: ['f/added', 'on'] } }).holds).toBe(true);
    expect(
      judge({ some: 'work/actions', as: 'a', that: { equals: [{ path: 'a/at', plus: { days: 1 } }, 'on'] } }).holds,
    ).toBe(true);
  });

  it('of a date that is absent is false, whichever way it is asked', () => {
    const pair = ['case/sentDate', 'on'] as const;
    const asked: readonly Condition[] = [{ before: pair }, { after: pair }, { notBefore: pair }, { notAfter: pair }];
    for (const condition of asked) expect(judge(condition).holds).toBe(false);
  });

  it('is judged whatever the data: never thrown, always with an answer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...table.map(([condition]) => condition)),
        fc.jsonValue(),
        fc.object(),
        (condition, wild, object) => {
          for (const value of [
            wild,
            object,
            { case: wild, suspects: wild, files: [wild], statements: [object], documents: [object] },
          ])
            expect(typeof evaluate(condition, makeWorld(value, '2026-03-01', 'charging')).holds).toBe('boolean');
        },
      ),
    );
  });

  it('finds nothing that every object has from birth', () => {
    expect(judge({ exists: 'case/constructor' }).holds).toBe(false);
    expect(judge({ exists: 'work/toString' }).holds).toBe(false);
  });

  it('ends, and says so, where a case is far larger than any', () => {
    const world = makeWorld(
      { suspects: Array.from({ length: 3000 }, (_, i) => ({ id: String(i) })) },
      '2026-03-01',
      'charging',
    );
    const pairs: Condition = {
      every: 'suspects',
      as: 's',
      that: { every: 'suspects', as: 't', that: { every: 'suspects', as: 'u', that: { exists: 'u/born' } } },
    };
    expect(evaluate(pairs, world).holds).toBe(false);
    expect(world.meter.left).toBeLessThanOrEqual(0);
  });
});
