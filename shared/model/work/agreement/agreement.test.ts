/** Versions of a sharing agreement: what changed is said, all of it; which one binds, and by which permissions acts are judged. */
import { describe, expect, it } from 'vitest';
import { CASE_FILE } from '../../fold.fixture.ts';
import { DEFAULT_PERMISSIONS } from '../permissions/table.ts';
import type { PermissionTable } from '../permissions/table.ts';
import { processIn } from '../process/load.ts';
import type { Unsigned } from '../work.fixture.ts';
import { Story, inspector, lawyer, manager, officer, records, sergeant, workId } from '../work.fixture.ts';
import { compareAgreements } from './compare.ts';
import { fellshireAgreement } from './fellshire.ts';
import type { Agreement } from './schema.ts';
import { agreement } from './schema.ts';

const changed = (change: (copy: Agreement) => void): string[] => {
  const fresh = { ...structuredClone(fellshireAgreement()), number: 2 };
  change(fresh);
  return compareAgreements(fellshireAgreement(), agreement.parse(fresh)).map(
    ({ is, part, sentence }) => `${part} ${is}: ${sentence}`,
  );
};

describe('the change log', () => {
  it('is empty where nothing but the number changed', () => expect(changed(() => {})).toEqual([]));

  it('names everything that was added, removed or changed', () => {
    const lines = changed((copy) => {
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

  it('brings its own permissions, by which every fact after it is judged, and none before', () => {
    const raise = (word: string): Unsigned => ({
      is: 'action raised',
      id: workId(word),
      text: '',
      paths: [],
      items: [],
      rule: null,
      package: null,
      due: null,
    });
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
