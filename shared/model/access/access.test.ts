/**
 * Access over random histories: people join posts and leave them, posts are let into a case and taken out, people are barred,
 * days go by. What keys would have been handed out is played through apart, key by key; whoever the rules deny never gets a
 * new one, whoever may see always can, and who-can-see says the same.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AreaId, DeviceId, Hash, OrgId, PersonId, SeatId } from '../../primitives/ids.ts';
import { newId } from '../../primitives/naming.ts';
import { nodePlatform as platform } from '../../../sync-server/common/node.ts';
import type { ChainOp } from '../../seal/area/chain.ts';
import type { DirectoryState, Statement } from '../../seal/directory/directory.ts';
import { emptyDirectory } from '../../seal/directory/directory.ts';
import { draftOf, fold } from '../../seal/directory/directoryState.ts';
import type { CaseEvent, Party } from '../events.ts';
import type { Logged } from '../logged.ts';
import { denialOfPerson, denialOfSeat, foldLimits } from './limits.ts';
import { sightsOf, stands, stoodWithin } from './sights.ts';
import type { ChainStep, Stated } from './spans.ts';
import { grantingsOf, holdingsOf } from './spans.ts';

const id = <T extends string>(): T => newId<T>(platform);
const org = id<OrgId>();
const area = id<AreaId>();
const device = id<DeviceId>();
const people = [0, 1, 2, 3].map(() => id<PersonId>());
const seats = [0, 1, 2].map(() => id<SeatId>());
const manager: Party = {
  org,
  orgName: 'Fellshire Police',
  seat: seats[0] as SeatId,
  post: 'Supervisor',
  person: id<PersonId>(),
  personName: 'PS Ruth Vane',
};
const KEY = { epoch: 1, key: '0'.repeat(64) as Hash, boxes: '0'.repeat(64) as Hash, link: null };

type Step =
  | { readonly is: 'holds' | 'leaves'; readonly person: number; readonly seat: number }
  | { readonly is: 'grant' | 'remove'; readonly seat: number }
  | { readonly is: 'bar' | 'lift'; readonly person: number }
  | { readonly is: 'last day'; readonly seat: number; readonly day: number }
  | { readonly is: 'days'; readonly days: number };

const which = (n: number) => fc.integer({ min: 0, max: n - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ is: fc.constantFrom('holds' as const, 'leaves' as const), person: which(4), seat: which(3) }),
  fc.record({ is: fc.constantFrom('grant' as const, 'remove' as const), seat: which(3) }),
  fc.record({ is: fc.constantFrom('bar' as const, 'lift' as const), person: which(4) }),
  fc.record({ is: fc.constant('last day' as const), seat: which(3), day: fc.integer({ min: 0, max: 20 }) }),
  fc.record({ is: fc.constant('days' as const), days: fc.integer({ min: 1, max: 8 }) }),
);

const dayOf = (n: number): string => `2026-11-${String(n + 1).padStart(2, '0')}`;

function logged(fact: CaseEvent, n: number, roles: readonly string[] = ['supervisor']): Logged {
  const { person } = manager;
  return {
    fact,
    area,
    hash: String(n).padStart(64, '0') as Hash,
    n,
    relayTime: n,
    time: n,
    org,
    device,
    person,
    roles,
    side: null,
  };
}

/** The directory, the chain and the facts that a history leaves, as any computer would have them. */
class Told {
  readonly stated: Stated[] = [];
  readonly steps: ChainStep[] = [];
  readonly facts: Logged[] = [];
  private directory: DirectoryState = emptyDirectory(org);
  day = 0;
  time = 0;

  constructor() {
    seats.forEach((seat, i) => this.state({ is: 'post', seat, title: `Post ${i}`, unit: 'Kendal' }));
    people.forEach((person, i) => this.state({ is: 'person', person, name: `Person ${i}` }));
    this.chain({
      op: 'create',
      kind: 'working papers',
      owner: org,
      seats: [],
      key: KEY,
      policy: null,
      agreement: null,
      from: null,
    });
  }
  state(statement: Statement): void {
    const draft = draftOf(this.directory);
    fold(draft, statement, this.time);
    this.directory = { ...this.directory, ...draft.maps() };
    this.stated.push({ time: this.time, statement });
  }
  chain(op: ChainOp): void {
    this.steps.push({ at: this.time, device, op });
  }
  say(fact: CaseEvent, roles?: readonly string[]): void {
    this.facts.push(logged(fact, this.time, roles));
  }
  get current(): DirectoryState {
    return this.directory;
  }

