/** Requests for access: whose answer counts, which of several, until when; the same whichever way the facts came. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AreaId, DeviceId, Hash, OrgId, PersonId, SeatId, WorkId } from '../../primitives/ids.ts';
import { DAY } from '../../primitives/units.ts';
import type { Clock } from '../../status/facts.ts';
import { requestWord } from '../../status/request.ts';
import type { CaseEvent, Party } from '../events.ts';
import type { Logged } from '../logged.ts';
import { ASK_LIVES, REMIND_AFTER, foldRequests, isExpired } from './requests.ts';

const hex = <T extends string>(n: number): T => n.toString(16).padStart(32, '0') as T;
const org = hex<OrgId>(1);
const [asked, askers] = [hex<SeatId>(10), hex<SeatId>(11)];
const party = (person: number, seat: SeatId): Party => ({
  org,
  orgName: 'Fellshire Police',
  seat,
  post: 'a post',
  person: hex<PersonId>(person),
  personName: `Person ${person}`,
});
const ask: CaseEvent = {
  is: 'access asked',
  id: hex<WorkId>(99),
  wanted: '01AB1234526',
  role: 'reader',
  until: '2026-12-24',
  why: 'a linked enquiry',
  to: { seat: asked, post: 'Supervisor' },
  by: party(1, askers),
  at: 0,
};
function logged(fact: CaseEvent, n: number, at: number, seats: readonly SeatId[], person = 1): Logged {
  return {
    fact,
    area: hex<AreaId>(7),
    hash: n.toString(16).padStart(64, '0') as Hash,
    n,
    relayTime: at,
    time: at,
    org,
    device: hex<DeviceId>(5),
    person: hex<PersonId>(person),
    roles: [],
    side: null,
    seats,
  };
}
interface Answering {
  readonly decision: 'endorsed' | 'approved' | 'declined' | 'taken back';
  readonly person: number;
  readonly seats: readonly SeatId[];
}
const answer = (
  n: number,
  at: number,
  { decision = 'approved', person = 2, seats = [asked] }: Partial<Answering> = {},
): Logged => {
  const by = party(person, asked);
  const fact: CaseEvent = {
    is: 'access decided',
    request: hex<WorkId>(99),
    decision,
    case: null,
    until: null,
    why: '',
    by,
    at,
  };
  return logged(fact, n, at, seats, person);
};
const first = logged(ask, 1, 0, [askers]);
const outcome = (...more: Logged[]): string | null =>
  foldRequests([first, ...more]).get(hex<WorkId>(99))?.answer?.decision ?? null;

it('counts the answer of a holder of the post that was asked, and of nobody else', () => {
  expect(outcome()).toBe(null);
  expect(outcome(answer(2, 10))).toBe('approved');
  expect(outcome(answer(2, 10, { seats: [askers] }))).toBe(null);
  expect(outcome(answer(2, 10, { seats: [] }))).toBe(null);
});

it('never counts one’s own: who asked may only take it back, whatever posts they hold', () => {
  expect(outcome(answer(2, 10, { person: 1 }))).toBe(null);
  expect(outcome(answer(2, 10, { person: 1, decision: 'declined' }))).toBe(null);
  expect(outcome(answer(2, 10, { person: 1, decision: 'taken back' }))).toBe('taken back');
  expect(outcome(answer(2, 10, { person: 2, decision: 'taken back' }))).toBe(null);
});

it('the first answer stands, and none comes after it expired', () => {
  expect(outcome(answer(2, 10, { decision: 'declined' }), answer(3, 20))).toBe('declined');
  expect(outcome(answer(2, ASK_LIVES))).toBe('approved');
  expect(outcome(answer(2, ASK_LIVES + 1))).toBe(null);
});

it('says the same in whatever order and however often the facts come', () => {
  const all = [
    first,
    { ...first, hash: 'f'.repeat(64) as Hash },
    answer(2, 10, { person: 1 }),
    answer(3, 20, { decision: 'declined' }),
    answer(4, 30),
  ];
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), fc.subarray(all), (one, more) => {
      expect(foldRequests([...one, ...more])).toEqual(foldRequests(all));
    }),
  );
});

it('says where it stands, reminds, and expires', () => {
  const clock = (now: number): Clock => ({ now, offset: () => 0 });
  const word = (now: number, ...more: Logged[]): string => {
    const request = foldRequests([first, ...more]).get(hex<WorkId>(99));
    return request ? requestWord(request, clock(now)).text : '';
  };
  expect(word(DAY)).toBe('Waits for Supervisor');
  expect(word(REMIND_AFTER + 1)).toBe('Reminder: waits for Supervisor');
  expect(word(ASK_LIVES + 1)).toBe('Expired: nobody answered');
  expect(word(DAY, answer(2, 10))).toBe('Approved by Person 2');
  expect(word(DAY, answer(2, 10, { decision: 'declined' }))).toBe('Declined by Person 2');
  const request = foldRequests([first]).get(hex<WorkId>(99));
  expect(request && isExpired(request, ASK_LIVES)).toBe(false);
});

it('where the line manager comes first, a lead’s approval counts after theirs alone, and nobody stands in for them', () => {
  const managed = logged({ ...ask, manager: { seat: hex(12), post: 'DI Roe', person: hex(5) } }, 1, 0, [askers]);
  const decided = (...answers: readonly Logged[]): string | undefined =>
    foldRequests([managed, ...answers]).get(hex(99))?.answer?.decision;
  const endorse = (n: number, person: number, seats: readonly SeatId[] = [hex(12)]): Logged =>
    answer(n, n, { decision: 'endorsed', person, seats });
  expect(decided(answer(2, 2))).toBe(undefined);
  expect(decided(endorse(2, 5), answer(3, 3))).toBe('approved');
  expect(decided(answer(2, 2), endorse(3, 5))).toBe(undefined);
  for (const person of [1, 2, 4]) expect(decided(endorse(2, person), answer(3, 3)), 'another’s word').toBe(undefined);
  expect(decided(answer(2, 2, { decision: 'declined', person: 5, seats: [hex(12)] }))).toBe('declined');
  // Where nobody is named, a holder of the post that manages.
  const post = logged({ ...ask, manager: { seat: hex(12), post: 'Supervisor', person: null } }, 1, 0, [askers]);
  const by = (roles: readonly string[]) =>
    foldRequests([post, { ...endorse(2, 8), roles }, answer(3, 3)]).get(hex(99))?.answer?.decision;
  expect([by(['supervisor']), by(['officer'])]).toEqual(['approved', undefined]);
});
