/** The fold of the work, group by group: what counts, what it makes of the case, what is refused and why. */
import { describe, expect, it } from 'vitest';
import { PACKAGE, PAPERS } from '../fold.fixture.ts';
import type { Unsigned } from './work.fixture.ts';
import {
  ABOUT,
  Story,
  clerk,
  colleague,
  inspector,
  lawyer,
  manager,
  officer,
  sergeant,
  workId,
} from './work.fixture.ts';
import { asked, raised } from './workFacts.fixture.ts';

const answered = (word: string, outcome: 'accepted' | 'disputed' | 'answered' | 'already sent'): Unsigned => ({
  is: 'action answered',
  action: workId(word),
  outcome,
  reason: 'because',
  items: [],
  sent: [],
});

const given = (word: string, outcome: 'signed off' | 'sent back'): Unsigned => ({
  is: 'review given',
  review: workId(word),
  outcome,
  note: 'noted',
  comments: [{ path: 'statements/1', text: 'unsigned' }],
  about: ABOUT,
});

describe('actions', () => {
  it('follows one from raised to closed, with every answer and date', () => {
    const story = new Story();
    story.does(lawyer, raised('a'));
    story.does(officer, answered('a', 'accepted'));
    story.does(lawyer, { is: 'action due', action: workId('a'), due: '2026-12-10', reason: 'asked for more time' });
    story.does(officer, answered('a', 'answered'));
    story.does(lawyer, { is: 'action closed', action: workId('a'), outcome: 'met', note: '' });
    const [action] = story.work.actions;
    expect(action).toMatchObject({
      state: 'closed',
      due: '2026-12-10',
      closed: { outcome: 'met' },
      rule: 'exhibits missing',
    });
    expect(action?.answers.map(({ outcome, by }) => [outcome, by.personName])).toEqual([
      ['accepted', 'Ann'],
      ['answered', 'Ann'],
    ]);
    expect(story.refusals).toEqual([]);
  });

  it('takes no answer by who raises, no raising by who answers, none after the end or about nothing', () => {
    const story = new Story();
    story.does(officer, raised('own'));
    story.does(lawyer, raised('a'));
    story.does(lawyer, answered('a', 'answered'));
    story.does(lawyer, raised('a'));
    story.does(officer, answered('b', 'answered'));
    story.does(lawyer, { is: 'action closed', action: workId('a'), outcome: 'met', note: '' });
    story.does(officer, answered('a', 'answered'));
    expect(story.refusals).toEqual([
      ['not permitted', 'action raised'],
      ['not permitted', 'action answered'],
      ['said twice', 'action raised'],
      ['unknown', 'action answered'],
      ['already done', 'action answered'],
    ]);
    expect(story.work.actions).toHaveLength(1);
  });
});

describe('answers to questions of the rules', () => {
  const says = (answer: 'yes' | 'no'): Unsigned => ({ is: 'answered', question: 'q charging', answer, note: '' });
  it('stand with the roles that the directory proves, the newest of each', () => {
    const story = new Story();
    story.does(sergeant, says('yes'), PAPERS);
    story.does(officer, says('no'), PAPERS);
    story.does(colleague, says('yes'), PAPERS);
    story.does(officer, says('yes'), PAPERS);
    const { answer, roles, earlier } = story.work.answers['q charging'] ?? {};
    expect([answer, roles]).toEqual(['yes', ['officer', 'file builder']]);
    expect(earlier?.map((one) => [one.by.personName, one.answer])).toEqual([
      ['Cal', 'yes'],
      ['Bo', 'yes'],
    ]);
  });
});

describe('reviews', () => {
  it('are signed off by a supervisor, and freeze what was before them', () => {
    const story = new Story();
    story.does(officer, asked('r'), PAPERS);
    story.does(sergeant, given('r', 'signed off'), PAPERS);
    expect(story.work.reviews[0]?.given).toMatchObject({
      outcome: 'signed off',
      about: ABOUT,
      by: { personName: 'Cal' },
    });
    story.does(sergeant, given('r', 'sent back'), PAPERS);
    expect(story.refusals).toEqual([['already done', 'sent back']]);
  });

  it('are never one\u2019s own: not of who asked, nor of who holds the case', () => {
    const both = { ...officer, roles: ['officer', 'supervisor'] };
    const story = new Story();
    story.does(both, asked('r'), PAPERS);
    story.does(both, given('r', 'signed off'), PAPERS);
    story.does(officer, { is: 'handed over', to: sergeant.party, reason: '', absent: false }, PAPERS);
    story.does(sergeant, given('r', 'signed off'), PAPERS);
    expect(story.refusals).toEqual([
      ['own work', 'signed off'],
      ['own work', 'signed off'],
    ]);
    story.does(inspector, given('r', 'signed off'), PAPERS);
    expect(story.work.reviews[0]?.given?.by.personName).toBe('Dee');
  });

  it('are withdrawn by who asked alone', () => {
    const story = new Story();
    story.does(officer, asked('r'), PAPERS);
    story.does(colleague, { is: 'review withdrawn', review: workId('r'), reason: 'no' }, PAPERS);
    story.does(officer, { is: 'review withdrawn', review: workId('r'), reason: 'more to do' }, PAPERS);
    expect(story.refusals).toEqual([['not permitted', 'review withdrawn']]);
    expect(story.work.reviews[0]?.withdrawn?.reason).toBe('more to do');
  });
});

describe('hand-over and allocation', () => {
  it('make another the holder, within one\u2019s own organisation', () => {
    const story = new Story();
    expect(story.work.holder?.personName).toBe('Ann');
    story.does(colleague, { is: 'handed over', to: colleague.party, reason: 'mine', absent: false });
    story.does(officer, { is: 'handed over', to: lawyer.party, reason: 'theirs', absent: false });
    story.does(sergeant, { is: 'handed over', to: colleague.party, reason: 'Ann is away', absent: true });
    expect(story.refusals).toEqual([
      ['not permitted', 'handed over'],
      ['not theirs to say', 'handed over'],
    ]);
    expect(story.work.holder?.personName).toBe('Bo');
  });

  it('give a package to a named lawyer; the newest stands, the older is kept', () => {
    const allocated = (to: typeof lawyer): Unsigned => ({
      is: 'allocated',
      package: PACKAGE,
      role: 'prosecutor',
      to: to.party,
      note: '',
    });
    const story = new Story();
    story.does(manager, allocated(lawyer));
    story.does(lawyer, allocated(manager));
    story.does(manager, allocated(manager));
    expect(story.refusals).toEqual([['not permitted', 'allocated']]);
    expect(story.work.allocations.map(({ to, current }) => [to.personName, current])).toEqual([
      ['Gil', false],
      ['Hal', true],
    ]);
  });
});

describe('conversation', () => {
  it('keeps who read what, the first time of each, and never one\u2019s own', () => {
    const story = new Story();
    const message = { about: { is: 'case' }, text: 'Ready?', disclosable: false, replyTo: null } as const;
    story.does(officer, { is: 'message', id: workId('m'), ...message });
    for (const who of [officer, lawyer, lawyer, manager]) story.does(who, { is: 'read', messages: [workId('m')] });
    story.does(clerk, { is: 'read', messages: [workId('m')] });
    expect(story.work.messages[0]?.reads.map(({ by }) => by.personName)).toEqual(['Gil', 'Hal']);
    expect(story.refusals).toEqual([['not permitted', 'read']]);
  });
});