  take(one: Step): void {
    this.time++;
    const said = { why: 'a reason', by: manager, at: this.time };
    switch (one.is) {
      case 'holds':
      case 'leaves':
        return this.state({ is: one.is, person: people[one.person] as PersonId, seat: seats[one.seat] as SeatId });
      case 'grant':
        return this.chain({ op: 'grant', seats: [{ seat: seats[one.seat] as SeatId, org, role: 'reader' }] });
      case 'remove':
        return this.chain({ op: 'remove', seats: [seats[one.seat] as SeatId] });
      case 'bar':
      case 'lift': {
        const person = people[one.person] as PersonId;
        return this.say({ is: one.is === 'bar' ? 'barred' : 'bar lifted', person, personName: '', ...said });
      }
      case 'last day': {
        const until = dayOf(one.day);
        const seat = seats[one.seat] as SeatId;
        return this.say({ is: 'access given', seat, post: '', role: 'reader', until, request: null, ...said });
      }
      case 'days':
        this.day = Math.min(27, this.day + one.days);
    }
  }

  private isKeyOlderThanRemoval(): boolean {
    const removed = this.steps.findLastIndex(({ op }) => op.op === 'remove');
    return removed > this.steps.findLastIndex(({ op }) => op.op === 'key' || op.op === 'create');
  }

  /** What the keepers do after each step: take out who is denied, and make the next key for who is left. */
  keep(): readonly SeatId[] {
    const limits = foldLimits(this.facts);
    const granted = grantingsOf(area, this.steps).filter(({ until }) => until === null);
    const denied = granted.filter((one) => denialOfSeat(limits, this.current, one.seat, dayOf(this.day), one) !== null);
    if (denied.length > 0) this.chain({ op: 'remove', seats: denied.map(({ seat }) => seat) });
    if (this.isKeyOlderThanRemoval()) this.chain({ op: 'key', key: KEY });
    return granted.filter((one) => !denied.includes(one)).map(({ seat }) => seat);
  }

  sights() {
    const limits = foldLimits(this.facts);
    return sightsOf(grantingsOf(area, this.steps), holdingsOf(org, this.stated), (one) =>
      denialOfSeat(limits, this.current, one.seat, dayOf(this.day), one),
    );
  }
}

/** The rules in other words, from the steps alone: nothing of the code under test. */
function mayOpen(steps: readonly Step[]): ReadonlySet<number> {
  const held = new Set<string>();
  const open = new Set<number>();
  const barred = new Set<number>();
  const ends = new Map<number, number>();
  let day = 0;
  for (const one of steps) {
    if (one.is === 'holds') held.add(`${one.person} ${one.seat}`);
    if (one.is === 'leaves') held.delete(`${one.person} ${one.seat}`);
    if (one.is === 'grant') open.add(one.seat);
    if (one.is === 'remove') open.delete(one.seat);
    if (one.is === 'bar') barred.add(one.person);
    if (one.is === 'lift') barred.delete(one.person);
    if (one.is === 'last day') ends.set(one.seat, one.day);
    if (one.is === 'days') day = Math.min(27, day + one.days);
    // What is denied once is out until it is let in again.
    for (const seat of [0, 1, 2]) {
      const isBarred = [...barred].some((person) => held.has(`${person} ${seat}`));
      if (isBarred || (ends.get(seat) ?? 99) < day) open.delete(seat);
    }
  }
  return new Set([0, 1, 2, 3].filter((person) => [...open].some((seat) => held.has(`${person} ${seat}`))));
}

it('nobody can open what the rules deny, everybody can open what they may, whatever happened before', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const told = new Told();
      let boxed: readonly SeatId[] = [];
      for (const one of steps) {
        told.take(one);
        boxed = told.keep();
      }
      const may = mayOpen(steps);
      const keyed = people.flatMap((person, i) =>
        boxed.some((seat) => told.current.holds.get(person)?.has(seat)) ? [i] : [],
      );
      expect(new Set(keyed)).toEqual(may);
      const seen = told.sights().filter(stands);
      expect(new Set(seen.map(({ person }) => people.indexOf(person)))).toEqual(may);
    }),
    { numRuns: 400 },
  );
});

