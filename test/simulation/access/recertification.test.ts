/**
 * Recertification over real relay and authority: an administrator opens a campaign, leads and managers answer, and what nobody
 * reviewed is gone when the round is over: out of the chain, with another key. Who was kept reads on; what somebody says whose
 * word it is not counts with nobody; the administrator is told how far it has got, and no word of a case.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { doAccess } from '../../../renderer/sync/access/acts.ts';
import { recertify } from '../../../renderer/sync/access/recertification/acts.ts';
import { recertificationView } from '../../../renderer/sync/access/recertification/view.ts';
import { act, eventPiece, intakePiece } from '../../../renderer/sync/cases/pieces.ts';
import { guestPlacesOf } from '../../../renderer/sync/guests/places.ts';
import { inviteGuest } from '../../../renderer/sync/guests/inviting.ts';
import type { CampaignRow, RecertifyAct } from '../../../shared/ipc/recertification.ts';
import type { AreaId, CaseId, PersonId, SeatId, WorkId } from '../../../shared/primitives/ids.ts';
import { dayOf } from '../../../shared/primitives/calendar.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { giveRoles } from '../../../sync-server/authority/acts.ts';
import { addFile, makeCase, me } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
/** Leads; supervises and is let in; administers and sees no case; two more posts that are let in. */
let officer: Computer;
let ruth: Computer;
let admin: Computer;
let analyst: Computer;
let clerk: Computer;
let seats: { readonly analyst: SeatId; readonly clerk: SeatId; readonly supervisor: SeatId };

beforeAll(async () => {
  world = await World.begin();
  [officer, ruth] = await Promise.all([world.computer('officer', 'officer'), world.computer('ruth', 'sergeant')]);
  const [a, b, c] = [
    await world.computerInNewPost('Ada Min', 'police', 'Administrator'),
    await world.computerInNewPost('Una Field', 'police', 'Analyst'),
    await world.computerInNewPost('Cal Orme', 'police', 'Typist'),
  ];
  [admin, analyst, clerk] = [a.computer, b.computer, c.computer];
  const done = await giveRoles(world.authority('police'), a.seat, ['administrator']);
  expect(done.ok).toBe(true);
  world.publish('police');
  const own = () => officer.session.directories.current(officer.session.identity.org);
  const supervisor = await until(
    () => [...(own()?.posts.values() ?? [])].find(({ title }) => title.startsWith('Supervisor'))?.seat,
    'the supervisors',
  );
  seats = { analyst: b.seat, clerk: c.seat, supervisor };
  for (const seat of [...Object.values(seats), a.seat])
    await until(() => own()?.seats.has(seat), 'the key of every post');
  await until(() => own()?.roles.get(a.seat)?.includes('administrator'), 'the role');
}, 60_000);
afterAll(() => world.end(), 20_000);

const dayIn = (days: number): string => dayOf(Math.floor(officer.session.platform.now() / DAY) + days) as string;
const epochOf = ({ session }: Computer, area: AreaId): number => {
  const { access } = session.log.replica(area).state;
  return access ? currentEpoch(access) : 0;
};
const reads = (computer: Computer, area: AreaId): boolean =>
  computer.session.keyring.areaKey(area, epochOf(officer, area)) !== null;
const rowOf = async (computer: Computer, name: string): Promise<CampaignRow | undefined> =>
  (await recertificationView(computer.desktop)).rows.find((row) => row.name === name);
const lineOf = (row: CampaignRow | undefined, of: CaseId, seat: SeatId) =>
  row?.lines.find((line) => line.case === of && line.seat === seat);

async function caseWith(title: string, ...let_in: readonly SeatId[]): Promise<{ of: CaseId; area: AreaId }> {
  const of = await makeCase(officer, title);
  const area = await officer.area(of, 'working papers');
  await until(() => officer.session.log.replica(area).state.access, 'the case at the relay');
  for (const seat of let_in) {
    const role = seat === seats.clerk ? 'reader' : 'contributor';
    const given = { is: 'give' as const, seat, role, until: null, why: 'helps with it' } as const;
    await until(async () => (await doAccess(officer.session, of, given)).ok, 'the post let in');
  }
  return { of, area };
}

