/**
 * Personal grants over a career: each has a last day and an owner, is put before the owner when its end is near and when the
 * person moves, and ends by itself where nobody renews it. And temporary postings and changes of name and unit, through which a
 * person stays the same.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { utf8 } from '../../../shared/primitives/bytes.ts';
import { dayNumber, dayOf } from '../../../shared/primitives/calendar.ts';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { addPerson, addPost, findPerson } from '../acts.ts';
import type { TestAuthority } from '../authority.fixture.ts';
import { makeAuthority, value } from '../authority.fixture.ts';
import { importPersonnel } from '../hr/hrImport.ts';
import { givePost, previewMove } from './byHand.ts';
import type { GivenPost, PersonFacts } from './facts.ts';
import { noFacts } from './facts.ts';
import { endOfGiven } from './givenEnd.ts';
import { lastDaysOf } from './lastDays.ts';
import { answersFor, renew } from './personal.ts';
import { reconcile, today } from './reconcile.ts';

let authority: TestAuthority;
let owner: PersonId;
let seat: SeatId;
beforeEach(async () => {
  authority = await makeAuthority();
  owner = value(await addPerson(authority, 'DI Owen Roe', ['Inspector']));
  seat = value(await addPost(authority, 'Analyst', ''));
});
afterEach(() => authority.remove());

const dayIn = (days: number): string => dayOf((dayNumber(today(authority)) ?? 0) + days) ?? '';

async function posts(person: PersonId): Promise<string[]> {
  const state = await authority.directory.state();
  return [...(state.holds.get(person) ?? [])].map((one) => state.posts.get(one)?.title ?? '').toSorted();
}
const days = async (n: number): Promise<void> => {
  authority.pass(n * DAY);
  await reconcile(authority, 'the day');
};

/** What personnel says, as a file; one person beside others, so that nobody has to force it. */
async function personnel(...rows: string[]): Promise<PersonId> {
  const head = 'staff number,name,unit,post,start,end,post start,post end';
  const file = [head, 'E9,PC Ada Fell,Kendal,Officer,2020-01-06,,,', ...rows].join('\n');
  value(await importPersonnel(authority, utf8(file), { dryRun: false, force: true }));
  return authority.people.byStaffNumber('E1')?.id as PersonId;
}
const PRIYA = 'E1,DC Priya Nair,Kendal,Officer,2020-01-06,,,';

async function lastDays(person: PersonId): Promise<(readonly [string, string])[]> {
  const state = await authority.directory.state();
  const facts = authority.people.person(person)?.facts ?? noFacts;
  const { people } = authority;
  const rows = lastDaysOf(state, person, facts, today(authority), people.groups(), people.baselines());
  return rows.map(({ seat: one, until }) => [state.posts.get(one)?.unit ?? '', until] as const);
}

it('has an owner, who is somebody else, and a last day', async () => {
  const person = await personnel(PRIYA);
  const span = { from: null, until: dayIn(90) };
  expect(await givePost(authority, person, seat, { from: null, until: null }, owner)).toMatchObject({ ok: false });
  expect(await givePost(authority, person, seat, span, person)).toEqual({ ok: false, cause: 'personal grant' });
  value(await givePost(authority, person, seat, span, owner));
  expect(await posts(person)).toEqual(['Analyst', 'Officer']);
  expect(answersFor(authority, owner, false)).toMatchObject([{ person, seat, until: dayIn(90), asks: null }]);
  expect(answersFor(authority, person, true), 'nobody answers for their own').toEqual([]);
});

