/**
 * Who can see a case, over real relay and authority: a post is let in and sees, a bar takes it out, the next key is made
 * without it, and its computer knows that it ended from a relay that holds back; on line and after being away.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { doAccess } from '../../../renderer/sync/access/acts.ts';
import { personView } from '../../../renderer/sync/access/people.ts';
import { chainOf } from '../../../renderer/sync/access/histories.ts';
import { whoView } from '../../../renderer/sync/access/who.ts';
import { doWork } from '../../../renderer/sync/cases/work/doing.ts';
import { act, eventPiece } from '../../../renderer/sync/cases/pieces.ts';
import { auditOf } from '../../../shared/model/audit/ofFact.ts';
import type { AccessAct } from '../../../shared/ipc/access.ts';
import type { AreaId, CaseId, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { dayOf } from '../../../shared/primitives/calendar.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { makeCase, me } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

const SUPERVISOR = 'Supervisor, Kendal CID';

let world: World;
let officer: Computer;
let tom: Computer;
let ruth: Computer;

beforeAll(async () => {
  world = await World.begin();
  [officer, tom, ruth] = await world.officerAndSupervisors();
  await until(() => postOf(officer, SUPERVISOR) !== null && keyOf(officer, SUPERVISOR) > 0, 'the post’s key');
}, 40_000);
afterAll(() => world.end(), 20_000);

const own = ({ session }: Computer) => session.directories.current(session.identity.org);
const postOf = (computer: Computer, title: string): SeatId | null =>
  [...(own(computer)?.posts.values() ?? [])].find((post) => post.title === title)?.seat ?? null;
const keyOf = (computer: Computer, title: string): number =>
  own(computer)?.seats.get(postOf(computer, title) as SeatId)?.generation ?? 0;
const personOf = (computer: Computer): PersonId => computer.session.identity.person;
const epochOf = ({ session }: Computer, area: AreaId): number => {
  const { access } = session.log.replica(area).state;
  return access ? currentEpoch(access) : 0;
};
const accessOf = ({ session }: Computer, area: AreaId): AccessState | null => session.log.replica(area).access;
const reads = (computer: Computer, area: AreaId): boolean =>
  computer.session.keyring.areaKey(area, epochOf(computer, area)) !== null;
const lists = async (computer: Computer, of: CaseId): Promise<boolean> => (await computer.view(of)) !== null;

async function does(computer: Computer, of: CaseId, what: AccessAct): Promise<void> {
  expect(await doAccess(computer.session, of, what)).toEqual({ ok: true, value: null });
}

/** What is on record, and so in the audit, of posts that a rule took out of an area. */
const endedByRule = ({ session }: Computer, area: AreaId): string[] =>
  session.facts
    .inArea(area)
    .flatMap(({ fact }) => (fact.is === 'access ended' && fact.rule !== undefined ? [auditOf(fact)?.said ?? ''] : []));

async function caseWithSupervisor(title: string, last: string | null = null): Promise<{ of: CaseId; area: AreaId }> {
  const of = await makeCase(officer, title);
  const area = await officer.area(of, 'working papers');
  await until(() => officer.session.log.replica(area).state.access, 'the case at the relay');
  const seat = postOf(officer, SUPERVISOR) as SeatId;
  await does(officer, of, { is: 'give', seat, role: 'contributor', until: last, why: 'supervises the enquiry' });
  await until(() => lists(ruth, of), 'the case with the supervisor');
  await until(() => reads(ruth, area), 'its key');
  return { of, area };
}

it('lets a post in with a reason, and shows who sees it since when and by whom', async () => {
  const { of } = await caseWithSupervisor('R v Aspen');
  const [place] = (await whoView(ruth.session, of)).places;
  const row = place?.now.find(({ name }) => name === 'PS Ruth Vane');
  expect(row).toMatchObject({ post: `${SUPERVISOR}, Kendal`, role: 'contributor', until: null, by: 'DC Priya Nair' });
  expect(row).toMatchObject({ why: 'supervises the enquiry', denied: null });
  expect(place?.now.map(({ name }) => name)).toEqual(expect.arrayContaining(['DC Priya Nair', 'DS Tom Okafor']));
  const seen = await personView(officer.desktop, personOf(ruth));
  expect(seen?.sees.filter(({ until: end }) => end === null).map(({ title }) => title)).toContain('R v Aspen');
});

