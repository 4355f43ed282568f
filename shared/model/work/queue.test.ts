/** What waits for whom: a review until it is given, what was sent back until it is asked for again, an allocation until it is decided. */
import { describe, expect, it } from 'vitest';
import type { PackageId } from '../../primitives/ids.ts';
import { INTAKE, ann, content, cy, di, id, log, meOf } from '../fold.fixture.ts';
import { foldPackages } from '../foldPackage.ts';
import { fellshireAgreement } from './agreement/fellshire.fixture.ts';
import { allocationOf, queueOf } from './queue.ts';
import type { Actor } from './work.fixture.ts';
import { ABOUT, Story, colleague, inspector, lawyer, manager, officer, sergeant, workId } from './work.fixture.ts';

const R1 = workId('r1');
const PKG = id<PackageId>('p1');
const asks = (story: Story, to: Actor | null = null, review = R1): unknown =>
  story.does(officer, {
    is: 'review asked',
    id: review,
    stage: 'charging',
    to: to?.party ?? null,
    note: '',
    about: ABOUT,
  });
const gives = (story: Story, outcome: 'signed off' | 'sent back'): unknown =>
  story.does(sergeant, { is: 'review given', review: R1, outcome, note: '', comments: [], about: ABOUT });
const NOTHING = { maySignOff: false, mayAllocate: false, mayAgree: false, lastDid: null, lastSaw: null };
const of = (story: Story, who: Actor, maySignOff = true): readonly (readonly [string, boolean])[] =>
  queueOf(story.work, [], who.party, { ...NOTHING, maySignOff }).map(({ is, mine }) => [is, mine]);

describe('the queue', () => {
  it('holds a review for every supervisor, as theirs where nobody is named', () => {
    const story = new Story();
    asks(story);
    expect(of(story, sergeant)).toEqual([['review', true]]);
    expect(of(story, officer)).toEqual([]); // nobody reviews what they asked for
    expect(of(story, colleague, false)).toEqual([]);
    expect(of(story, lawyer)).toEqual([]); // another organisation's
  });

  it('says that a review is for another, where one is named', () => {
    const story = new Story();
    asks(story, inspector);
    expect(of(story, inspector)).toEqual([['review', true]]);
    expect(of(story, sergeant)).toEqual([['review', false]]);
  });

  it('gives what was sent back to who asked, until it is asked for again', () => {
    const story = new Story();
    asks(story);
    gives(story, 'sent back');
    expect(of(story, sergeant)).toEqual([]);
    expect(of(story, officer)).toEqual([['sent back', true]]);
    asks(story, null, workId('r2'));
    expect(of(story, officer)).toEqual([]);
  });

  it('is empty once it is signed off, or the case is closed', () => {
    const signed = new Story();
    asks(signed);
    gives(signed, 'signed off');
    expect([of(signed, sergeant), of(signed, officer)]).toEqual([[], []]);
    const closed = new Story();
    asks(closed);
    closed.does(sergeant, { is: 'closed', outcome: 'done', retention: null, reason: '' });
    expect(of(closed, inspector)).toEqual([]);
  });

  it('tells who was handed a case that it is theirs, until they do something in it or have it open', () => {
    const story = new Story();
    story.does(sergeant, { is: 'handed over', to: colleague.party, reason: 'Leave', absent: true });
    const at = story.work.handovers[0]?.at ?? 0;
    const kinds = (who: Actor, lastDid: number | null, lastSaw: number | null = null) =>
      queueOf(story.work, [], who.party, { ...NOTHING, lastDid, lastSaw }).map(({ is }) => is);
    expect(story.work.handovers).toHaveLength(1);
    expect([kinds(colleague, null), kinds(colleague, at), kinds(colleague, at + 1)]).toEqual([
      ['handed over'],
      ['handed over'],
      [],
    ]);
    expect([kinds(colleague, null, at), kinds(colleague, null, at + 1)]).toEqual([['handed over'], []]);
    expect([kinds(sergeant, null), kinds(officer, null)]).toEqual([[], []]);
  });

  it('holds an agreement that the other side offered for who may answer it, and gives back what was declined', () => {
    const story = new Story();
    const offers = (word: string): unknown =>
      story.does(sergeant, {
        is: 'agreement offered',
        id: workId(word),
        agreement: fellshireAgreement(),
        permissions: null,
      });
    const kinds = (who: Actor, mayAgree = true) =>
      queueOf(story.work, [], who.party, { ...NOTHING, mayAgree }).map(({ is }) => is);
    offers('v1');
    expect([kinds(manager), kinds(lawyer, false), kinds(inspector)]).toEqual([['agreement offered'], [], []]);
    story.does(sergeant, { is: 'agreement withdrawn', agreement: workId('v1'), reason: 'A mistake' });
    expect(kinds(manager)).toEqual([]);
    offers('v2');
    story.does(manager, { is: 'agreement declined', agreement: workId('v2'), reason: 'Not the retention' });
    expect([kinds(manager), kinds(sergeant), kinds(inspector)]).toEqual([[], ['agreement declined'], []]);
    offers('v3');
    expect([kinds(manager), kinds(sergeant)]).toEqual([['agreement offered'], []]);
    story.does(manager, { is: 'agreement accepted', agreement: workId('v3') });
    expect([kinds(manager), kinds(sergeant)]).toEqual([[], []]);
  });

  it('holds a package for the one it is allocated to last, until it is decided', () => {
    const story = new Story();
    const allocates = (to: Actor): unknown =>
      story.does(manager, { is: 'allocated', package: PKG, role: 'prosecutor', to: to.party, note: '' });
    const sent = log(ann, INTAKE, content({ package: PKG }));
    const decided = log(di, INTAKE, { is: 'accepted', package: PKG, by: di.party, at: 9 });
    const waiting = [...foldPackages([sent], meOf(cy)).values()];
    const over = [...foldPackages([sent, decided], meOf(cy)).values()];
    const names = (who: Actor, packages = waiting) =>
      queueOf(story.work, packages, who.party, { ...NOTHING, mayAllocate: who === manager }).map(({ is }) => is);
    expect([names(lawyer), names(manager)]).toEqual([[], ['unallocated']]);
    allocates(manager);
    allocates(lawyer);
    expect([names(lawyer), names(manager)]).toEqual([['allocated'], []]);
    expect(names(lawyer, over)).toEqual([]);
    expect(allocationOf(story.work, PKG)?.to.personName).toBe('Gil');
    expect(allocationOf(story.work, id<PackageId>('p2'))).toBeNull();
  });
});