it('is put before its owner before it ends, goes on where they say so, and else ends by itself', async () => {
  const person = await personnel(PRIYA);
  value(await givePost(authority, person, seat, { from: null, until: dayIn(60) }, owner));
  await days(40);
  expect(answersFor(authority, owner, false)).toMatchObject([{ asks: 'ends' }]);
  const of = { person, seat };
  expect(await renew(authority, person, false, of, dayIn(90))).toEqual({ ok: false, cause: 'not yours' });
  expect(await renew(authority, owner, false, of, dayIn(400))).toEqual({ ok: false, cause: 'malformed' });
  value(await renew(authority, owner, false, of, dayIn(90)));
  expect(answersFor(authority, owner, false)).toMatchObject([{ asks: null, until: dayIn(90) }]);
  await days(91);
  expect(await posts(person)).toEqual(['Officer']);
  expect(answersFor(authority, owner, false)).toEqual([]);
});

it('after a move it is to be renewed, and else ends four weeks later; the preview counts it', async () => {
  const person = await personnel(PRIYA);
  value(await givePost(authority, person, seat, { from: null, until: dayIn(200) }, owner));
  await days(1);
  const preview = value(await previewMove(authority, person, { title: 'Sergeant', unit: 'Penrith' }));
  expect(preview).toMatchObject({ loses: ['Officer, Kendal'], gains: ['Sergeant, Penrith'], renew: ['Analyst'] });
  await personnel('E1,DC Priya Nair,Penrith,Sergeant,2020-01-06,,,');
  expect(await posts(person)).toEqual(['Analyst', 'Sergeant']);
  expect(answersFor(authority, owner, false)).toMatchObject([{ asks: 'moved', until: dayIn(28) }]);
  await days(28);
  expect(await posts(person)).toEqual(['Analyst', 'Sergeant']);
  await days(1);
  expect(await posts(person)).toEqual(['Sergeant']);
});

it('given or renewed on the day of the move, before it, it is to be renewed all the same; after it, it goes on', async () => {
  const person = await personnel(PRIYA);
  value(await givePost(authority, person, seat, { from: null, until: dayIn(200) }, owner));
  await personnel('E1,DC Priya Nair,Penrith,Sergeant,2020-01-06,,,');
  expect(answersFor(authority, owner, false)).toMatchObject([{ asks: 'moved', until: dayIn(28) }]);
  value(await renew(authority, owner, false, { person, seat }, dayIn(100)));
  expect(answersFor(authority, owner, false)).toMatchObject([{ asks: null, until: dayIn(100) }]);
  await personnel('E1,DC Priya Nair,Penrith,Sergeant,2020-01-06,,,');
  expect(answersFor(authority, owner, false), 'the same file again is no move').toMatchObject([{ asks: null }]);
});

it('renewed after the move, it goes on; and one whose owner has left is an administrator’s to answer for', async () => {
  const person = await personnel(PRIYA, 'E2,DI Lee Marsh,Kendal,Inspector,2020-01-06,,,');
  const lee = authority.people.byStaffNumber('E2')?.id as PersonId;
  value(await givePost(authority, person, seat, { from: null, until: dayIn(200) }, lee));
  await days(1);
  await personnel('E1,DC Priya Nair,Penrith,Sergeant,2020-01-06,,,', 'E2,DI Lee Marsh,Kendal,Inspector,2020-01-06,,,');
  value(await renew(authority, lee, false, { person, seat }, dayIn(100)));
  await days(40);
  expect(await posts(person)).toEqual(['Analyst', 'Sergeant']);
  await personnel('E1,DC Priya Nair,Penrith,Sergeant,2020-01-06,,,');
  expect(answersFor(authority, owner, false)).toEqual([]);
  expect(answersFor(authority, owner, true)).toMatchObject([{ person, seat, owner: lee }]);
  value(await renew(authority, owner, true, { person, seat }, null));
  expect(await posts(person)).toEqual(['Sergeant']);
});