async function opens(name: string, more: Partial<Extract<RecertifyAct, { is: 'open' }>> = {}): Promise<void> {
  const what = { is: 'open' as const, name, until: dayIn(14), every: null, units: [], people: [], cases: [], ...more };
  expect(await recertify(admin.session, what)).toEqual({ ok: true, value: null });
  await until(() => rowOf(officer, name), 'the campaign with the lead');
}

async function answers(
  computer: Computer,
  name: string,
  of: CaseId,
  seat: SeatId,
  answer: 'keep' | 'remove' | 'pass',
  to: Computer | null = null,
): Promise<void> {
  const row = await until(() => rowOf(computer, name), 'the campaign');
  const what = { is: 'answer' as const, campaign: row.id, round: row.round, of: [{ case: of, seat }], answer, why: '' };
  const done = await recertify(computer.session, { ...what, to: to?.session.identity.person ?? null });
  expect(done).toEqual({ ok: true, value: null });
}

it('what nobody reviewed is gone when the round is over, with another key; who was kept reads on', async () => {
  const { of, area } = await caseWith('R v Ash', seats.analyst, seats.clerk, seats.supervisor);
  for (const one of [analyst, clerk, ruth]) await until(() => reads(one, area), 'the key');
  await opens('Spring');
  expect(
    (await rowOf(officer, 'Spring'))?.lines.filter((line) => line.case === of).map(({ outcome }) => outcome),
  ).toEqual(['open', 'open', 'open', 'stays']);
  // The lead's own post is not theirs to review; a manager who writes in the case reviews it.
  const lead = (await rowOf(officer, 'Spring'))?.lines.find((line) => line.case === of && line.role === 'lead');
  expect(lead?.mayAnswer).toBe(false);
  await answers(officer, 'Spring', of, seats.analyst, 'keep');
  await answers(officer, 'Spring', of, seats.supervisor, 'pass', analyst);
  await until(async () => lineOf(await rowOf(analyst, 'Spring'), of, seats.supervisor)?.mayAnswer, 'what was passed');
  await answers(analyst, 'Spring', of, seats.supervisor, 'keep');
  const told = await until(async () => {
    const row = await rowOf(admin, 'Spring');
    return row?.told?.outcomes.kept === 2 ? row : null;
  }, 'the progress with the administrator');
  expect(told.told).toMatchObject({ cases: 1, lines: 4, outcomes: { open: 1, kept: 2, stays: 1 } });
  expect(told.lines).toEqual([]);
  const before = epochOf(officer, area);
  for (const one of [officer, ruth, admin, analyst, clerk]) one.pass(16 * DAY);
  await until(() => epochOf(officer, area) > before, 'the next key');
  await until(async () => (await clerk.view(of)) === null, 'the case gone from who nobody reviewed');
  for (const one of [officer, analyst, ruth]) await until(() => reads(one, area), 'the next key with who stays');
  await addFile(officer, of, 'later.txt');
  const has = ({ session }: Computer): boolean => session.facts.inArea(area).some(({ fact }) => fact.is === 'added');
  for (const one of [analyst, ruth]) await until(() => has(one), 'what came after, with who stays');
  expect(has(clerk)).toBe(false);
  expect(clerk.session.keyring.areaKey(area, epochOf(officer, area))).toBe(null);
  expect(officer.session.log.replica(area).state.access?.seats.has(seats.clerk)).toBe(false);
  const ended = officer.session.facts.inArea(area).filter(({ fact }) => fact.is === 'access ended');
  expect(ended.map(({ fact }) => fact)).toMatchObject([
    { seat: seats.clerk, why: expect.stringContaining('Not reviewed') },
  ]);
  // The last lead stays, and it is said.
  expect(
    (await rowOf(officer, 'Spring'))?.lines.find(({ role, case: at }) => role === 'lead' && at === of)?.outcome,
  ).toBe('stays');
  await until(async () => (await rowOf(admin, 'Spring'))?.told?.outcomes['not reviewed'] === 1, 'the report');
  expect([officer, ruth, admin, analyst, clerk].flatMap(({ alarms }) => alarms)).toEqual([]);
}, 60_000);

