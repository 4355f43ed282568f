/** What stands as signed, decided and certified, what a conflict settled was, and what keeping does to a case: by whom, and what is refused. */
import { describe, expect, it } from 'vitest';
import { CASE_FILE, PACKAGE, file, hash, id } from '../fold.fixture.ts';
import type { ItemId, VersionId } from '../../primitives/ids.ts';
import { isOfWork } from '../facts/event.ts';
import { sentenceOf } from './sentences.ts';
import type { Unsigned } from './work.fixture.ts';
import { Story, clerk, discloser, lawyer, manager, officer, records, sergeant, workId } from './work.fixture.ts';
import { decided, raised } from './workFacts.fixture.ts';

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