it('says the same whichever way the facts came', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.integer(), (steps, seed) => {
      const told = new Told();
      for (const one of steps) told.take(one);
      const shuffled = [...told.facts].sort((a, b) => ((a.time * 7919 + seed) % 31) - ((b.time * 7919 + seed) % 31));
      expect(foldLimits(shuffled)).toEqual(foldLimits(told.facts));
    }),
  );
});

it('keeps the past: each span begins once, ends once, and never before it began', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const told = new Told();
      for (const one of steps) {
        told.take(one);
        told.keep();
      }
      for (const { since, until } of told.sights()) expect((until ?? Infinity) > (since ?? 0)).toBe(true);
    }),
  );
});

it('lets only a manager bar others, anybody bar themselves, and nobody lift their own bar', () => {
  const told = new Told();
  const [one, other] = people as [PersonId, PersonId];
  const bar = (person: PersonId, is: 'barred' | 'bar lifted' = 'barred'): CaseEvent => ({
    is,
    person,
    personName: '',
    why: 'a cousin of the suspect',
    by: manager,
    at: 0,
  });
  const officer = ['officer'];
  const barredBy = (facts: readonly Logged[], person: PersonId): boolean =>
    denialOfPerson(foldLimits(facts), told.current, person) !== null;
  expect(barredBy([logged(bar(one), 1, officer)], one)).toBe(false);
  expect(barredBy([logged(bar(manager.person), 1, officer)], manager.person)).toBe(true);
  expect(barredBy([logged(bar(other), 1), logged(bar(other, 'bar lifted'), 2, officer)], other)).toBe(true);
  const own = [logged(bar(manager.person), 1), logged(bar(manager.person, 'bar lifted'), 2)];
  expect(barredBy(own, manager.person)).toBe(true);
  expect(barredBy([logged(bar(other), 1), logged(bar(other, 'bar lifted'), 2)], other)).toBe(false);
});

it('denies by unit, attribute and last day, and says why', () => {
  const told = new Told();
  const [person] = people as [PersonId];
  const [seat] = seats as [SeatId];
  told.take({ is: 'holds', person: 0, seat: 0 });
  const said = { why: 'sensitive', by: manager, at: 0 };
  const limit = (units: string[], needs: string[]): Logged =>
    logged({ is: 'access limited', units, needs, ...said }, 1);
  const why = (facts: readonly Logged[], today = '2026-11-10'): string | null =>
    denialOfSeat(foldLimits(facts), told.current, seat, today)?.sentence ?? null;
  expect(why([limit(['Penrith'], [])])).toBe('This case is for Penrith, and this post is of another unit');
  expect(why([limit(['Kendal'], ['SC'])])).toBe('Person 0 lacks what this case asks for: SC');
  told.state({ is: 'attributes', person, has: ['SC'] });
  expect(why([limit(['Kendal'], ['SC'])])).toBe(null);
  const marked = (vetting: string[]) =>
    denialOfSeat(
      { ...foldLimits([]), marking: { marking: 'OFFICIAL-SENSITIVE', vetting } },
      told.current,
      seat,
      '2026-11-10',
    );
  expect(marked(['MV', 'SC'])).toBe(null);
  expect(marked(['MV'])).toEqual({
    rule: 'marking',
    sentence: 'The case is marked OFFICIAL-SENSITIVE, and Person 0 has no vetting for it: MV',
  });
  const given: CaseEvent = {
    is: 'access given',
    seat,
    post: '',
    role: 'reader',
    until: '2026-11-10',
    request: null,
    ...said,
  };
  expect(why([logged(given, 1)], '2026-11-10')).toBe(null);
  expect(why([logged(given, 1)], '2026-11-11')).toBe('Access was given until 2026-11-10');
  const stranger = denialOfSeat(foldLimits([logged(given, 1)]), told.current, seat, '2026-11-11', {
    by: id<DeviceId>(),
  });
  expect(stranger, 'a date by somebody who did not let the post in').toBe(null);
});

it('says of a past day who could see then: to the moment in which it ended, and not before it began', () => {
  const within = (since: number | null, end: number | null): boolean => stoodWithin({ since, until: end }, 100, 200);
  expect(within(50, null)).toBe(true);
  expect(within(199, null)).toBe(true);
  expect(within(200, null)).toBe(false);
  expect(within(50, 101)).toBe(true);
  expect(within(50, 100)).toBe(false);
  expect(within(null, null)).toBe(false);
});