it('removed by a manager while the lead is off line: it goes when a lead is back, and stays gone', async () => {
  const { of, area } = await caseWith('R v Birch', seats.analyst, seats.supervisor);
  for (const one of [analyst, ruth]) await until(() => reads(one, area), 'the key');
  await opens('Summer', { cases: ['r v BIRCH'] });
  await until(async () => lineOf(await rowOf(ruth, 'Summer'), of, seats.analyst)?.mayAnswer, 'the list of the manager');
  officer.goOffline();
  const before = epochOf(officer, area);
  await answers(ruth, 'Summer', of, seats.analyst, 'remove');
  expect(await analyst.view(of)).not.toBe(null);
  officer.goOnline();
  await until(() => epochOf(officer, area) > before, 'the next key');
  await until(async () => (await analyst.view(of)) === null, 'the case gone');
  await until(() => reads(ruth, area), 'the next key with the manager');
}, 40_000);

it('asks only about what it was opened for', async () => {
  const { of } = await caseWith('R v Cedar', seats.analyst);
  const person = officer.session.directories.current(officer.session.identity.org);
  expect(person).not.toBe(null);
  await opens('Named', { cases: ['R v Cedar'], people: [analyst.session.identity.person] });
  expect((await rowOf(officer, 'Named'))?.lines.map((line) => [line.case, line.seat])).toEqual([[of, seats.analyst]]);
});

it('comes again by itself, and stops taking anything when it is stopped', async () => {
  const { of, area } = await caseWith('R v Elm', seats.analyst);
  await until(() => reads(analyst, area), 'the key');
  await opens('Yearly', { cases: ['R v Elm'], every: 12, until: dayIn(7) });
  await answers(officer, 'Yearly', of, seats.analyst, 'keep');
  for (const one of [officer, admin, analyst]) one.pass(370 * DAY);
  const again = await until(async () => {
    const row = await rowOf(officer, 'Yearly');
    return row?.round === 1 ? row : null;
  }, 'the next round');
  expect(lineOf(again, of, seats.analyst)).toMatchObject({ outcome: 'open', mayAnswer: true });
  const stop = { is: 'stop' as const, campaign: again.id, why: 'opened by mistake' };
  expect(await recertify(officer.session, stop)).toEqual({ ok: false, cause: 'not allowed' });
  expect(await recertify(admin.session, stop)).toEqual({ ok: true, value: null });
  await until(async () => (await rowOf(officer, 'Yearly'))?.round === 0, 'the end of the round');
  for (const one of [officer, admin, analyst]) one.pass(-370 * DAY);
  expect(officer.session.log.replica(area).state.access?.seats.has(seats.analyst)).toBe(true);
}, 40_000);

