/** Guests at the authority: who may let one in, how long, who decides about them, and how their access ends without anybody's act. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addSpan } from '../../../shared/primitives/calendar.ts';
import type { DeviceId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import type { GuestAct, GuestAnswer } from '../../../shared/wire/guests.ts';
import { addPerson, addPost } from '../acts.ts';
import type { TestAuthority } from '../authority.fixture.ts';
import { makeAuthority, value } from '../authority.fixture.ts';
import { givePost, takePost } from '../people/byHand.ts';
import { today } from '../people/reconcile.ts';
import { GRACE_DAYS, endGuests, endOfDay } from './ending.ts';
import { askAboutGuest, setGuestDays } from './guests.ts';

let authority: TestAuthority;
let officer: PersonId;
let colleague: PersonId;
let stranger: PersonId;
let post: SeatId;

beforeEach(async () => {
  authority = await makeAuthority();
  post = value(await addPost(authority, 'Officer in the case', 'Kendal', ['officer']));
  value(await addPost(authority, 'Clerk', 'Penrith', ['file builder']));
  officer = value(await addPerson(authority, 'DC Priya Nair', ['Officer in the case']));
  colleague = value(await addPerson(authority, 'DS Tom Okafor', ['Officer in the case']));
  stranger = value(await addPerson(authority, 'Una Field', ['Clerk']));
});
afterEach(() => authority.remove());

const day = (days: number): string => addSpan(today(authority), { days }) ?? '';
const device = newId<DeviceId>({ random: (n: number) => new Uint8Array(n).fill(3) } as never);
let asked = 0;
const ask = (person: PersonId, act: GuestAct, id = `${asked++}`.padStart(32, '0')): Promise<GuestAnswer> =>
  askAboutGuest(authority, { person, device }, id, act);
const invite = (more: Partial<Extract<GuestAct, { is: 'invite' }>> = {}): GuestAct => ({
  is: 'invite',
  name: 'Dr Ida Brandt',
  from: 'Fell Laboratory',
  seat: post,
  until: day(30),
  why: 'to compare the glass',
  ...more,
});
async function invited(until = day(30)): Promise<{ person: PersonId; seat: SeatId }> {
  const answer = await ask(officer, invite({ until }));
  if (answer.is !== 'invited') throw new Error(JSON.stringify(answer));
  return answer;
}
const state = () => authority.directory.state();
const declined = (cause: string): object => ({ is: 'declined', cause });

it('enters a guest with a post of their own, whose they are, and until when; once, however often it comes', async () => {
  const one = await ask(officer, invite(), 'a'.repeat(32));
  const other = await ask(officer, invite(), 'a'.repeat(32));
  if (one.is !== 'invited' || other.is !== 'invited') throw new Error('not invited');
  expect(other.person).toBe(one.person);
  expect(other.code, 'another code, where the first was lost').not.toBe(one.code);
  const { guests, holds, people } = await state();
  expect(guests.size).toBe(1);
  expect(guests.get(one.person)).toMatchObject({
    from: 'Fell Laboratory',
    sponsor: officer,
    sponsorSeat: post,
    until: day(30),
  });
  expect([...(holds.get(one.person) ?? [])]).toEqual([one.seat]);
  expect(people.get(one.person)?.name).toBe('Dr Ida Brandt');
  const kept = JSON.stringify(authority.store.admin.acts());
  expect(kept).toContain('to compare the glass');
  expect(kept).not.toContain(one.code);
});

it('makes no second guest of an invitation that was cut off in its midst', async () => {
  const end = authority.store.admin.end.bind(authority.store.admin);
  authority.store.admin.end = () => {
    throw new Error('the power went');
  };
  await expect(ask(officer, invite(), 'b'.repeat(32))).rejects.toThrow('the power went');
  authority.store.admin.end = end;
  const again = await ask(officer, invite(), 'b'.repeat(32));
  const { guests } = await state();
  expect([...guests.keys()]).toEqual([again.is === 'invited' && again.person]);
  expect(authority.people.record([...guests.keys()][0]).map(({ what }) => what)).toEqual(['joined']);
});

it('lets nobody in for longer than the policy says, or by a post that is not theirs, or by a guest', async () => {
  expect(await ask(officer, invite({ until: day(91) }))).toEqual(declined('too long'));
  expect(await ask(officer, invite({ until: day(-1) }))).toEqual(declined('too long'));
  expect(await ask(officer, invite({ until: day(90) }))).toMatchObject({ is: 'invited' });
  setGuestDays(authority, 10);
  expect(await ask(officer, invite({ until: day(11) }))).toEqual(declined('too long'));
  expect(await ask(officer, { is: 'terms' })).toEqual({ is: 'terms', days: 10 });
  expect(await ask(stranger, invite({ until: day(5) }))).toEqual(declined('not yours'));
  const { person, seat } = await invited(day(5));
  expect(await ask(person, invite({ seat, until: day(5) }))).toEqual(declined('not yours'));
});

it('another last day, sponsor or end is said by the sponsor, by who shares their post, and by no one else', async () => {
  const { person } = await invited();
  const extend: GuestAct = { is: 'extend', guest: person, until: day(60), why: 'more samples' };
  expect(await ask(stranger, extend)).toEqual(declined('not yours'));
  expect(await ask(person, extend)).toEqual(declined('not yours'));
  expect(await ask(officer, { ...extend, until: day(91) })).toEqual(declined('too long'));
  expect(await ask(colleague, extend)).toEqual({ is: 'done' });
  expect((await state()).guests.get(person)?.until).toBe(day(60));
  const sponsor = { is: 'sponsor' as const, guest: person, why: 'she takes over', sponsor: colleague, seat: post };
  expect(await ask(officer, { ...sponsor, sponsor: stranger })).toEqual(declined('not known'));
  expect(await ask(officer, sponsor)).toEqual({ is: 'done' });
  expect((await state()).guests.get(person)?.sponsor).toBe(colleague);
  expect(await ask(stranger, { is: 'end', guest: person, why: 'x' })).toEqual(declined('not yours'));
  expect(await ask(officer, { is: 'end', guest: person, why: 'done' })).toEqual({ is: 'done' });
  expect((await state()).holds.get(person)?.size).toBe(0);
  expect(await ask(officer, extend)).toEqual(declined('over'));
  expect(await ask(officer, { is: 'code', guest: person })).toEqual(declined('over'));
});

it('ends after the last day and not before, once, by nobody’s act', async () => {
  const { person } = await invited(day(2));
  authority.pass(2 * DAY);
  expect(await endGuests(authority, 'the day')).toBe(false);
  authority.pass(DAY);
  expect(await endGuests(authority, 'the day')).toBe(true);
  expect((await state()).holds.get(person)?.size).toBe(0);
  expect(await endGuests(authority, 'the day')).toBe(false);
  expect(authority.people.record(person).map(({ what }) => what)).toEqual(['joined', 'left']);
});

it('comes to its end soon once the sponsor has left the post, unless somebody else answers for them', async () => {
  const [one, other] = [await invited(day(60)), await invited(day(60))];
  value(await takePost(authority, officer, post));
  expect(await endGuests(authority, 'the day')).toBe(true);
  for (const { person } of [one, other]) expect((await state()).guests.get(person)?.until).toBe(day(GRACE_DAYS));
  const sponsor = {
    is: 'sponsor' as const,
    guest: one.person,
    sponsor: colleague,
    seat: post,
    why: 'it is my case now',
  };
  expect(await ask(officer, sponsor), 'who left decides no more').toEqual(declined('not yours'));
  expect(await ask(colleague, sponsor)).toEqual({ is: 'done' });
  expect(await ask(colleague, { is: 'extend', guest: one.person, until: day(60), why: 'as before' })).toEqual({
    is: 'done',
  });
  authority.pass((GRACE_DAYS + 1) * DAY);
  await endGuests(authority, 'the day');
  const { holds } = await state();
  expect(holds.get(one.person)?.size).toBe(1);
  expect(holds.get(other.person)?.size).toBe(0);
  value(await givePost(authority, officer, post));
  expect(await endGuests(authority, 'the day'), 'who comes back revives nobody').toBe(false);
});

it('a day ends at midnight on the wall, summer and winter', () => {
  expect(new Date(endOfDay('2027-01-15')).toISOString()).toBe('2027-01-16T00:00:00.000Z');
  expect(new Date(endOfDay('2027-07-15')).toISOString()).toBe('2027-07-15T23:00:00.000Z');
});
