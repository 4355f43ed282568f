/** Every time limit of Joinder's own in a case in which it runs, and in one, as near as may be, in which it does not. */
import { describe, expect, it } from 'vitest';
import { builtInRules } from '../builtIn.ts';
import { smallLimit, smallRules } from '../fixture.ts';
import { loadRules } from '../load.ts';
import { sentenceOf } from '../parts.ts';
import type { Case } from './cases.fixture.ts';
import { custody, dueOf, hearing, judge, people, remand, sent } from './cases.fixture.ts';

const offence = (values: object) => ({ id: 'o1', suspects: ['s1'], ...values });

const held = (values: object) => ({
  ...people,
  custody: [{ id: 'k1', suspect: 's1', kind: 'police custody', from: '2026-03-28', fromTime: '14:00', ...values }],
});

const action = (values: object) => ({
  work: {
    actions: [{ id: 'a1', state: 'open', due: null, raised: { at: Date.parse('2026-03-01T23:30:00Z') }, ...values }],
  },
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
