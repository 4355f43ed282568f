/** The fold of the work, group by group: what counts, what it makes of the case, what is refused and why. */
import { describe, expect, it } from 'vitest';
import { CASE_FILE, PACKAGE, PAPERS, file, hash, id } from '../fold.fixture.ts';
import type { ItemId, VersionId } from '../../primitives/ids.ts';
import { isOfWork } from '../facts/event.ts';
import { foldWork } from './foldWork.ts';
import { sentenceOf } from './sentences.ts';
import type { Unsigned } from './work.fixture.ts';
import {
  ABOUT,
  Story,
  clerk,
  colleague,
  discloser,
  inspector,
  lawyer,
  manager,
  officer,
  records,
  sergeant,
  workId,
} from './work.fixture.ts';

const raised = (word: string, due: string | null = '2026-12-03'): Unsigned => ({
  is: 'action raised',
  id: workId(word),
  text: `Action ${word}`,
  paths: ['exhibits/1'],
  items: [],
  rule: 'exhibits missing',
  package: null,
  due,
});
const answered = (word: string, outcome: 'accepted' | 'disputed' | 'answered' | 'already sent'): Unsigned => ({
  is: 'action answered',
  action: workId(word),
  outcome,
  reason: 'because',
  items: [],
  sent: [],
});
const asked = (word: string): Unsigned => ({
  is: 'review asked',
  id: workId(word),
  stage: 'charging',
  to: null,
  note: '',
  about: ABOUT,
});
const given = (word: string, outcome: 'signed off' | 'sent back'): Unsigned => ({
  is: 'review given',
  review: workId(word),
  outcome,
  note: 'noted',
  comments: [{ path: 'statements/1', text: 'unsigned' }],
  about: ABOUT,
});
const decided = (word: string, supersedes: string | null, route: 'prosecutor' | 'police' = 'prosecutor'): Unsigned => ({
  is: 'decided',
  id: workId(word),
  supersedes: supersedes === null ? null : workId(supersedes),
  outcome: 'charge',
  route,
  test: 'full code',
  offences: [],
  reasons: 'enough',
});
const signed = (
  word: string,
  name: string,
  supersedes: string | null = null,
  sha256 = hash(`sha ${name}`),
): Unsigned => ({
  is: 'signed',
  id: workId(word),
  supersedes: supersedes === null ? null : workId(supersedes),
  path: 'statements/1',
  item: id<ItemId>('statement'),
  version: id<VersionId>(name),
  sha256,
  signatory: 'A. Witness',
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

describe('what stands as signed', () => {
  it('is superseded only by one that names it; both stay', () => {
    const story = new Story();
    story.does(lawyer, decided('d1', null));
    story.does(lawyer, decided('d2', null));
    story.does(lawyer, decided('d3', 'd1'));
    story.does(manager, decided('d4', 'd1'));
    expect(story.refusals).toEqual([
      ['already done', 'decided'],
      ['already done', 'decided'],
    ]);
    expect(story.work.decisions.map(({ id: one, supersededBy }) => [one, supersededBy])).toEqual([
      [workId('d1'), workId('d3')],
      [workId('d3'), null],
    ]);
  });

  it('is decided by who may: no officer decides a charge; police only while it is charged', () => {
    const story = new Story();
    story.does(officer, decided('d', null));
    story.does(clerk, decided('d', null));
    story.does(lawyer, { is: 'staged', stage: 'ngap', reason: '' });
    story.does(sergeant, decided('d', null, 'police'));
    expect(story.refusals).toEqual([
      ['not permitted', 'decided'],
      ['not permitted', 'decided'],
      ['not at this stage', 'decided by police'],
    ]);
  });

  it('is certified by the disclosure officer, a schedule at a time', () => {
    const certified = (word: string, schedule: 'MG6C' | 'MG6E', supersedes: string | null): Unsigned => ({
      is: 'certified',
      id: workId(word),
      supersedes: supersedes === null ? null : workId(supersedes),
      schedule,
      covers: { sha256: hash('schedule'), lines: 4 },
      words: 'I have inspected',
    });
    const story = new Story();
    story.does(officer, certified('c', 'MG6C', null));
    story.does(discloser, certified('c1', 'MG6C', null));
    story.does(discloser, certified('c2', 'MG6E', null));
    story.does(discloser, certified('c3', 'MG6C', 'c1'));
    const row = { id: 'm', on: 'MG6C', number: 1, description: 'A diary', location: '', test: 'Does not' } as const;
    story.does(discloser, { ...certified('c4', 'MG6C', 'c3'), rows: [row] } as Unsigned); // covers four
    expect(story.refusals).toEqual([
      ['not permitted', 'certified'],
      ['another content', 'certified'],
    ]);
    expect(story.work.certificates.map(({ schedule, supersededBy }) => [schedule, supersededBy !== null])).toEqual([
      ['MG6C', true],
      ['MG6E', false],
      ['MG6C', false],
    ]);
  });

  it('refuses a statement altered after it was signed, and flags a newer version that nobody signed', () => {
    const story = new Story();
    story.does(officer, signed('s1', 'v1'));
    const altered = { ...file('v1', 'statement'), content: { ...file('v1').content, sha256: hash('other') } };
    story.write(officer, CASE_FILE, { is: 'entered', package: PACKAGE, file: altered, by: officer.party, at: 5 });
    story.does(officer, signed('s2', 'v1', 's1', hash('other')));
    expect(story.refusals).toEqual([
      ['altered after it was signed', null],
      ['altered after it was signed', 'signed'],
    ]);
    const newer = file('v2', 'statement');
    story.write(officer, CASE_FILE, { is: 'entered', package: PACKAGE, file: newer, by: officer.party, at: 6 });
    expect(story.work.signatures[0]?.altered).toMatchObject({ version: newer.content.version });
    story.does(officer, signed('s3', 'v2', 's1'));
    expect(story.work.signatures.at(-1)).toMatchObject({ altered: null, supersededBy: null });
  });
});

describe('a conflict settled', () => {
  const kept = { path: 'case/urn', values: ['01AB1234526', '01AB9999926'], chosen: '01AB1234526' };
  const dropped = [{ value: '01AB9999926', by: 'Bo', at: 5 }];

  it('says who chose, what was kept and what was not, and whose that was', () => {
    const story = new Story();
    story.does(officer, { is: 'conflict settled', ...kept, dropped });
    story.does(clerk, { is: 'conflict settled', ...kept });
    expect(story.work.settled).toMatchObject([{ by: { personName: 'Ann' }, ...kept, dropped }]);
    expect(story.refusals).toEqual([['not permitted', 'conflict settled']]);
    const names = { item: () => '', action: () => '' };
    expect(story.facts.map(({ fact }) => (isOfWork(fact) ? sentenceOf(fact, names) : null))).toContain(
      'Ann settled a conflict, URN: kept “01AB1234526”, not “01AB9999926” of Bo',
    );
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

describe('keeping', () => {
  const closed: Unsigned = { is: 'closed', outcome: 'acquitted', retention: null, reason: 'over' };
  const disposal: Unsigned = { is: 'disposal asked', id: workId('x'), reason: 'time has come' };

  it('takes two people, an end of the case, and no hold', () => {
    const story = new Story();
    story.does(records, disposal);
    story.does(sergeant, closed);
    story.does(sergeant, { is: 'held', id: workId('h'), reason: 'appeal', until: null });
    story.does(records, disposal);
    story.does(sergeant, { is: 'hold lifted', hold: workId('h'), reason: 'dismissed' });
    story.does(records, disposal);
    story.does(officer, { is: 'destroyed', disposal: workId('x'), deviceName: 'laptop' });
    story.does(records, { is: 'disposal agreed', disposal: workId('x') });
    story.does(sergeant, { is: 'disposal agreed', disposal: workId('x') });
    story.does(officer, { is: 'destroyed', disposal: workId('x'), deviceName: 'laptop' });
    story.does(officer, { is: 'destroyed', disposal: workId('x'), deviceName: 'laptop' });
    expect(story.refusals).toEqual([
      ['case open', 'disposal asked'],
      ['held', 'disposal asked'],
      ['not theirs to say', 'destroyed'],
      ['own work', 'disposal agreed'],
      ['already done', 'destroyed'],
    ]);
    expect(story.work.disposals[0]).toMatchObject({ agreed: { by: { personName: 'Cal' } }, refused: null });
    expect(story.work.disposals[0]?.destroyed.map(({ device }) => device)).toEqual([officer.device]);
  });

  it('lets nothing be done to a closed case but what is for it, until it is reopened', () => {
    const story = new Story();
    story.does(sergeant, closed);
    story.does(lawyer, raised('a'));
    story.does(lawyer, { is: 'reopened', reason: 'new evidence' });
    story.does(lawyer, raised('b'));
    expect(story.refusals).toEqual([['case closed', 'action raised']]);
    expect(story.work.closed).toBeNull();
    expect(story.work.closings.map(({ is }) => is)).toEqual(['closed', 'reopened']);
  });
});

describe('areas', () => {
  it('join what was written into both, and keep apart what was not', () => {
    const story = new Story();
    const over: Unsigned = { is: 'handed over', to: colleague.party, reason: 'shift', absent: false };
    const logged = story.does(officer, over, PAPERS);
    story.write(officer, CASE_FILE, logged.fact);
    story.does(colleague, asked('r'), PAPERS);
    story.does(lawyer, raised('a'));
    const { handovers, holder, reviews, actions } = story.work;
    expect([handovers.length, holder?.personName, reviews.length, actions.length]).toEqual([1, 'Bo', 1, 1]);
  });

  it('are judged each by itself: who reads one alone reaches the same verdicts there', () => {
    const story = new Story();
    story.does(officer, { is: 'staged', stage: 'trial', reason: '' }, PAPERS);
    story.does(sergeant, decided('d', null, 'police'));
    story.does(sergeant, decided('e', null, 'police'), PAPERS);
    const shared = foldWork(story.facts.filter(({ area }) => area === CASE_FILE));
    expect(shared.decisions).toEqual(story.work.decisions);
    expect(story.refusals).toEqual([['not at this stage', 'decided by police']]);
  });

  it('let no organisation work on both sides', () => {
    const double = { ...officer, roles: ['officer', 'prosecutor'] };
    const story = new Story();
    story.does(double, decided('d', null));
    expect(story.refusals).toEqual([['not permitted', 'decided']]);
    const other = new Story();
    other.does(lawyer, decided('e', null));
    expect(foldWork(other.facts).decisions).toHaveLength(1);
    expect(foldWork(other.facts.map((fact) => ({ ...fact, side: 'police' }))).decisions).toEqual([]);
  });
});
