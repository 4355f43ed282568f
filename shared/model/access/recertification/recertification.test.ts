/**
 * Recertification over random histories: posts let in and taken out, answers by whoever, passed on and taken back, in any
 * order. What is due is what the rules say in other words; nobody's answer counts that is not theirs; a lead always stays; and
 * everybody who holds the same facts comes to the same list.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nodePlatform as platform } from '../../../../sync-server/common/node.ts';
import type { AreaId, CaseId, DeviceId, Hash, OrgId, PersonId, SeatId, WorkId } from '../../../primitives/ids.ts';
import { newId } from '../../../primitives/naming.ts';
import { DAY } from '../../../primitives/units.ts';
import { dayNumber } from '../../../primitives/calendar.ts';
import type { Role } from '../../../seal/area/chain.ts';
import type { Party } from '../../events.ts';
import type { RecertifyAnswer } from '../../facts/recertifying.ts';
import type { FactOf, Logged } from '../../logged.ts';
import type { Granting } from '../spans.ts';
import { dueOf, linesOf } from './lines.ts';
import { progressOf, reportCsv, toldOf } from './report.ts';
import type { Campaign, Round } from './rounds.ts';
import { asksAbout, foldCampaigns, roundsOf } from './rounds.ts';

const id = <T extends string>(): T => newId<T>(platform);
const org = id<OrgId>();
const area = id<AreaId>();
const device = id<DeviceId>();
/** Each of four people holds the post of the same number: two leads, a manager who writes, a colleague who writes, a reader. */
const people = [0, 1, 2, 3, 4].map(() => id<PersonId>());
const seats = people.map(() => id<SeatId>());
const SEAT_ROLES: readonly Role[] = ['lead', 'lead', 'contributor', 'contributor', 'reader'];
const WORK_ROLES = [['officer'], ['officer'], ['supervisor'], ['officer'], ['supervisor']];

const FROM = '2026-11-02';
const begin = (dayNumber(FROM) ?? 0) * DAY;
const party = (n: number): Party => ({
  org,
  orgName: 'Fellshire Police',
  seat: seats[n] as SeatId,
  post: `Post ${n}`,
  person: people[n] as PersonId,
  personName: `Person ${n}`,
});

const opened = (more: Partial<FactOf<'recertification opened'>> = {}): FactOf<'recertification opened'> => ({
  is: 'recertification opened',
  id: 'ca'.repeat(16) as WorkId,
  name: 'Spring',
  from: FROM,
  until: '2026-11-10',
  every: null,
  units: [],
  people: [],
  cases: [],
  by: party(0),
  at: begin,
  ...more,
});
const campaign: Campaign = { opened: opened(), stopped: null };
const round = roundsOf(campaign, '2026-11-03')[0] as Round;

const logged = (fact: Logged['fact'], by: number, n: number, time: number): Logged => ({
  fact,
  area,
  hash: String(n).padStart(64, '0') as Hash,
  n,
  relayTime: time,
  time,
  org,
  device,
  person: people[by] as PersonId,
  roles: WORK_ROLES[by] ?? [],
  seats: [seats[by] as SeatId],
  side: null,
});