it('a bar takes the post out: no new key, no case, and no word of a relay that holds back', async () => {
  const { of, area } = await caseWithSupervisor('R v Beech');
  const before = epochOf(officer, area);
  await does(ruth, of, { is: 'bar', person: personOf(ruth), why: 'a cousin of the suspect' });
  await until(() => epochOf(officer, area) > before && reads(officer, area), 'the next key');
  await until(() => epochOf(tom, area) > before && reads(tom, area), 'the next key with who stays');
  await until(async () => !(await lists(ruth, of)), 'the case gone from the barred computer');
  expect(ruth.session.keyring.areaKey(area, epochOf(officer, area))).toBe(null);
  expect([officer.alarms, tom.alarms, ruth.alarms]).toEqual([[], [], []]);
  const view = await whoView(officer.session, of);
  expect(view.bars).toMatchObject([{ name: 'PS Ruth Vane', why: 'a cousin of the suspect', lifted: null }]);
  expect(view.places[0]?.before.map(({ name }) => name)).toContain('PS Ruth Vane');
  const said = `By a rule of the case, ended access of ${SUPERVISOR}, Kendal: PS Ruth Vane is barred from this case: a cousin of the suspect`;
  await until(() => endedByRule(officer, area).includes(said), 'why it ended, on record');
  // Nobody lets the post in again while somebody holds it who is barred; nor does another computer hand out boxes.
  const seat = postOf(officer, SUPERVISOR) as SeatId;
  const again = await doAccess(officer.session, of, {
    is: 'give',
    seat,
    role: 'reader',
    until: null,
    why: 'by mistake',
  });
  expect(again).toEqual({ ok: false, cause: 'denied' });
});

it('what a barred person writes counts for nothing with anybody', async () => {
  const of = await makeCase(officer, 'R v Cedar');
  const area = await officer.area(of, 'working papers');
  await until(() => lists(tom, of), 'the case with the colleague');
  await until(() => reads(tom, area), 'its key');
  // The only post of the case, which the officer leads by: it cannot be taken out, and the fold refuses all the same.
  await does(tom, of, { is: 'bar', person: personOf(tom), why: 'declares an interest' });
  const at = tom.session.platform.now();
  const hold = {
    is: 'held' as const,
    id: 'ab'.repeat(16) as never,
    reason: 'mine',
    until: null,
    by: me(tom.session),
    at,
  };
  const parsed = await act(tom.session, [await eventPiece(tom.session, area, hold)]);
  expect(parsed.ok).toBe(true);
  await until(
    async () => (await officer.view(of)).work.state.refused.some(({ why }) => why === 'barred'),
    'the refusal',
  );
  expect((await officer.view(of)).work.state.holds).toEqual([]);
});

it('ends while the computer is away: it learns of it on the next link, without an alarm', async () => {
  const { of, area } = await caseWithSupervisor('R v Damson');
  ruth.goOffline();
  const before = epochOf(officer, area);
  const seat = postOf(officer, SUPERVISOR) as SeatId;
  await does(officer, of, { is: 'end', seat, why: 'moved to another enquiry' });
  await until(() => epochOf(officer, area) > before, 'the next key');
  expect(await lists(ruth, of)).toBe(true);
  ruth.goOnline();
  await until(async () => !(await lists(ruth, of)), 'the case gone');
  expect(ruth.alarms).toEqual([]);
  expect(ruth.session.keyring.areaKey(area, epochOf(officer, area))).toBe(null);
  // And once more let in, it reads again.
  await does(officer, of, { is: 'give', seat, role: 'reader', until: null, why: 'came back' });
  await until(() => lists(ruth, of), 'the case back');
  await until(() => reads(ruth, area), 'its key');
  expect(ruth.alarms).toEqual([]);
});

