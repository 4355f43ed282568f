import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInRules } from '../builtIn.ts';
import { smallLimit, smallRules } from '../fixture.ts';
import { loadRules } from '../load.ts';
import { sentenceOf } from '../parts.ts';
import { reviewDue } from '../retention.ts';
import { deadlines } from './deadlines.ts';
import { reckon } from './reckon.ts';

const ON = '2026-03-02';
type Case = Readonly<Record<string, unknown>>;
const judge = (snapshot: Case, on = ON) => deadlines(snapshot, 'charging', builtInRules(), on);
const dueOf = (code: string, snapshot: Case) =>
  judge(snapshot)
    .filter((one) => one.code === code)
    .map(({ due }) => (due.time === null ? due.day : `${due.day} ${due.time}`));

const offence = (values: object) => ({ id: 'o1', suspects: ['s1'], ...values });
const remand = (values: object) => ({
  id: 'k1',
  suspect: 's1',
  kind: 'court custody',
  court: 'magistrates',
  from: '2026-03-02',
  ...values,
});
const people = { suspects: [{ id: 's1' }, { id: 's2' }] };
const custody = (offences: readonly object[], ...rows: readonly object[]) => ({ ...people, offences, custody: rows });
const held = (values: object) => ({
  ...people,
  custody: [{ id: 'k1', suspect: 's1', kind: 'police custody', from: '2026-03-28', fromTime: '14:00', ...values }],
});
const sent = (values: object) => ({
  packages: [
    {
      id: 'p1',
      purpose: 'charging decision',
      state: 'delivered',
      released: '2026-03-01T09:00:00Z',
      delivered: '2026-03-01T10:30:00Z',
      ...values,
    },
  ],
});
const action = (values: object) => ({
  work: {
    actions: [{ id: 'a1', state: 'open', due: null, raised: { at: Date.parse('2026-03-01T23:30:00Z') }, ...values }],
  },
});
const hearing = (values: object, more: object = {}) => ({
  hearings: [{ id: 'h1', kind: 'PTPH', date: '2026-04-10', time: '10:00', ...values }],
  ...more,
});

