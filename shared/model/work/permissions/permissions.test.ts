/**
 * The permission table that Joinder comes with: every act has somebody who may do it and is refused to all others; and the
 * fold that judges by it reaches the same verdicts however facts arrive.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_FILE, PAPERS } from '../../fold.fixture.ts';
import { STAGES } from '../../formats/stages.ts';
import type { Logged } from '../../logged.ts';
import { ROLES, isRole } from '../../roles.ts';
import { foldWork } from '../foldWork.ts';
import type { Unsigned } from '../work.fixture.ts';
import { ABOUT, PEOPLE, Story, workId, bareAction } from '../work.fixture.ts';
import { ACTIONS } from './actions.ts';
import type { Actor } from './table.ts';
import { DEFAULT_PERMISSIONS, RELATIONS, denies, permissionTable } from './table.ts';

const seed = Number(process.env['FC_SEED'] ?? Date.now() % 2 ** 31);
fc.configureGlobal({ seed });
console.info(`fast-check seed: ${seed}`);

const table = DEFAULT_PERMISSIONS;
const EVERY = STAGES.flatMap((stage) => [false, true].map((closed) => ({ stage, closed })));
const alone = (role: string): Actor[] => [
  { roles: [role], is: [] },
  ...RELATIONS.map((relation) => ({ roles: [role], is: [relation] })),
];

describe('the table', () => {
  it.each(ACTIONS)('has somebody who may: %s', (action) => {
    const may = ROLES.filter((role) =>
      alone(role).some((actor) => EVERY.some((at) => denies(table, action, actor, at) === null)),
    );
    expect(may.length).toBeGreaterThan(0);
  });

  it.each(ACTIONS)('refuses it to everybody else: %s', (action) => {
    const allowed = new Set(table.actions[action]?.allow.flatMap(({ roles }) => roles));
    expect([...allowed].every((role) => isRole(role) || role === 'member')).toBe(true);
    const others = ROLES.filter((role) => !allowed.has(role));
    fc.assert(
      fc.property(fc.subarray(others), fc.subarray([...RELATIONS]), fc.constantFrom(...EVERY), (roles, is, at) => {
        expect(denies(table, action, { roles: [...roles, 'of a later version'], is }, at)).toBe('role');
      }),
      { numRuns: 50 },
    );
  });

  it('lets nobody sign off, agree to a disposal or accept an agreement that is their own', () => {
    for (const [action, relation] of [
      ['signed off', 'asked for it'],
      ['signed off', 'holds the case'],
      ['disposal agreed', 'asked for it'],
      ['agreement accepted', 'same organisation'],
    ] as const)
      for (const at of EVERY)
        expect(denies(table, action, { roles: [...ROLES], is: [relation, 'same organisation'] }, at)).toMatch(
          /own|closed/,
        );
  });

  it('gives nothing to an administrator but to say that a computer destroyed what it held', () => {
    const may = ACTIONS.filter((action) =>
      EVERY.some((at) => denies(table, action, { roles: ['administrator'], is: [...RELATIONS] }, at) === null),
    );
    expect(may).toEqual(['destroyed']);
  });

  it('is refused as data where an act is missing, or nobody may do it', () => {
    const { message: _, ...rest } = table.actions;
    expect(permissionTable.safeParse({ ...table, actions: rest }).success).toBe(false);
    const nobody = { ...table.actions, message: { ...table.actions['message'], allow: [] } };
    expect(permissionTable.safeParse({ ...table, actions: nobody }).success).toBe(false);
    expect(
      permissionTable.safeParse({
        ...table,
        actions: { ...table.actions, 'of a later version': table.actions['message'] },
      }).success,
    ).toBe(true);
  });
});

const word = fc.constantFrom('a', 'b', 'c').map(workId);
const supersedes = fc.option(word);
const someFact: fc.Arbitrary<Unsigned> = fc.oneof(
  word.map(bareAction),
  fc.tuple(word, fc.constantFrom('accepted', 'disputed')).map(([action, outcome]): Unsigned => ({
    is: 'action answered',
    action,
    outcome,
    reason: '',
    items: [],
    sent: [],
  })),
  word.map((action): Unsigned => ({ is: 'action closed', action, outcome: 'met', note: '' })),
  word.map((id): Unsigned => ({ is: 'review asked', id, stage: 'charging', to: null, note: '', about: ABOUT })),
  fc.tuple(word, fc.constantFrom('signed off', 'sent back')).map(([review, outcome]): Unsigned => ({
    is: 'review given',
    review,
    outcome,
    note: '',
    comments: [],
    about: ABOUT,
  })),
  fc.tuple(word, supersedes, fc.constantFrom('police', 'prosecutor')).map(([id, old, route]): Unsigned => ({
    is: 'decided',
    id,
    supersedes: old,
    outcome: 'charge',
    route,
    test: null,
    offences: [],
    reasons: '',
  })),
  fc.constantFrom(...STAGES).map((stage): Unsigned => ({ is: 'staged', stage, reason: '' })),
  fc
    .constantFrom(...PEOPLE)
    .map(({ party }): Unsigned => ({ is: 'handed over', to: party, reason: '', absent: false })),
  fc.constant<Unsigned>({ is: 'closed', outcome: '', retention: null, reason: '' }),
  fc.constant<Unsigned>({ is: 'reopened', reason: '' }),
  word.map((id): Unsigned => ({ is: 'disposal asked', id, reason: '' })),
  word.map((disposal): Unsigned => ({ is: 'disposal agreed', disposal })),
);
const someStory = fc
  .array(fc.tuple(fc.constantFrom(...PEOPLE), someFact, fc.constantFrom(CASE_FILE, PAPERS)), { maxLength: 40 })
  .map((steps) => {
    const story = new Story();
    for (const [by, fact, area] of steps) story.does(by, fact, area);
    return story.facts;
  });

describe('the verdicts', () => {
  it('are the same in whatever order facts arrive, and however often', () => {
    fc.assert(
      fc.property(
        someStory.chain((facts) =>
          fc.tuple(
            fc.constant(facts),
            fc.shuffledSubarray([...facts], { minLength: facts.length }),
            fc.subarray([...facts]),
          ),
        ),
        ([facts, shuffled, again]) => {
          const early = again.map((fact): Logged => ({ ...fact, n: null, relayTime: null }));
          expect(foldWork([...early, ...shuffled, ...again])).toEqual(foldWork(facts));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('on an area do not depend on what stands in others', () => {
    fc.assert(
      fc.property(someStory, (facts) => {
        const shared = foldWork(facts.filter(({ area }) => area === CASE_FILE));
        const all = new Set(foldWork(facts).refused.map(({ hash }) => hash));
        const there = facts.filter(({ area, hash }) => area === CASE_FILE && all.has(hash)).map(({ hash }) => hash);
        expect(new Set(shared.refused.map(({ hash }) => hash))).toEqual(new Set(there));
      }),
      { numRuns: 200 },
    );
  });

  it('let count only what the table allows somebody of their roles', () => {
    fc.assert(
      fc.property(someStory, (facts) => {
        const { decisions, actions, reviews } = foldWork(facts);
        const rolesOf = (name: string) => PEOPLE.find(({ party }) => party.personName === name)?.roles ?? [];
        for (const { by, route } of decisions)
          expect(rolesOf(by.personName)).toContain(
            route === 'police' ? 'supervisor' : by.personName === 'Hal' ? 'prosecution manager' : 'prosecutor',
          );
        for (const { raised } of actions) expect(raised.by.orgName).toBe('cps');
        for (const { given, asked } of reviews.filter((one) => one.given?.outcome === 'signed off')) {
          expect(rolesOf(given?.by.personName ?? '')).toContain('supervisor');
          expect(given?.by.person).not.toBe(asked.by.person);
        }
      }),
      { numRuns: 200 },
    );
  });
});
