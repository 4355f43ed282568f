/** A deadline says from what it follows, comes in its order, and is computed from any data without a throw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInRules } from '../builtIn.ts';
import { smallLimit, smallRules } from '../fixture.ts';
import { loadRules } from '../load.ts';
import { sentenceOf } from '../parts.ts';
import { reviewDue } from '../retention.ts';
import { deadlines } from './deadlines.ts';
import { ON, custody, dueOf, hearing, judge, remand, sent } from './cases.fixture.ts';

describe('a deadline', () => {
  it('says from what it was computed', () => {
    const [found] = judge(sent({ urgency: 'custody' }));
    expect(found).toEqual({
      key: 'charging-priority packages/p1/released',
      code: 'charging-priority',
      what: 'Charging decision, suspect in custody',
      path: 'packages/p1/released',
      computed: { day: '2026-03-01', time: '13:30' },
      sentence: '3 hours from delivery; until it is delivered, from release.',
      data: [{ path: 'packages/p1/delivered', value: '2026-03-01 10:30' }],
      source: 'CPS: design history of priority charging decisions',
      verified: true,
      set: null,
      due: { day: '2026-03-01', time: '13:30' },
      left: -1,
    });
    expect(dueOf('charging-priority', sent({ urgency: 'custody', delivered: undefined }))).toEqual([
      '2026-03-01 12:00',
    ]);
  });

  it('takes earlier days in custody off, and names them', () => {
    const earlier = [
      remand({ id: 'k0', from: '2026-01-05', to: '2026-01-15' }),
      remand({ id: 'kx', from: '2026-01-05', to: '2026-01-15', suspect: 's2' }),
      remand({ id: 'ky', from: '2026-01-05', to: '2026-01-15', kind: 'court bail' }),
    ];
    const found = judge(custody([], remand({ court: 'Crown Court' }), ...earlier)).find(
      ({ code }) => code === 'ctl-crown-court',
    );
    expect(found?.due.day).toBe('2026-08-21'); // ten days before 31 August
    expect(found?.data).toEqual([
      { path: 'custody/k1/from', value: '2026-03-02' },
      { path: 'custody/k0/from', value: '2026-01-05' },
      { path: 'custody/k0/to', value: '2026-01-15' },
    ]);
  });

  it('that somebody set counts, and stands beside the computed one; the latest of several', () => {
    const key = 'hearing hearings/h1/date';
    const other = { key: 'hearing hearings/h2/date', due: '2026-01-01', time: null, reason: 'No.', by: 'B', at: 3 };
    const set = [
      { key, due: '2026-04-11', time: '09:00', reason: 'First.', by: 'A', at: 1 },
      { key, due: '2026-04-12', time: null, reason: 'The court moved it.', by: 'A', at: 2 },
      other,
    ];
    expect(judge(hearing({}, { work: { deadlines: set } })).find(({ code }) => code === 'hearing')).toMatchObject({
      computed: { day: '2026-04-10', time: '10:00' },
      set: { day: '2026-04-12', time: null, reason: 'The court moved it.', by: 'A', at: 2 },
      due: { day: '2026-04-12', time: null },
      left: 41,
    });
  });

  it('comes in the order of its date, and at a time before the end of the day', () => {
    const snapshot = {
      enquiries: [
        { id: 'q1', status: 'outstanding', due: '2026-03-12' },
        { id: 'q2', status: 'outstanding', due: '2026-03-02' },
      ],
      hearings: [{ id: 'h1', date: '2026-03-12', time: '10:00' }],
    };
    expect(judge(snapshot).map(({ path, left }) => [path, left])).toEqual([
      ['enquiries/q2/due', 0],
      ['hearings/h1/date', 10],
      ['enquiries/q1/due', 10],
    ]);
  });

  it('says where public holidays of its year are not known', () => {
    const found = (from: string) => judge(custody([], remand({ from, court: 'Crown Court' })))[0];
    expect(found('2028-01-03')?.sentence).not.toContain('not in these rules');
    expect(found('2029-01-03')?.sentence).toContain('Public holidays of 2029 are not in these rules: check the date.');
  });

  it('runs by the rules of another edition: a changed limit, or none in force', () => {
    const by = (limits: object) => {
      const set = loadRules(smallRules({}, {}, limits));
      if (!set.ok) throw new Error(set.cause.map(sentenceOf).join(' '));
      return deadlines(hearing({}), 'charging', set.value, ON).map(({ due }) => due.day);
    };
    expect(by({})).toEqual(['2026-04-13']);
    expect(by({ limits: [smallLimit({ period: { days: 7 } })] })).toEqual(['2026-04-17']);
    expect(by({ limits: [smallLimit({ from: '2026-03-03' })] })).toEqual([]);
    expect(by({ limits: [smallLimit({ to: ON })] })).toEqual(['2026-04-13']);
  });

  it('is computed from any data, and never thrown', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (wild) => {
        const rows = [
          wild,
          { id: 's1', from: wild, due: wild, date: wild, kind: 'court custody', court: 'Crown Court', suspect: 's1' },
        ];
        const snapshot = {
          custody: rows,
          hearings: rows,
          suspects: rows,
          offences: rows,
          packages: rows,
          work: { deadlines: rows, actions: rows },
        };
        expect(Array.isArray(judge(snapshot))).toBe(true);
        expect(Array.isArray(deadlines(wild, 'trial', builtInRules(), ON))).toBe(true);
      }),
    );
  });
});

describe('retention', () => {
  it('says when somebody looks again', () => {
    const due = builtInRules().retention.map((one) => [one.code, reviewDue(one, '2026-03-02')]);
    expect(due).toEqual([
      ['group-1', '2036-03-02'],
      ['group-2', '2036-03-02'],
      ['group-3', '2032-03-02'],
      ['group-4', '2032-03-02'],
    ]);
  });
});