/** For each limit a case in which it runs, and when it ends; and one, as near as may be, in which it does not run. */
const LIMITS: Readonly<Record<string, readonly [runs: Case, due: string, not: Case]>> = {
  // 56 days from 2 March are 27 April, a Monday.
  'ctl-summary': [
    custody([offence({ category: 'summary' })], remand({})),
    '2026-04-27',
    custody([offence({ category: 'summary', suspects: ['s2'] })], remand({})),
  ],
  'ctl-either-way-short': [
    custody([offence({ category: 'either way', allocationDate: '2026-04-27' })], remand({})),
    '2026-04-27',
    custody([offence({ category: 'either way', allocationDate: '2026-04-28' })], remand({})),
  ],
  'ctl-either-way': [
    custody([offence({ category: 'either way', allocationDate: '2026-04-28' })], remand({})),
    '2026-05-11',
    custody([offence({ category: 'either way', allocationDate: '2026-04-27' })], remand({})),
  ],
  // 182 days from 2 March are 31 August, a holiday; the working day before is a Friday.
  'ctl-crown-court': [
    custody([], remand({ court: 'Crown Court' })),
    '2026-08-28',
    custody([], remand({ court: 'Crown Court', to: '2026-03-05' })),
  ],
  'ctl-voluntary-bill': [
    custody([], remand({ court: 'Crown Court', voluntaryBill: true })),
    '2026-06-22',
    custody([], remand({ court: 'Crown Court', voluntaryBill: false })),
  ],
  // The clocks go forward in the night: 24 hours later they show 15:00.
  'pace-24': [held({}), '2026-03-29 15:00', held({ to: '2026-03-28' })],
  'pace-36': [held({}), '2026-03-30 03:00', held({ kind: 'police bail' })],
  'pace-96': [held({}), '2026-04-01 15:00', held({ from: undefined })],
  'bail-before-charge': [
    { ...held({ kind: 'police bail', from: '2026-03-02' }), case: { charged: false } },
    '2026-06-01',
    { ...held({ kind: 'police bail', from: '2026-03-02' }), case: { charged: true } },
  ],
  'bail-return': [
    { suspects: [{ id: 's1', custodyStatus: 'police bail', bailDate: '2026-03-20' }] },
    '2026-03-20',
    { suspects: [{ id: 's1', custodyStatus: 'court bail', bailDate: '2026-03-20' }] },
  ],
  'custody-until': [held({ until: '2026-03-30' }), '2026-03-30', held({ until: '2026-03-30', to: '2026-03-29' })],
  'charging-priority': [
    sent({ urgency: 'custody' }),
    '2026-03-01 13:30',
    sent({ urgency: 'custody', state: 'returned' }),
  ],
  'charging-urgent': [
    sent({ urgency: 'urgent' }),
    '2026-03-06',
    sent({ urgency: 'urgent', purpose: 'further evidence' }),
  ],
  'charging-routine': [sent({ urgency: 'routine' }), '2026-03-29', sent({ urgency: 'urgent' })],
  'action-due': [action({ due: '2026-03-09' }), '2026-03-09', action({ due: '2026-03-09', state: 'answered' })],
  'action-undated': [action({}), '2026-03-15', action({ due: '2026-03-09' })],
  'package-response': [
    sent({ state: 'returned', respondBy: '2026-03-20' }),
    '2026-03-20',
    sent({ respondBy: '2026-03-20' }),
  ],
  hearing: [hearing({}), '2026-04-10 10:00', hearing({ outcome: 'Adjourned.' })],
  ptph: [{ case: { sentDate: '2026-03-02' } }, '2026-03-30', hearing({}, { case: { sentDate: '2026-03-02' } })],
  'ptph-papers': [hearing({}), '2026-04-03', hearing({ kind: 'trial' })],
  'ptph-papers-unlisted': [
    { case: { sentDate: '2026-03-02' } },
    '2026-03-23',
    hearing({}, { case: { sentDate: '2026-03-02' } }),
  ],
  limitation: [
    { offences: [offence({ limitationDate: '2026-05-01' })] },
    '2026-05-01',
    { offences: [offence({ limitationDate: '2026-05-01', laidDate: '2026-03-01' })] },
  ],
  'limitation-summary': [
    { offences: [offence({ category: 'summary', from: '2026-02-28' })] },
    '2026-08-28',
    { offences: [offence({ category: 'summary', from: '2026-02-28', limitationDate: '2026-08-01' })] },
  ],
  'enquiry-due': [
    { enquiries: [{ id: 'q1', status: 'outstanding', due: '2026-03-12' }] },
    '2026-03-12',
    { enquiries: [{ id: 'q1', status: 'done', due: '2026-03-12' }] },
  ],
  'material-expires': [
    { documents: [{ id: 'f1', expires: '2026-04-01' }] },
    '2026-04-01',
    { documents: [{ id: 'f1', dated: '2026-04-01' }] },
  ],
  'hold-ends': [
    { work: { holds: [{ id: 'x1', until: '2027-01-01', lifted: null }] } },
    '2027-01-01',
    { work: { holds: [{ id: 'x1', until: '2027-01-01', lifted: { at: 1 } }] } },
  ],
};

describe('every time limit', () => {
  it('has a case, and every case a limit', () => {
    expect(Object.keys(LIMITS).sort()).toEqual(
      builtInRules()
        .limits.map(({ code }) => code)
        .sort(),
    );
  });

  it.each(Object.entries(LIMITS))('%s runs, and does not', (code, [runs, due, not]) => {
    expect(dueOf(code, runs)).toEqual([due]);
    expect(dueOf(code, not)).toEqual([]);
    const found = judge(runs).find((one) => one.code === code)!;
    const limit = builtInRules().limits.find((one) => one.code === code)!;
    expect(found).toMatchObject({
      source: limit.source,
      verified: limit.verified,
      set: null,
      key: `${code} ${found.path}`,
    });
    expect(found.data.length).toBeGreaterThan(0);
  });
});

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