it('two leads take the same post out: it stands in the chain once, and neither is told of an error', async () => {
  const { of, area } = await caseWithSupervisor('R v Gean');
  const told = [officer, tom, ruth].map(({ alarms }) => alarms.length);
  await until(() => reads(tom, area), 'the key with the other lead');
  const seat = postOf(officer, SUPERVISOR) as SeatId;
  const removals = async (): Promise<number> =>
    (await chainOf(tom.session, area)).filter(({ op }) => op.op === 'remove' && op.seats.includes(seat)).length;
  const end = { is: 'end', seat, why: 'moved to another enquiry' } as const;
  const done = await Promise.all([officer, tom].map(({ session }) => doAccess(session, of, end)));
  expect(done.some(({ ok }) => ok)).toBe(true);
  const isOut = ({ session }: Computer): boolean => session.log.replica(area).access?.seats.has(seat) === false;
  await until(() => isOut(officer) && isOut(tom), 'the post taken out with both');
  // The later of two, worked out before the other's came and written after: by now the head is the new one.
  const ended = done.filter(({ ok }) => ok).length;
  const said = (): number => tom.session.facts.inArea(area).filter(({ fact }) => fact.is === 'access ended').length;
  await until(() => said() === ended, 'what both said of it');
  const stream = await streamOf(tom.session.platform, area, 'chain');
  const by = me(tom.session);
  const fact = {
    is: 'access ended' as const,
    seat,
    post: SUPERVISOR,
    why: 'moved',
    by,
    at: tom.session.platform.now(),
  };
  const late = await act(tom.session, [
    await eventPiece(tom.session, area, fact),
    { area, stream, kind: 'chain', op: { op: 'remove', seats: [seat] }, boxes: [] },
  ]);
  expect(late).toEqual({ ok: false, cause: 'changed meanwhile' });
  expect(said(), 'nothing of the write is kept').toBe(ended);
  // What is written next passes, so that nothing stands before it.
  await does(tom, of, { is: 'give', seat, role: 'reader', until: null, why: 'came back' });
  await until(() => lists(ruth, of), 'the case back');
  expect(await removals()).toBe(1);
  expect([officer, tom, ruth].map(({ alarms }) => alarms.length)).toEqual(told);
});

it('a post that one lead takes out, while another changes who is in, is out, and it is said once', async () => {
  const { of, area } = await caseWithSupervisor('R v Ilex');
  await until(() => reads(tom, area), 'the key with the other lead');
  const told = [officer, tom].map(({ alarms }) => alarms.length);
  const seat = postOf(officer, SUPERVISOR) as SeatId;
  // What the officer's computer writes is on its way when the other lead's comes first.
  const { link } = officer.session;
  const ask = link.ask.bind(link);
  let sends = 0;
  let goOn = (): void => {};
  const gate = new Promise<void>((open) => (goOn = open));
  link.ask = async (request) => {
    if (request.t === 'append' && request.area === area) {
      sends++;
      await gate;
    }
    return ask(request);
  };
  await does(officer, of, { is: 'end', seat, why: 'moved to another enquiry' });
  await until(() => sends > 0, 'the removal on its way');
  const head = accessOf(officer, area)?.head;
  const stream = await streamOf(tom.session.platform, area, 'chain');
  const lead = [...(accessOf(tom, area)?.seats.values() ?? [])].filter(({ role }) => role === 'lead');
  const again = await act(tom.session, [{ area, stream, kind: 'chain', op: { op: 'grant', seats: lead }, boxes: [] }]);
  expect(again.ok).toBe(true);
  await until(() => accessOf(officer, area)?.head !== head, 'the other lead’s change');
  goOn();
  await until(() => accessOf(tom, area)?.seats.has(seat) === false, 'the post out');
  await until(async () => !(await lists(ruth, of)), 'the case gone');
  const said = (): number => tom.session.facts.inArea(area).filter(({ fact }) => fact.is === 'access ended').length;
  await until(async () => said() > 0 && (await officer.session.db.outbox.count()) === 0, 'all of it in order');
  expect(said()).toBe(1);
  expect([officer, tom].map(({ alarms }) => alarms.length)).toEqual(told);
  link.ask = ask;
});

