/** Versions of a sharing agreement: what changed is said, all of it; which one binds, and by which permissions acts are judged. */
import { describe, expect, it } from 'vitest';
import { CASE_FILE, id as idOf } from '../../fold.fixture.ts';
import { builtInRules } from '../../rules/builtIn.ts';
import { comparePermissions } from '../permissions/compare.ts';
import { DEFAULT_PERMISSIONS } from '../permissions/table.ts';
import type { PermissionTable } from '../permissions/table.ts';
import { processIn } from '../process/load.ts';
import type { Unsigned } from '../work.fixture.ts';
import { Story, inspector, lawyer, manager, officer, records, sergeant, workId, bareAction } from '../work.fixture.ts';
import { compareAgreements } from './compare.ts';
import { fellshireAgreement } from './fellshire.fixture.ts';
import { agreementFindings, agreementInForce } from './inForce.ts';
import type { Agreement } from './schema.ts';
import { classesFor, keptReview } from './retention.ts';
import { agreement } from './schema.ts';

const changesOf = (change: (copy: Agreement) => void): string[] => {
  const fresh = { ...structuredClone(fellshireAgreement()), number: 2 };
  change(fresh);
  return compareAgreements(fellshireAgreement(), agreement.parse(fresh)).map(
    ({ is, part, sentence }) => `${part} ${is}: ${sentence}`,
  );
};