describe('reckoning', () => {
  const none = new Set<string>();
  const days =
    (period: object, more: object = {}) =>
    (day: string) =>
      reckon({ period, counting: 'from the day after', otherwise: undefined, ...more }, { day, time: null }, 0, none)
        ?.day;
  it('counts from the day after, or with the first day', () => {
    expect(days({ days: 56 })('2026-03-02')).toBe('2026-04-27');
    expect(days({ days: 56 }, { counting: 'with the first day' })('2026-03-02')).toBe('2026-04-26');
    expect(days({ days: 0 }, { counting: 'with the first day' })('2026-03-02')).toBe('2026-03-02');
  });
  it.each([
    ['2026-04-06', 'the working day before', '2026-04-02'], // Easter Monday: back over Good Friday
    ['2026-04-03', 'the working day after', '2026-04-07'],
    ['2026-04-02', 'the working day before', '2026-04-02'],
    ['2027-12-25', 'the working day before', '2027-12-24'],
    ['2027-12-25', 'the working day after', '2027-12-29'],
  ] as const)('moves %s to %s: %s', (day, otherwise, moved) => {
    const { holidays } = builtInRules();
    const limit = { period: { days: 0 }, counting: 'from the day after', otherwise } as const;
    expect(reckon(limit, { day, time: null }, 0, holidays)?.day).toBe(moved);
  });
  it.each([
    ['2026-10-24', '14:00', '2026-10-25', '13:00'], // the clocks go back
    ['2026-03-28', '14:00', '2026-03-29', '15:00'],
    ['2026-06-01', '23:59', '2026-06-02', '23:59'],
    ['2026-06-01', null, '2026-06-02', '00:00'],
  ])('%s %s and 24 hours are %s %s', (day, time, then, at) => {
    const limit = { period: { hours: 24 }, counting: 'from the day after', otherwise: undefined } as const;
    expect(reckon(limit, { day, time }, 0, none)).toMatchObject({ day: then, time: at });
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

describe('the files of limits', () => {
  it.each([
    [{ start: [] }, 'limits.json, limits/0/start: This list should not be empty.'],
    [{ start: ['row/court'] }, 'limits.json, limits/0 (papers)/start/0: row/court is not a date.'],
    [
      { start: ['row/day'] },
      'limits.json, limits/0 (papers)/start/0: Unknown path row/day: hearings has no field "day".',
    ],
    [{ time: 'row/date' }, 'limits.json, limits/0 (papers)/time: row/date is not a text.'],
    [{ path: 'hearing/*/date' }, 'limits.json, limits/0 (papers)/path: Unknown path hearing: a case has no "hearing".'],
    [{ period: {} }, 'limits.json, limits/0: A period has hours, days, months or years.'],
    [{ period: { weeks: 3 } }, 'limits.json, limits/0/period: Nothing here is called "weeks".'],
    [{ period: { days: 2.5 } }, 'limits.json, limits/0/period/days: This should be a whole number.'],
    [{ when: { exists: 'row/day' } }, 'limits.json, limits/0 (papers)/when/exists: Unknown path row/day'],
    [
      { less: { list: 'custodies', as: 'x', where: { exists: 'x/to' }, from: 'x/from', to: 'x/to' } },
      'limits.json, limits/0 (papers)/less/list: Unknown path custodies',
    ],
    [
      { less: { list: 'custody', as: 'x', where: { exists: 'x/to' }, from: 'x/kind', to: 'x/to' } },
      'limits.json, limits/0 (papers)/less/from: x/kind is not a date.',
    ],
    [{ from: '2026-02-02', to: '2026-02-01' }, 'limits.json, limits/0 (papers): It ends'],
  ])('with %j are refused', (changes, start) => {
    const set = loadRules(smallRules({}, {}, { limits: [smallLimit(changes)] }));
    expect(set.ok ? '' : sentenceOf(set.cause[0]!)).toContain(start);
  });

  it('with a holiday that is no day, or a limit twice, are refused', () => {
    const holidays = { days: [{ day: '2026-02-30', name: 'x' }], source: 'x', verified: true };
    for (const [limits, why] of [
      [{ holidays }, 'limits.json, holidays/days/0/day: A date is year-month-day, such as 2026-11-22.'],
      [{ limits: [smallLimit(), smallLimit()] }, 'limits.json, limits/1: The time limit "papers" is there twice.'],
    ] as const) {
      const set = loadRules(smallRules({}, {}, limits));
      expect(set.ok ? [] : set.cause.map(sentenceOf)).toEqual([why]);
    }
  });
});