it('a temporary posting begins and ends on its days, and through it, another unit and another name a person stays the same', async () => {
  const person = await personnel(PRIYA);
  const lent = `E1,DC Priya Nair,Penrith,Officer,2020-01-06,,${dayIn(2)},${dayIn(5)}`;
  expect(await personnel(PRIYA, lent)).toBe(person);
  const units = async (): Promise<string[]> => {
    const state = await authority.directory.state();
    return [...(state.holds.get(person) ?? [])].map((one) => state.posts.get(one)?.unit ?? '').toSorted();
  };
  expect(await units()).toEqual(['Kendal']);
  await days(3);
  expect(await units()).toEqual(['Kendal', 'Penrith']);
  const ends = await lastDays(person);
  expect(ends, 'who holds it for a time is told until when').toEqual([['Penrith', dayIn(2)]]);
  await days(3);
  expect(await units()).toEqual(['Kendal']);
  expect(await personnel('E1,DC Priya Marsh,Penrith,Officer,2020-01-06,,,')).toBe(person);
  expect(await units()).toEqual(['Penrith']);
  const state = await authority.directory.state();
  expect(state.people.get(person)?.name).toBe('DC Priya Marsh');
  expect(findPerson(state, 'DC Priya Nair')).toEqual({ ok: false, cause: 'unknown person' });
  expect(
    authority.people.record(person).map(({ what, about }) => [what, about]),
    'each names the posts',
  ).toEqual([
    ['joined', 'as Officer, Kendal'],
    ['moved', 'gained Officer, Penrith'],
    ['moved', 'lost Officer, Penrith'],
    ['renamed', 'from DC Priya Nair to DC Priya Marsh'],
    ['moved', 'from Officer, Kendal to Officer, Penrith'],
  ]);
});

it('says who manages whom, as personnel names them, and no longer than that', async () => {
  const file = (manager: string): Uint8Array =>
    utf8(
      `staff number,name,unit,post,start,end,manager\nE1,DC Priya Nair,Kendal,Officer,2020-01-06,,${manager}\nE9,PS Ruth Vane,Kendal,Sergeant,2020-01-06,,`,
    );
  const managed = async (manager: string): Promise<PersonId | undefined> => {
    value(await importPersonnel(authority, file(manager), { dryRun: false, force: true }));
    const id = authority.people.byStaffNumber('E1')?.id as PersonId;
    return (await authority.directory.state()).managers.get(id);
  };
  const first = await managed('E9');
  expect(first).toBe(authority.people.byStaffNumber('E9')?.id);
  const { n } = await authority.directory.state();
  expect([await managed('E9'), (await authority.directory.state()).n]).toEqual([first, n]);
  expect(await managed('E1'), 'nobody manages themselves').toBe(undefined);
  expect(await managed('E77')).toBe(undefined);
});

it('over random careers a personal grant stands for as long as the rules say, in other words', () => {
  const BEGIN = dayNumber('2026-01-01') ?? 0;
  const at = (n: number): string => dayOf(BEGIN + n) ?? '';
  const events = fc.array(
    fc.record({
      is: fc.constantFrom('move' as const, 'renew' as const),
      after: fc.integer({ min: 0, max: 30 }),
      for: fc.integer({ min: 0, max: 120 }),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(events, fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 400 }), (all, first, look) => {
      let given: GivenPost = { seat, from: null, until: at(first), owner, renewed: at(0) };
      let facts: PersonFacts = { ...noFacts, given: [given] };
      // In other words: the day after which nobody is in by it, and the day from which a move has shortened it.
      let [now, end, gone] = [0, first, false];
      for (const one of all) {
        now += one.after;
        if (now > look) break;
        if (end < now) gone = true;
        if (gone) break;
        if (one.is === 'move') {
          facts = { ...facts, moved: at(now) };
          if (given.renewed !== at(now)) end = Math.min(Number(dayNumber(given.until ?? '')) - BEGIN, now + 28);
        } else {
          end = now + one.for;
          given = { ...given, until: at(end), renewed: at(now) };
        }
      }
      const until = endOfGiven(given, facts, at(look)) ?? '';
      expect(until < at(look)).toBe(gone || end < look);
    }),
    { numRuns: 1000 },
  );
});