describe('the change log', () => {
  it('is empty where nothing but the number changed', () => expect(changesOf(() => {})).toEqual([]));

  it('names everything that was added, removed or changed', () => {
    const lines = changesOf((copy) => {
      copy.review = null;
      copy.purposes.push('To train officers');
      copy.parties[1]!.controller = 'The Director';
      copy.markings.pop();
      copy.retention[0]!.reviewAfter = 1;
      copy.basis[0]!.verified = true;
      copy.responsibilities[0]!.roles = ['file builder'];
    });
    expect(lines).toEqual([
      'To be reviewed by changed: was “2027-11-01”, is “none”',
      expect.stringContaining('Parties changed: Fellshire Prosecution Service: was'),
      expect.stringMatching(
        /^Lawful basis changed: Processing for law enforcement.*\(not verified\)”, is “source: [^(]*”$/,
      ),
      'Purposes added: To train officers',
      'Responsibilities changed: charging-build: was “police; officer or file builder”, is “police; file builder”',
      'Marking removed: SECRET and above: Must not be in this system at all.; source: our own choice',
      expect.stringContaining('reviewed after 1 month;'),
    ]);
  });

  it('is as complete as the agreement: every part that differs is told', () => {
    const text = JSON.stringify(fellshireAgreement());
    const parts = (Object.keys(fellshireAgreement()) as (keyof Agreement)[]).filter(
      (key) => !['format', 'version', 'number'].includes(key),
    );
    const silent = parts.filter((key) => {
      const copy = JSON.parse(text) as Agreement;
      const value = copy[key];
      const other =
        key === 'permissions' || key === 'rules' ? { name: 'x', version: '1', sha256: 'a'.repeat(64) } : '2030-01-01';
      if (Array.isArray(value)) value.pop();
      else Object.assign(copy, { [key]: other });
      return compareAgreements(fellshireAgreement(), copy).length === 0;
    });
    expect(silent).toEqual([]);
  });
});

it('names a responsible side for every step of the process', () => {
  const steps = fellshireAgreement().responsibilities.map(({ step }) => step);
  expect(
    processIn(new Map())
      .steps.map(({ id }) => id)
      .filter((id) => !steps.includes(id)),
  ).toEqual([]);
});

const offered = (word: string, number: number, permissions: PermissionTable | null = null): Unsigned => ({
  is: 'agreement offered',
  id: workId(word),
  agreement: { ...fellshireAgreement(), number },
  permissions,
});
const accepted = (word: string): Unsigned => ({ is: 'agreement accepted', agreement: workId(word) });

describe('a version', () => {
  it('binds once the other side has accepted it, and takes the place of the one before', () => {
    const story = new Story();
    story.does(officer, offered('a', 1));
    story.does(sergeant, offered('a', 1));
    story.does(inspector, accepted('a'));
    story.does(lawyer, accepted('a'));
    expect(story.work.agreements[0]?.inForce).toBeNull();
    story.does(manager, accepted('a'));
    story.does(manager, offered('b', 2));
    story.does(sergeant, accepted('b'));
    story.does(records, offered('c', 1));
    story.does(manager, accepted('c'));
    expect(story.refusals).toEqual([
      ['not permitted', 'agreement offered'],
      ['own work', 'agreement accepted'],
      ['not permitted', 'agreement accepted'],
      ['already done', 'agreement accepted'],
    ]);
    expect(
      story.work.agreements.map(({ id, inForce, supersededBy }) => [id, inForce?.by.personName, supersededBy]),
    ).toEqual([
      [workId('a'), 'Hal', workId('b')],
      [workId('b'), 'Cal', null],
      [workId('c'), undefined, null],
    ]);
  });

  it('is offered and accepted by its parties alone', () => {
    const story = new Story();
    const others = structuredClone(fellshireAgreement());
    others.parties[1]!.org = idOf('another service');
    story.does(sergeant, { is: 'agreement offered', id: workId('a'), agreement: others, permissions: null });
    story.does(manager, accepted('a'));
    const strangers = structuredClone(others);
    strangers.parties[0]!.org = idOf('another force');
    story.does(sergeant, { is: 'agreement offered', id: workId('b'), agreement: strangers, permissions: null });
    expect(story.refusals).toEqual([
      ['not theirs to say', 'agreement accepted'],
      ['not theirs to say', 'agreement offered'],
    ]);
    expect(story.work.agreements.map(({ inForce }) => inForce)).toEqual([null]);
  });

  it('is never accepted by the side that offered it, whatever table is in force', () => {
    const rule = DEFAULT_PERMISSIONS.actions['agreement accepted']!;
    const careless = {
      ...DEFAULT_PERMISSIONS,
      actions: { ...DEFAULT_PERMISSIONS.actions, 'agreement accepted': { ...rule, not: [] } },
    };
    const story = new Story();
    story.does(sergeant, offered('a', 1, careless));
    story.does(manager, accepted('a'));
    story.does(sergeant, offered('b', 2));
    story.does(inspector, accepted('b'));
    expect(story.refusals).toEqual([['own work', 'agreement accepted']]);
    expect(agreementInForce(story.work)?.id).toBe(workId('a'));
  });

  it('is taken back by the side that offered it, before it is answered, and by nobody else', () => {
    const withdrawn = (word: string): Unsigned => ({
      is: 'agreement withdrawn',
      agreement: workId(word),
      reason: 'A mistake',
    });
    const story = new Story();
    story.does(sergeant, offered('a', 1));
    story.does(manager, withdrawn('a'));
    story.does(officer, withdrawn('a'));
    story.does(inspector, withdrawn('a'));
    story.does(manager, accepted('a'));
    story.does(sergeant, offered('b', 2));
    story.does(manager, accepted('b'));
    story.does(sergeant, withdrawn('b'));
    expect(story.refusals).toEqual([
      ['not theirs to say', 'agreement offered'],
      ['not permitted', 'agreement offered'],
      ['already done', 'agreement accepted'],
      ['already done', 'agreement offered'],
    ]);
    expect(story.work.agreements.map((one) => [one.withdrawn?.reason, one.inForce?.by.personName])).toEqual([
      ['A mistake', undefined],
      [undefined, 'Hal'],
    ]);
  });

  it('brings its own permissions, by which every fact after it is judged, and none before', () => {
    const raise = (word: string) => bareAction(workId(word));
    const rule = DEFAULT_PERMISSIONS.actions['action raised']!;
    const strict = {
      ...DEFAULT_PERMISSIONS,
      name: 'strict',
      actions: {
        ...DEFAULT_PERMISSIONS.actions,
        'action raised': { ...rule, allow: [{ roles: ['prosecution manager'], stages: 'every' as const }] },
      },
    };
    const story = new Story();
    story.does(sergeant, offered('a', 1, strict));
    story.does(lawyer, raise('1'), CASE_FILE);
    story.does(manager, accepted('a'));
    story.does(lawyer, raise('2'));
    story.does(manager, raise('3'));
    expect(story.refusals).toEqual([['not permitted', 'action raised']]);
    expect(story.work.actions.map(({ id }) => id)).toEqual([workId('1'), workId('3')]);
  });
});

describe('the permissions that come with one', () => {
  it('are told wherever they let somebody do what another table does not', () => {
    const rule = DEFAULT_PERMISSIONS.actions['decided by police']!;
    const other = {
      ...DEFAULT_PERMISSIONS,
      actions: {
        ...DEFAULT_PERMISSIONS.actions,
        'decided by police': { ...rule, allow: [{ roles: ['officer'], stages: 'every' as const }] },
      },
    };
    expect(comparePermissions(DEFAULT_PERMISSIONS, DEFAULT_PERMISSIONS)).toEqual([]);
    expect(comparePermissions(DEFAULT_PERMISSIONS, other)).toEqual([
      expect.stringMatching(/^Decide a charge as police: was “supervisor at Charging.*”, is “officer”$/),
    ]);
  });

  it('are told whole: a change of any part of any act', () => {
    const silent = Object.entries(DEFAULT_PERMISSIONS.actions).flatMap(([act, rule]) =>
      [
        { ...rule, not: [...rule.not, 'named by it' as const] },
        { ...rule, while: rule.while === 'any' ? ('open' as const) : ('any' as const) },
        { ...rule, allow: rule.allow.map((one) => ({ ...one, roles: [...one.roles, 'administrator'] })) },
        { ...rule, allow: rule.allow.map((one) => ({ ...one, only: 'named by it' as const })) },
        { ...rule, allow: rule.allow.map((one) => ({ ...one, stages: ['trial'] })) },
      ].filter((changed) => {
        const fresh = { ...DEFAULT_PERMISSIONS, actions: { ...DEFAULT_PERMISSIONS.actions, [act]: changed } };
        return comparePermissions(DEFAULT_PERMISSIONS, fresh).length !== 1;
      }),
    );
    expect(silent).toEqual([]);
  });
});

describe('the classes by which a case is kept', () => {
  it('are those of the agreement in force, then those of the rules that it does not name', () => {
    const rules = builtInRules().retention;
    const story = new Story();
    expect(classesFor(story.work, rules)).toEqual(rules);
    const agreed = fellshireAgreement();
    const same = { ...agreed.retention[0]!, code: rules[0]!.code, title: 'As agreed', reviewAfter: 5 };
    const named = { ...agreed, retention: [same] };
    story.does(sergeant, { is: 'agreement offered', id: workId('a'), agreement: named, permissions: null });
    expect(classesFor(story.work, rules)).toEqual(rules);
    story.does(manager, accepted('a'));
    const [first, ...others] = classesFor(story.work, rules);
    expect(first).toMatchObject({ code: rules[0]!.code, name: 'As agreed', review: { months: 5 } });
    expect(others).toEqual(rules.slice(1));
    expect(keptReview(first!, '2026-11-22')).toBe('2027-04-22');
  });
});

describe('a case held against the agreement in force', () => {
  const held = { case: { marking: 'OFFICIAL' }, documents: [{ id: 'd', marking: 'OFFICIAL-SENSITIVE', title: 'MG6' }] };
  const codes = (story: Story, on: string): string[] =>
    agreementFindings(story.work, held, on).map(({ code, path }) => `${code} ${path}`);

  it('has a finding for a marking without a rule, and for days that have not come or have passed', () => {
    const story = new Story();
    const bare = { ...fellshireAgreement(), markings: fellshireAgreement().markings.slice(0, 1) };
    story.does(sergeant, { is: 'agreement offered', id: workId('a'), agreement: bare, permissions: null });
    expect(codes(story, '2026-11-22')).toEqual([]);
    story.does(manager, accepted('a'));
    expect(codes(story, '2026-11-22')).toEqual(['agreement-marking documents/d/marking']);
    story.does(manager, offered('b', 2));
    story.does(sergeant, accepted('b'));
    expect(codes(story, '2026-11-01')).toEqual([]);
    expect(codes(story, '2026-10-31')).toEqual(['agreement-not-begun agreement']);
    expect(codes(story, '2027-11-01')).toEqual([]);
    expect(codes(story, '2027-11-02')).toEqual(['agreement-review agreement']);
  });
});
