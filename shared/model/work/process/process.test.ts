/** Cases walk through the process from the first note to the end, and whatever happens to one, there is a way on. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_FILE, PACKAGE } from '../../fold.fixture.ts';
import { STAGES } from '../../formats/stages.ts';
import { emptyWork } from '../fold/draft.ts';
import type { Unsigned } from '../work.fixture.ts';
import {
  ABOUT,
  PEOPLE,
  Story,
  discloser,
  lawyer,
  manager,
  officer,
  sergeant,
  workId,
  bareAction,
} from '../work.fixture.ts';
import { processIn } from './load.ts';
import { whereIs } from './where.ts';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
fc.configureGlobal({ seed });
console.info(`fast-check seed: ${seed}`);

const table = processIn(new Map());

type Snapshot = Parameters<typeof whereIs>[1];
const DAY = 86_400_000;
const now = {
  on: '2026-11-22',
  now: 20_779 * DAY,
  begun: 20_000 * DAY,
  dayAt: (at: number) => new Date(at).toISOString().slice(0, 10),
};
const BASE = { case: { id: 'case', kind: 'charging' }, packages: [] as object[] };
const looking = (record: object): Snapshot => record as unknown as Snapshot;
const sent = (purpose: string, state: string) => ({
  id: purpose,
  to: 'cps',
  purpose,
  released: '2026-11-20T10:00:00Z',
  files: [],
  state,
  reasons: [],
});
const openAt = (story: Story, record: object): string[] =>
  whereIs(table, looking(record), story.work, now).open.map(({ id }) => id);

describe('a case', () => {
  it('walks from nothing to a charge, returned and mended on the way', () => {
    const story = new Story();
    const record = { ...BASE, offences: [{ id: '1', category: 'either way' }] };
    const step = (open: string[]): void => expect(openAt(story, record)).toEqual(open);
    step(['charging-build']);
    story.does(officer, {
      is: 'review asked',
      id: workId('r'),
      stage: 'charging',
      to: sergeant.party,
      note: '',
      about: ABOUT,
    });
    step(['charging-review']);
    const review = whereIs(table, looking(record), story.work, now).open[0];
    expect(review).toMatchObject({
      whose: { people: ['Cal'], roles: ['supervisor'] },
      overdue: true,
      next: ['Release the file to the prosecutor'],
    });
    story.does(sergeant, {
      is: 'review given',
      review: workId('r'),
      outcome: 'sent back',
      note: '',
      comments: [],
      about: ABOUT,
    });
    step(['charging-build']);
    story.does(officer, { is: 'review asked', id: workId('r2'), stage: 'charging', to: null, note: '', about: ABOUT });
    story.does(sergeant, {
      is: 'review given',
      review: workId('r2'),
      outcome: 'signed off',
      note: '',
      comments: [],
      about: ABOUT,
    });
    step(['charging-release']);
    record.packages = [sent('charging decision', 'released')];
    step(['charging-allocate', 'charging-triage']);
    record.packages = [sent('charging decision', 'accepted')]; // nobody allocates what was dealt with
    step(['charging-decide']);
    record.packages = [sent('charging decision', 'released')];
    story.does(manager, { is: 'allocated', package: PACKAGE, role: 'prosecutor', to: lawyer.party, note: '' });
    step(['charging-triage']);
    expect(whereIs(table, looking(record), story.work, now).open[0]).toMatchObject({
      whose: { people: ['Gil'] },
      due: { day: '2026-11-25', at: null },
      overdue: false,
    });
    record.packages = [sent('charging decision', 'returned')];
    step(['charging-release']);
    record.packages = [sent('charging decision', 'returned'), sent('charging decision', 'accepted')];
    step(['charging-decide']);
    story.does(lawyer, {
      is: 'action raised',
      id: workId('a'),
      text: 'x',
      paths: [],
      items: [],
      rule: null,
      package: null,
      due: '2026-11-20',
    });
    expect(whereIs(table, looking(record), story.work, now).open.map(({ id, overdue }) => [id, overdue])).toEqual([
      ['charging-decide', false],
      ['plan-answer', true],
    ]);
    story.does(officer, {
      is: 'action answered',
      action: workId('a'),
      outcome: 'answered',
      reason: '',
      items: [],
      sent: [],
    });
    step(['charging-decide', 'plan-close']);
    story.does(lawyer, { is: 'action closed', action: workId('a'), outcome: 'met', note: '' });
    story.does(lawyer, {
      is: 'decided',
      id: workId('d'),
      supersedes: null,
      outcome: 'charge',
      route: 'prosecutor',
      test: 'full code',
      offences: [],
      reasons: '',
    });
    step(['charging-move']);
    story.does(officer, { is: 'staged', stage: 'ngap', reason: '' });
    step(['hearing-build', 'hearing-certify']);
  });

  it('walks from the first hearing to the end of a trial', () => {
    const story = new Story();
    const record = { ...BASE, pleas: [] as object[], hearings: [] as object[] };
    const step = (open: string[]): void => expect(openAt(story, record)).toEqual(open);
    const reviewed = (word: string, stage: 'ngap' | 'upgrade'): void => {
      story.does(officer, { is: 'review asked', id: workId(word), stage, to: null, note: '', about: ABOUT });
      story.does(sergeant, {
        is: 'review given',
        review: workId(word),
        outcome: 'signed off',
        note: '',
        comments: [],
        about: ABOUT,
      });
    };
    story.does(officer, { is: 'staged', stage: 'ngap', reason: '' });
    reviewed('1', 'ngap');
    step(['hearing-release', 'hearing-certify']);
    story.does(discloser, {
      is: 'certified',
      id: workId('c'),
      supersedes: null,
      schedule: 'MG6E',
      covers: { sha256: ABOUT.record, lines: 1 },
      words: '',
    });
    record.packages = [sent('first hearing file', 'accepted')];
    step(['hearing-plea']);
    record.pleas = [{ id: '1', plea: 'not guilty' }];
    step(['hearing-upgrade']);
    story.does(officer, { is: 'staged', stage: 'upgrade', reason: '' });
    step(['upgrade-build', 'upgrade-certify']);
    reviewed('2', 'upgrade');
    record.packages.push(sent('upgrade file', 'accepted'));
    step(['upgrade-certify', 'upgrade-move']);
    story.does(lawyer, { is: 'staged', stage: 'trial', reason: '' });
    step(['trial-prepare']);
    record.hearings = [{ id: '1', kind: 'trial', outcome: 'guilty' }];
    step(['trial-close']);
    story.does(sergeant, { is: 'closed', outcome: 'convicted', retention: null, reason: '' });
    expect(whereIs(table, looking(record), story.work, now)).toMatchObject({ over: true, open: [] });
  });

  it('is told whose a step is by the agreement where it says so', () => {
    const work = emptyWork();
    const said = { by: officer.party, at: 1, entry: ABOUT.record };
    const responsibilities = [{ step: 'charging-build', side: 'police', roles: ['disclosure officer'], note: '' }];
    work.agreements.push({
      id: workId('g'),
      agreement: { responsibilities },
      offered: said,
      accepted: [],
      declined: [],
      inForce: said,
      supersededBy: null,
    } as never);
    const [open] = whereIs(
      table,
      looking({ case: { id: 'c', disclosureOfficer: 'Eve' }, packages: [] }),
      work,
      now,
    ).open;
    expect(open?.whose).toEqual({
      side: 'police',
      roles: ['disclosure officer'],
      people: ['Eve'],
      agreed: true,
      note: '',
    });
  });
});

const word = fc.constantFrom('a', 'b').map(workId);
const happening = fc.oneof(
  word.map((id) => [officer, { is: 'review asked', id, stage: 'charging', to: null, note: '', about: ABOUT }] as const),
  fc
    .tuple(word, fc.constantFrom('signed off', 'sent back'))
    .map(
      ([review, outcome]) =>
        [sergeant, { is: 'review given', review, outcome, note: '', comments: [], about: ABOUT }] as const,
    ),
  word.map((id) => [lawyer, bareAction(id)] as const),
  word.map(
    (action) =>
      [officer, { is: 'action answered', action, outcome: 'answered', reason: '', items: [], sent: [] }] as const,
  ),
  word.map((action) => [lawyer, { is: 'action closed', action, outcome: 'met', note: '' }] as const),
  fc
    .tuple(word, fc.option(word), fc.constantFrom('charge', 'no further action', 'further evidence'))
    .map(
      ([id, supersedes, outcome]) =>
        [
          lawyer,
          { is: 'decided', id, supersedes, outcome, route: 'prosecutor', test: null, offences: [], reasons: '' },
        ] as const,
    ),
  fc.constantFrom(...STAGES).map((stage) => [officer, { is: 'staged', stage, reason: '' }] as const),
  fc
    .constantFrom(...PEOPLE)
    .map((one) => [manager, { is: 'allocated', package: null, role: 'prosecutor', to: one.party, note: '' }] as const),
);
const packages = fc.array(
  fc
    .tuple(
      fc.constantFrom('charging decision', 'upgrade file', 'first hearing file'),
      fc.constantFrom('released', 'opened', 'accepted', 'returned', 'withdrawn'),
    )
    .map(([purpose, state]) => sent(purpose, state)),
  { maxLength: 4 },
);

it('has a way on from whatever state a case gets into', () => {
  fc.assert(
    fc.property(
      fc.array(happening, { maxLength: 25 }),
      packages,
      fc.array(fc.constantFrom('guilty', 'not guilty', 'no plea', 'mixed'), { maxLength: 2 }),
      fc.array(fc.constantFrom('first hearing', 'trial'), { maxLength: 2 }),
      (steps, there, pleas, hearings) => {
        const story = new Story();
        for (const [by, fact] of steps) story.does(by, fact as Unsigned, CASE_FILE);
        const record = {
          ...BASE,
          packages: there,
          pleas: pleas.map((plea, i) => ({ id: String(i), plea })),
          hearings: hearings.map((kind, i) => ({ id: String(i), kind, outcome: 'x' })),
        };
        const where = whereIs(table, looking(record), story.work, now);
        if (where.open.length === 0) throw new Error(`no way on: ${JSON.stringify([where.stage, where.done])}`);
        for (const step of where.open) expect(step.next.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 1000 },
  );
});
