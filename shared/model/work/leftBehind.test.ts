import { expect, it } from 'vitest';
import type { PackageId } from '../../primitives/ids.ts';
import { id } from '../fold.fixture.ts';
import { leftBehind } from './leftBehind.ts';
import type { Actor } from './work.fixture.ts';
import { ABOUT, Story, colleague, inspector, lawyer, manager, sergeant, workId } from './work.fixture.ts';

const PKG = id<PackageId>('p1');
const of = (story: Story, ...gone: readonly Actor[]): readonly (readonly [string, string, string | null])[] =>
  leftBehind(story.work, gone[0]!.party.org, new Set(gone.map(({ party }) => party.person))).map(
    ({ thing, from, taken }) => [thing.is, from.personName, taken?.to.personName ?? null],
  );
const name = ({ party }: Actor): string => party.personName;

it('names the case of who left, until somebody has it, and then who', () => {
  const story = new Story();
  story.does(sergeant, { is: 'handed over', to: colleague.party, reason: 'Leave', absent: true });
  expect(of(story, inspector)).toEqual([]);
  expect(of(story, colleague)).toEqual([['case', name(colleague), null]]);
  story.does(sergeant, { is: 'handed over', to: inspector.party, reason: 'Has left', absent: true });
  expect(of(story, colleague)).toEqual([['case', name(colleague), name(inspector)]]);
  expect(of(story, colleague, inspector), 'who took it has left too').toEqual([['case', name(inspector), null]]);
});

it('names what was given to them by name, each by itself', () => {
  const story = new Story();
  const allocates = (to: Actor): unknown =>
    story.does(manager, { is: 'allocated', package: PKG, role: 'prosecutor', to: to.party, note: '' });
  allocates(lawyer);
  expect(of(story, lawyer)).toEqual([['role', name(lawyer), null]]);
  allocates(manager);
  expect(of(story, lawyer)).toEqual([['role', name(lawyer), name(manager)]]);
  allocates(lawyer);
  expect(of(story, lawyer)).toEqual([
    ['role', name(lawyer), name(manager)],
    ['role', name(lawyer), null],
  ]);
});

it('names a review that waits for them, and none that was given or withdrawn', () => {
  const story = new Story();
  const ask = (word: string): unknown =>
    story.does(colleague, {
      is: 'review asked',
      id: workId(word),
      stage: 'charging',
      to: sergeant.party,
      note: '',
      about: ABOUT,
    });
  ask('r1');
  expect(of(story, sergeant)).toEqual([['review', name(sergeant), null]]);
  story.does(inspector, {
    is: 'review given',
    review: workId('r1'),
    outcome: 'signed off',
    note: '',
    comments: [],
    about: ABOUT,
  });
  expect(of(story, sergeant)).toEqual([]);
});

it('leaves nothing to take over in a case that is closed', () => {
  const story = new Story();
  story.does(sergeant, { is: 'handed over', to: colleague.party, reason: 'Leave', absent: true });
  story.does(sergeant, { is: 'closed', outcome: 'done', retention: null, reason: '' });
  expect(of(story, colleague)).toEqual([]);
});