interface Said {
  readonly by: number;
  readonly of: number;
  readonly answer: RecertifyAnswer;
  readonly to: number;
  /** In days after the round began: the last day is the 8th. */
  readonly day: number;
}
const which = fc.integer({ min: 0, max: 4 });
const said: fc.Arbitrary<Said> = fc.record({
  by: which,
  of: which,
  answer: fc.constantFrom<RecertifyAnswer>('keep', 'remove', 'pass'),
  to: which,
  day: fc.integer({ min: 0, max: 10 }),
});
/** Which posts are in when the round begins, and of which the access ends after so many days. */
const history = fc.record({
  isIn: fc.tuple(fc.constant(true), fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
  ends: fc.array(fc.record({ of: fc.integer({ min: 1, max: 4 }), day: fc.integer({ min: 1, max: 12 }) }), {
    maxLength: 2,
  }),
  says: fc.array(said, { maxLength: 25 }).map((all) => all.toSorted((a, b) => a.day - b.day)),
});
type History = typeof history extends fc.Arbitrary<infer H> ? H : never;

const endOf = ({ ends }: History, n: number): number | null => ends.find(({ of }) => of === n)?.day ?? null;

const grantingsIn = (one: History): readonly Granting[] =>
  seats.flatMap((seat, n): Granting[] => {
    const end = endOf(one, n);
    const role = SEAT_ROLES[n] ?? 'reader';
    const until = end === null ? null : begin + end * DAY;
    return one.isIn[n] === true ? [{ area, org, seat, role, from: begin - DAY, until, by: device, endedBy: null }] : [];
  });

const factsIn = ({ says }: History): readonly Logged[] =>
  says.map(({ by, of, answer, to, day }, n) =>
    logged(
      {
        is: 'recertified',
        campaign: campaign.opened.id,
        round: 0,
        seat: seats[of] as SeatId,
        post: '',
        answer,
        to: answer === 'pass' ? { person: people[to] as PersonId, personName: '' } : null,
        why: '',
        by: party(by),
        at: 0,
      },
      by,
      n,
      begin + day * DAY + n,
    ),
  );

/** The rules in other words: what goes on a day after the last, by number. */
function goesBy(one: History): ReadonlySet<number> {
  const isIn = (n: number, day: number): boolean => one.isIn[n] === true && day < (endOf(one, n) ?? 99);
  const stands = new Map<number, Said>();
  for (const word of one.says) {
    const { by, of, day } = word;
    if (by === of || day > 8 || !isIn(by, day)) continue;
    const passed = stands.get(of);
    const toThem = passed?.answer === 'pass' && passed.to === by;
    if (by <= 2 || (by === 3 && toThem)) stands.set(of, word);
  }
  const going = new Set<number>();
  for (const n of [0, 1, 2, 3, 4]) if (isIn(n, 50) && stands.get(n)?.answer !== 'keep') going.add(n);
  const leads = [0, 1].filter((n) => isIn(n, 50));
  const isLed = (): boolean => leads.some((n) => !going.has(n));
  for (const only of ['unreviewed', 'all'])
    if (!isLed()) for (const n of leads) if (only === 'all' || stands.get(n)?.answer !== 'remove') going.delete(n);
  return going;
}

it('removes what the rules say, keeps what was kept, and leaves a lead, whoever said what', () => {
  fc.assert(
    fc.property(history, (one) => {
      const lines = linesOf(round, org, grantingsIn(one), factsIn(one), '2026-11-20');
      expect(new Set(dueOf(lines).map(({ seat }) => seats.indexOf(seat)))).toEqual(goesBy(one));
    }),
    { numRuns: 1500 },
  );
});

it('before it is over nothing goes but what somebody removed who may', () => {
  fc.assert(
    fc.property(history, (one) => {
      const lines = linesOf(round, org, grantingsIn(one), factsIn(one), '2026-11-10');
      for (const { answer } of dueOf(lines)) expect(answer?.answer).toBe('remove');
    }),
  );
});

it('says the same whichever way the facts came, and to whoever holds them', () => {
  fc.assert(
    fc.property(history, fc.integer(), (one, seed) => {
      const facts = factsIn(one);
      const shuffled = [...facts].sort((a, b) => (((a.n ?? 0) * 7919 + seed) % 31) - (((b.n ?? 0) * 7919 + seed) % 31));
      const list = (all: readonly Logged[]) => linesOf(round, org, grantingsIn(one), all, '2026-11-20');
      expect(list([...shuffled, ...facts])).toEqual(list(facts));
    }),
  );
});

it('lists what was in when it began, and nothing that was let in later', () => {
  const later: Granting = {
    area,
    org,
    seat: id<SeatId>(),
    role: 'reader',
    from: begin + DAY,
    until: null,
    by: device,
    endedBy: null,
  };
  const before: Granting = { ...later, seat: seats[4] as SeatId, from: begin - DAY };
  const lead: Granting = { ...before, seat: seats[0] as SeatId, role: 'lead' };
  const theirs: Granting = { ...before, seat: id<SeatId>(), org: id<OrgId>() };
  const lines = linesOf(round, org, [lead, before, later, theirs], [], '2026-11-20');
  expect(lines.map(({ seat, outcome }) => [seat, outcome])).toEqual([
    [lead.seat, 'stays'],
    [before.seat, 'not reviewed'],
  ]);
  expect(linesOf(round, org, [lead, before], [], '2026-11-20', (seat) => seat !== before.seat)).toHaveLength(1);
});

it('a campaign is an administrator’s to open and to stop, and comes again by its interval', () => {
  const says = (fact: Logged['fact'], n: number, roles: readonly string[]): Logged => ({
    ...logged(fact, 0, n, begin + n),
    roles,
  });
  const fact = opened({ every: 6 });
  const stop: Logged['fact'] = {
    is: 'recertification stopped',
    campaign: fact.id,
    why: 'x',
    by: party(0),
    at: begin + 200 * DAY,
  };
  expect(foldCampaigns([says(fact, 1, ['officer'])])).toEqual([]);
  const [running] = foldCampaigns([says(fact, 1, ['administrator']), says(stop, 2, ['officer'])]);
  expect(roundsOf(running as Campaign, '2026-11-01')).toEqual([]);
  expect(roundsOf(running as Campaign, '2027-06-01').map(({ from, until }) => [from, until])).toEqual([
    ['2027-05-02', '2027-05-10'],
    ['2026-11-02', '2026-11-10'],
  ]);
  const [stopped] = foldCampaigns([says(fact, 1, ['administrator']), says(stop, 2, ['administrator'])]);
  expect(roundsOf(stopped as Campaign, '2028-01-01').map(({ number }) => number)).toEqual([1, 0]);
});

it('asks about units, people and cases by name or URN', () => {
  const post = { unit: 'Kendal', people: [people[1] as PersonId] };
  const asks = (more: Partial<FactOf<'recertification opened'>>): boolean =>
    asksAbout({ opened: opened(more), stopped: null }, post, ['R v Ash', '03AB 12345/26']);
  expect(asks({})).toBe(true);
  expect([asks({ units: ['Kendal'] }), asks({ units: ['Penrith'] })]).toEqual([true, false]);
  const named = (n: number) => [{ person: people[n] as PersonId, personName: '' }];
  expect([asks({ people: named(1) }), asks({ people: named(2) })]).toEqual([true, false]);
  expect([asks({ cases: ['03ab-12345-26'] }), asks({ cases: ['R v Ashe'] })]).toEqual([true, false]);
});

it('the report has a line for each post, by the newest word of each case, and no formula', () => {
  const of = 'cc'.repeat(16) as CaseId;
  const line = { seat: seats[1] as SeatId, post: '=Post', outcome: 'open' as const, by: null, at: null };
  const told = (outcome: 'open' | 'kept', n: number): Logged =>
    logged(
      {
        is: 'recertification told',
        campaign: campaign.opened.id,
        round: 0,
        case: of,
        lines: [{ ...line, outcome }],
        by: party(0),
        at: n,
      },
      0,
      n,
      begin + n,
    );
  const newest = toldOf(round, [told('kept', 2), told('open', 1)]);
  expect(progressOf(newest)).toMatchObject({ cases: 1, lines: 1, outcomes: { kept: 1, open: 0 } });
  const csv = reportCsv(round, newest, String).split('\r\n');
  expect(csv).toHaveLength(3);
  expect(csv[1]).toBe(`Spring,2026-11-02,2026-11-10,${of},'=Post,kept,,,Person 0`);
});