it('a word of somebody whose it is not counts with nobody', async () => {
  const { of, area } = await caseWith('R v Fir', seats.analyst, seats.supervisor);
  for (const one of [analyst, ruth]) await until(() => reads(one, area), 'the key');
  await opens('Forged', { cases: ['R v Fir'] });
  const row = await until(() => rowOf(officer, 'Forged'), 'the campaign');
  // A modified client of somebody who writes in the case and leads nothing: takes the supervisor out, and keeps itself.
  const { session } = analyst;
  const said = {
    campaign: row.id,
    round: 0,
    post: 'x',
    to: null,
    why: '',
    by: me(session),
    at: session.platform.now(),
  };
  const pieces = await Promise.all([
    eventPiece(session, area, { is: 'recertified', seat: seats.supervisor, answer: 'remove', ...said }),
    eventPiece(session, area, { is: 'recertified', seat: seats.analyst, answer: 'keep', ...said }),
  ]);
  expect((await act(session, pieces)).ok).toBe(true);
  await until(
    () => officer.session.facts.inArea(area).filter(({ fact }) => fact.is === 'recertified').length === 2,
    'the forged words',
  );
  for (const seat of [seats.supervisor, seats.analyst])
    expect(lineOf(await rowOf(officer, 'Forged'), of, seat)?.outcome).toBe('open');
  // And a campaign that nobody opened who may.
  const forged = {
    is: 'recertification opened' as const,
    id: 'fa'.repeat(16) as WorkId,
    name: 'Not theirs',
    from: dayIn(-9),
    until: dayIn(-2),
    every: null,
    units: [],
    people: [],
    cases: [],
    by: me(session),
    at: 0,
  };
  const own = officer.session.directories.current(session.identity.org);
  const lead = [...(own?.holds.get(officer.session.identity.person) ?? [])][0] as SeatId;
  const piece = await intakePiece(session, { org: session.identity.org, seat: lead }, 'event', encodeFact(forged));
  expect((await act(session, [piece])).ok).toBe(true);
  await until(
    () => officer.session.facts.of('recertification opened').some(({ fact }) => fact.id === forged.id),
    'the forged campaign',
  );
  expect(await rowOf(officer, 'Not theirs')).toBe(undefined);
}, 40_000);

it('asks about the guests of a case: kept ones stay, removed ones end at once, those that nobody reviewed on the date', async () => {
  const { of } = await caseWith('R v Gorse', seats.supervisor);
  const names = ['Dr Kept', 'Dr Removed', 'Dr Forgotten'] as const;
  const invite = async (name: string): Promise<PersonId> => {
    const from = 'Fell Laboratory';
    const asked = { name, from, may: 'view', until: dayIn(60), why: 'reads the summary', note: '' } as const;
    const made = await inviteGuest(officer.desktop, of, { ...asked, versions: [], withSummary: true });
    if (!made.ok) throw new Error(made.cause);
    const { guest } = made.value;
    const place = () => guestPlacesOf(officer.session, of).find(({ invited }) => invited.fact.guest === guest);
    await until(
      () => officer.session.log.replica(place()?.area as AreaId).state.access,
      'the guest’s area at the relay',
    );
    return guest;
  };
  const [kept, removed, forgotten] = [await invite(names[0]), await invite(names[1]), await invite(names[2])];
  await opens('Guests', { cases: ['R v Gorse'] });
  const own = () => officer.session.directories.current(officer.session.identity.org);
  const seatOf = (guest: PersonId): SeatId => own()?.guests.get(guest)?.seat as SeatId;
  const isIn = (guest: PersonId): boolean => own()?.holds.get(guest)?.has(seatOf(guest)) === true;
  const row = await until(async () => {
    const found = await rowOf(officer, 'Guests');
    return found && [kept, removed, forgotten].every((one) => lineOf(found, of, seatOf(one))) ? found : null;
  }, 'the guests in the list');
  expect(lineOf(row, of, seatOf(kept))).toMatchObject({
    people: ['Dr Kept'],
    why: 'reads the summary',
    outcome: 'open',
    mayAnswer: true,
  });
  await answers(officer, 'Guests', of, seatOf(kept), 'keep');
  await answers(officer, 'Guests', of, seatOf(removed), 'remove');
  await until(() => !isIn(removed), 'the end of who was removed, by the authority');
  const working = await officer.area(of, 'working papers');
  const ended = officer.session.facts.inArea(working).filter(({ fact }) => fact.is === 'access ended');
  expect(ended.map(({ fact }) => fact)).toMatchObject([{ seat: seatOf(removed) }]);
  expect([isIn(kept), isIn(forgotten)]).toEqual([true, true]);
  for (const one of [officer, ruth, admin]) one.pass(16 * DAY);
  await until(() => !isIn(forgotten), 'the end of whom nobody reviewed');
  expect(isIn(kept)).toBe(true);
  expect(own()?.guests.get(kept)?.until).toBe(dayIn(60 - 16));
  for (const one of [officer, ruth, admin]) one.pass(-16 * DAY);
}, 60_000);