it('a post that is let in again while the next key is made has that key like everybody', async () => {
  const { of, area } = await caseWithSupervisor('R v Hazel');
  await until(() => reads(tom, area), 'the key with the other lead');
  const told = ruth.alarms.length;
  const before = epochOf(officer, area);
  const seat = postOf(officer, SUPERVISOR) as SeatId;
  // The officer's computer has boxed the next key for who stays, and is about to write it.
  const { writer } = officer.session.log;
  const write = writer.write.bind(writer);
  let isBoxed = false;
  let goOn = (): void => {};
  const gate = new Promise<void>((open) => (goOn = open));
  writer.write = async (pieces) => {
    if (pieces.some((piece) => 'op' in piece && piece.op.op === 'key')) {
      isBoxed = true;
      await gate;
    }
    return write(pieces);
  };
  await does(officer, of, { is: 'end', seat, why: 'moved to another enquiry' });
  await until(() => isBoxed, 'the next key, boxed');
  await until(() => tom.session.log.replica(area).access?.seats.has(seat) === false, 'the post out');
  await does(tom, of, { is: 'give', seat, role: 'reader', until: null, why: 'came back' });
  await until(() => officer.session.log.replica(area).access?.seats.has(seat) === true, 'the post in again');
  goOn();
  await until(() => epochOf(ruth, area) > before, 'the next key');
  await until(() => reads(ruth, area), 'the key with who came back');
  expect(ruth.alarms.length).toBe(told);
  writer.write = write;
});

it('what somebody does in the moment that an area changes its key waits for the next key, and is written', async () => {
  const { of, area } = await caseWithSupervisor('R v Fir');
  await until(() => reads(tom, area), 'the key with the colleague');
  const before = epochOf(tom, area);
  const { keyring } = tom.session;
  const take = keyring.takeAreaKey.bind(keyring);
  let letIn = (): void => {};
  const gate = new Promise<void>((open) => (letIn = open));
  keyring.takeAreaKey = async (...args) => (await gate, take(...args));
  const keyToWrite = keyring.keyToWrite.bind(keyring);
  let lacked = false;
  keyring.keyToWrite = async (...args) => {
    const key = await keyToWrite(...args);
    lacked ||= args[0] === area && key === null;
    return key;
  };
  await does(officer, of, { is: 'end', seat: postOf(officer, SUPERVISOR) as SeatId, why: 'moved' });
  const chained = (): number => currentEpoch(tom.session.log.replica(area).access as AccessState);
  await until(() => chained() > before, 'the change of key, before the key');
  const acting = doWork(tom.session, of, { is: 'held', reason: 'an appeal', until: null });
  await until(() => lacked, 'the act, before the key');
  letIn();
  expect(await acting).toMatchObject({ ok: true });
  await until(async () => (await officer.view(of)).work.state.holds.length === 1, 'the act with the colleague');
});

it('ends by itself when the last day is over', async () => {
  const today = dayOf(Math.floor(officer.session.platform.now() / DAY)) as string;
  const { of, area } = await caseWithSupervisor('R v Elder', today);
  const before = epochOf(officer, area);
  for (const one of [officer, tom, ruth]) one.pass(2 * DAY);
  await until(() => epochOf(officer, area) > before, 'the next key, after the last day');
  await until(async () => !(await lists(ruth, of)), 'the case gone');
  expect(ruth.alarms).toEqual([]);
  const said = `By a rule of the case, ended access of ${SUPERVISOR}, Kendal: Access was given until ${today}`;
  await until(() => endedByRule(officer, area).includes(said), 'why it ended, on record');
});
