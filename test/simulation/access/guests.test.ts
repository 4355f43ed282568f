/**
 * A guest from the invitation to the end, over a real relay and authority with real evidence processes: they get what was shared
 * and nothing else, not a name and not a key; what they bring reaches the team; a modified client of theirs is refused by
 * everybody; and after their last day nothing is left for them, here or there.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { callsOf } from '../../../renderer/sync/calls.ts';
import { areaOf, filedIn } from '../../../renderer/sync/cases/caseIndex.ts';
import { makeArea } from '../../../renderer/sync/cases/makeArea.ts';
import { act, eventPiece, intakePiece } from '../../../renderer/sync/cases/pieces.ts';
import { decideLate } from '../../../renderer/sync/late/adopting.ts';
import { lateRows } from '../../../renderer/sync/late/rows.ts';
import { personView } from '../../../renderer/sync/access/people.ts';
import { whoView } from '../../../renderer/sync/access/who.ts';
import { computeView } from '../../../renderer/sync/views/views.ts';
import type { GuestHome, GuestInvited, GuestRow, GuestsView, InviteGuest } from '../../../shared/ipc/guests.ts';
import type { LeaverRow } from '../../../shared/ipc/work.ts';
import { encodeFact } from '../../../shared/model/events.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { AreaId, CaseId, PersonId } from '../../../shared/primitives/ids.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { revokeDevice } from '../../../sync-server/authority/acts.ts';
import { endGuests } from '../../../sync-server/authority/guests/ending.ts';
import { takePost } from '../../../sync-server/authority/people/byHand.ts';
import { today } from '../../../sync-server/authority/people/reconcile.ts';
import { addSpan } from '../../../shared/primitives/calendar.ts';
import { makeCase, me } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { EvidenceLine } from '../files/evidenceLine.ts';
import { computerWithFiles } from '../files/withFiles.ts';
import { World } from '../world.ts';

/** Words that must never come to the guest's computer, each of another part of the case. */
const SECRETS = {
  title: 'Quillfeather case, not the guest’s',
  file: 'interview of Wraxhall.txt',
  content: 'the blue van stood at the quarry',
  summary: 'a summary that nobody shared',
};

let world: World;
let officer: Computer;
let colleague: Computer;
let of: CaseId;
let other: CaseId;
let shared: FileRecord;
let kept: FileRecord;
let guest: Computer;
let invited: GuestInvited;

const calls = (computer: Computer) => callsOf(computer.desktop);
const own = ({ session }: Computer) => session.directories.current(session.identity.org);
const home = (computer: Computer) => computeView(computer.desktop, 'guest') as Promise<GuestHome | null>;
const day = (days: number): string => addSpan(today(world.authority('police')), { days }) ?? '';

async function add(computer: Computer, into: CaseId, name: string, text: string): Promise<void> {
  const folder = path.join(world.dir, 'drive');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, name), text);
  const tokens = (await computer.evidence?.choose([path.join(folder, name)])) ?? [];
  expect(await computer.desktop.importing.add(into, tokens)).toMatchObject({ ok: true });
}
async function added(name: string, text: string): Promise<FileRecord> {
  await add(officer, of, name, text);
  return until(
    () => filedIn(officer.session, of).find(({ fact }) => fact.file.name === name)?.fact.file,
    'the file added',
  );
}
const asked = (more: Partial<InviteGuest> = {}): InviteGuest => ({
  name: 'Dr Ida Brandt',
  from: 'Fell Laboratory',
  may: 'contribute',
  until: day(30),
  why: 'to compare the glass',
  note: 'Please compare the two samples.',
  versions: [shared.content.version],
  withSummary: false,
  ...more,
});
async function rowOf(computer: Computer, who: PersonId): Promise<GuestRow> {
  const view = (await computeView(computer.desktop, 'guests')) as GuestsView;
  const row = view.rows.find((one) => one.guest === who);
  if (!row) throw new Error('no such guest');
  return row;
}
const areaOfGuest = async (): Promise<AreaId> => (await rowOf(officer, invited.guest)).folders[0]?.area as AreaId;

async function comeIn(name: string, code: string): Promise<Computer> {
  const computer = world.add(new Computer(path.join(world.dir, name)));
  computer.evidence = new EvidenceLine(computer.folder);
  await computer.enrol(world.relayUrl, code);
  return computer;
}

beforeAll(async () => {
  world = await World.begin();
  [officer, colleague] = await Promise.all([
    computerWithFiles(world, 'officer', 'officer'),
    computerWithFiles(world, 'colleague', 'officer2'),
  ]);
  of = await makeCase(officer, SECRETS.title);
  other = await makeCase(officer, 'Another case');
  shared = await added('glass.txt', 'two samples of glass');
  kept = await added(SECRETS.file, SECRETS.content);
  const summary = await officer.openDocument(await officer.area(of, 'working papers'), 'summary');
  summary.text.insert(0, SECRETS.summary);
  const made = await calls(officer).inviteGuest(of, asked());
  if (!made.ok) throw new Error(made.cause);
  invited = made.value;
  guest = await comeIn('guest', invited.code);
}, 60_000);
afterAll(() => world.end(), 20_000);

it('comes in by the code, and gets just what was shared: until when, by whom, what for', async () => {
  const folder = await until(async () => (await home(guest))?.folders[0], 'what was shared');
  expect(folder).toMatchObject({ may: 'contribute', why: 'to compare the glass', summary: '', by: 'DC Priya Nair' });
  expect(await home(guest)).toMatchObject({ from: 'Fell Laboratory', until: day(30), sponsor: 'DC Priya Nair' });
  // A person's page can take the guests of one campaign together.
  const seen = await personView(officer.desktop, officer.session.identity.person);
  const from = new Set(seen?.sees.map(({ guestsFrom }) => guestsFrom));
  expect(from).toEqual(new Set([null, 'Fell Laboratory']));
  expect(folder.items.map(({ name }) => name)).toEqual(['glass.txt']);
  await until(async () => (await home(guest))?.folders[0]?.items[0]?.canOpen, 'the file, whole');
  const opened = await calls(guest).openVersion(shared.content.version);
  expect(opened).toMatchObject({ ok: true, value: { name: 'glass.txt', whole: true } });
});

it('goes on with an invitation whose answer was lost: one guest, what was chosen, and a code that serves', async () => {
  const before = own(officer)?.guests.size ?? 0;
  const { vault } = officer.session;
  const ask = vault.askAuthority.bind(vault);
  // The network goes between the authority's act and the answer.
  Object.assign(vault, { askAuthority: (sent: never) => ask(sent).then(() => ({ ok: false, cause: 'no answer' })) });
  const of2 = await makeCase(officer, 'A third case');
  const choice = asked({ name: 'Prof Lost Answer', versions: [], until: day(20) });
  expect(await calls(officer).inviteGuest(of2, choice)).toEqual({ ok: false, cause: 'authority away' });
  Object.assign(vault, { askAuthority: ask });
  expect(await calls(officer).unfinishedGuests(of2)).toMatchObject([{ asked: { name: 'Prof Lost Answer' } }]);
  await until(() => own(officer)?.guests.size === before + 1, 'the guest, by the authority');
  const made = await calls(officer).inviteGuest(of2, { ...choice, name: ' prof lost answer', until: day(25) });
  if (!made.ok) throw new Error(made.cause);
  expect(own(officer)?.guests.size).toBe(before + 1);
  expect(own(officer)?.guests.get(made.value.guest)?.until).toBe(day(20));
  expect((await rowOf(officer, made.value.guest)).folders).toHaveLength(1);
  expect(await calls(officer).unfinishedGuests(of2)).toEqual([]);
  const late = await comeIn('late guest', made.value.code);
  await until(async () => (await home(late))?.folders[0], 'what was shared');
  late.goOffline();
  expect(await calls(officer).decideGuest({ is: 'end', guest: made.value.guest, why: 'done' })).toMatchObject({
    ok: true,
  });
}, 40_000);

it('shows nothing of the rest of the application, and holds not a byte or a key of the rest of the case', async () => {
  for (const view of ['cases', 'inbox', 'needs', 'receivers', 'tasks'])
    expect([view, await computeView(guest.desktop, view)]).toEqual([view, []]);
  expect(await computeView(guest.desktop, `case:${of}`)).toBe(null);
  expect(await computeView(guest.desktop, `who:${of}`)).toBe(null);
  for (const kind of ['working papers', 'case file'] as const) expect(areaOf(guest.session, of, kind)).toBe(null);
  const working = await officer.area(of, 'working papers');
  expect(guest.session.log.all().some(({ state }) => state.area === working)).toBe(false);
  expect(guest.session.keyring.areaKey(working, 1)).toBe(null);
  // Every fact that their computer could open, and every key in it.
  const opened = JSON.stringify(guest.session.facts.all(), (_, value: unknown) =>
    value instanceof Uint8Array ? toHex(value) : value,
  );
  expect(opened).toContain(toHex(shared.content.key));
  for (const secret of [
    ...Object.values(SECRETS).filter((text) => text !== SECRETS.title),
    toHex(kept.content.key),
    kept.content.version,
  ])
    expect([secret, opened.includes(secret)]).toEqual([secret, false]);
  expect(opened.includes(other)).toBe(false);
  for (const { hash } of kept.content.chunks) expect(await chunkOnDisk(guest, hash)).toBe(false);
  for (const { hash } of shared.content.chunks) expect(await chunkOnDisk(guest, hash)).toBe(true);
});

async function chunkOnDisk(computer: Computer, hash: string): Promise<boolean> {
  const names = await readdir(path.join(computer.folder, 'evidence'), { recursive: true });
  return names.some((name) => name.includes(hash) || hash.endsWith(path.basename(name)));
}

it('adds a report and a file, which the team gets with whose they are, and takes into the case', async () => {
  const area = await until(areaOfGuest, 'the area');
  expect(await calls(guest).sayToGuest(area, 'The samples agree.')).toEqual({ ok: true, value: null });
  await add(guest, of, 'report.txt', 'They agree in all that was measured.');
  const row = await until(async () => {
    const [folder] = (await rowOf(colleague, invited.guest)).folders;
    return folder?.brought[0]?.canOpen === true && folder.said.length > 0 ? folder : null;
  }, 'the report with a colleague');
  expect(row.brought[0]).toMatchObject({ name: 'report.txt', by: 'Dr Ida Brandt', taken: false });
  expect(row.said[0]).toMatchObject({ by: 'Dr Ida Brandt', text: 'The samples agree.' });
  const version = row.brought[0]?.version;
  if (!version) throw new Error('no file');
  expect(await calls(colleague).takeGuestFile(version)).toEqual({ ok: true, value: null });
  await until(
    () => filedIn(officer.session, of).some(({ fact }) => fact.file.content.version === version),
    'the file in Working papers',
  );
  expect(officer.alarms).toEqual([]);
});

it('says what is not sent yet, since it counts no more by itself once their access has ended', async () => {
  const area = await areaOfGuest();
  expect((await home(guest))?.unsent).toBe(0);
  guest.goOffline();
  expect(await calls(guest).sayToGuest(area, 'Written on the train.')).toMatchObject({ ok: true });
  await until(async () => (await home(guest))?.unsent === 1, 'what waits');
  guest.goOnline();
  await until(async () => (await home(guest))?.unsent === 0, 'all of it sent');
});

it('decides about twelve guests one by one, long names and all; one that is over is named and stops no other', async () => {
  const busy = await makeCase(officer, 'A case with many guests');
  const long = (n: number): string =>
    `${n} ${'Dr Maximiliane von und zu Wolkenstein-Trostburg '.repeat(4)}`.slice(0, 190).trim();
  const guests: PersonId[] = [];
  for (let n = 0; n < 12; n++) {
    const made = await calls(officer).inviteGuest(busy, asked({ name: long(n), versions: [], until: day(20) }));
    if (!made.ok) throw new Error(`${n}: ${made.cause}`);
    guests.push(made.value.guest);
  }
  expect(
    await calls(officer).decideGuest({ is: 'end', guest: guests[5] as PersonId, why: 'not needed' }),
  ).toMatchObject({
    ok: true,
  });
  const said = [];
  for (const one of guests)
    said.push(await calls(officer).decideGuest({ is: 'extend', guest: one, until: day(50), why: 'more to do' }));
  expect(said.map((one) => one.ok || one.cause)).toEqual(guests.map((_, n) => (n === 5 ? 'access over' : true)));
  const ends = () => guests.map((one) => own(officer)?.guests.get(one)?.until);
  await until(() => ends().filter((one) => one === day(50)).length === 11, 'the new ends');
  expect((await rowOf(officer, guests[11] as PersonId)).name).toBe(long(11));
  for (const one of guests) await calls(officer).decideGuest({ is: 'end', guest: one, why: 'done' });
}, 40_000);

it('stands beside the team where it is asked who can see the file, and not where it is asked of another', async () => {
  const seen = async (file: FileRecord) =>
    (await whoView(officer.session, of, 'item', file.item)).places.map(({ isGuests, now }) => [
      isGuests,
      now.some(({ name }) => name === 'Dr Ida Brandt'),
    ]);
  expect(await seen(shared)).toEqual([
    [false, false],
    [true, true],
  ]);
  expect(await seen(kept)).toEqual([[false, false]]);
});

describe('a modified client of a guest', () => {
  const refusedAt = (computer: Computer, words: string): Promise<unknown> =>
    until(
      () => computer.session.alarms.open().some(({ sentence, next }) => `${sentence} ${next}`.includes(words)),
      words,
    );

  it('says what is not a guest’s to say: it counts for nobody, and is told', async () => {
    const area = await areaOfGuest();
    const by = me(guest.session);
    const at = guest.session.platform.now();
    await act(guest.session, [
      await eventPiece(guest.session, area, { is: 'guest extended', until: day(80), why: 'more time', by, at }),
      await eventPiece(guest.session, area, { is: 'added', file: kept, by, at }),
    ]);
    await refusedAt(officer, 'not theirs to say');
    // What stands after it in their own order has come by then.
    expect(await calls(guest).sayToGuest(area, 'Nothing more.')).toMatchObject({ ok: true });
    const came = (): boolean =>
      officer.session.facts.of('guest said').some(({ fact }) => fact.text === 'Nothing more.');
    await until(came, 'what was said after it');
    expect(officer.session.facts.of('added').filter((one) => one.area === area)).toEqual([]);
    const [folder] = (await rowOf(officer, invited.guest)).folders;
    expect(folder?.decided).toEqual([]);
  });

  it('writes into no in-tray, and asks the authority for nothing', async () => {
    const by = me(guest.session);
    const at = guest.session.platform.now();
    const to = me(officer.session);
    const fact = { is: 'access ended' as const, seat: to.seat, post: 'x', why: 'y', by, at };
    const before = officer.session.facts.of('access ended').length;
    await guest.session.log.writer.write([await intakePiece(guest.session, to, 'event', encodeFact(fact))]);
    const id = 'cd'.repeat(16);
    const longer = { is: 'extend' as const, guest: invited.guest, until: day(80), why: 'I would like to' };
    const extended = await guest.session.vault.askAuthority({ do: 'guest', id, act: longer });
    expect(extended).toMatchObject({ ok: true, value: { answer: { is: 'declined', cause: 'not yours' } } });
    const mine = await guest.session.vault.askAuthority({ do: 'code', person: invited.guest });
    expect(mine).toMatchObject({ ok: true, value: { is: 'declined' } });
    expect(officer.session.facts.of('access ended')).toHaveLength(before);
    expect(own(officer)?.guests.get(invited.guest)?.until).toBe(day(30));
  });

  it('lets nobody in, makes no area, changes no key: the relay does not take it', async () => {
    const area = await areaOfGuest();
    const { access } = guest.session.log.replica(area).state;
    const stream = await streamOf(guest.session.platform, area, 'chain');
    const seat = me(colleague.session).seat;
    const grant = { op: 'grant' as const, seats: [{ seat, org: guest.session.identity.org, role: 'lead' as const }] };
    await guest.session.log.writer.write([{ area, stream, kind: 'chain', op: grant, boxes: [] }]);
    const { piece } = await makeArea(guest.session, {
      kind: 'guest',
      owner: guest.session.identity.org,
      seats: [{ seat: me(guest.session).seat, org: guest.session.identity.org, role: 'lead' }],
      from: null,
    });
    await guest.session.log.writer.write([piece]);
    await until(async () => (await guest.session.db.outbox.count()) === 0 || guest.alarms.length > 0, 'the refusal');
    expect(officer.session.log.replica(area).state.access?.head).toBe(access?.head);
    expect(officer.session.log.all().some((one) => one.state.area === piece.area)).toBe(false);
  });
});

it('an invitation of who does not lead the case is refused, and shown', async () => {
  const working = await colleague.area(of, 'working papers');
  const clerk = await world.computerInNewPost('Kit Lowe', 'police', 'Analyst');
  await until(() => own(officer)?.posts.has(clerk.seat), 'the post');
  const given = { is: 'give' as const, seat: clerk.seat, role: 'contributor' as const, until: null, why: 'reads' };
  await until(async () => (await calls(officer).doAccess(of, given)).ok, 'let in');
  await until(() => areaOf(clerk.computer.session, of, 'working papers'), 'the case');
  const file = asked({ versions: [] });
  expect(await calls(clerk.computer).inviteGuest(of, file)).toEqual({ ok: false, cause: 'not allowed' });
  const by = me(clerk.computer.session);
  const fact = officer.session.facts.of('guest invited').find((one) => one.area === working)?.fact;
  if (!fact) throw new Error('no invitation');
  await act(clerk.computer.session, [
    await eventPiece(clerk.computer.session, working, { ...fact, guestName: 'Somebody Else', by }),
  ]);
  await until(
    () => officer.alarms.some((words) => words.includes('is not theirs to say') && words.includes('Kit Lowe')),
    'the warning',
  );
});

it('a guest of a lead’s asking stays no longer than the policy says, and by nobody’s word but theirs who may', async () => {
  const long = await calls(officer).inviteGuest(of, asked({ until: day(120) }));
  expect(long).toEqual({ ok: false, cause: 'too long' });
  const why = 'the second sample comes later';
  const extended = { is: 'extend' as const, guest: invited.guest, until: day(40), why };
  expect(await calls(officer).decideGuest({ ...extended, why: ' ' })).toEqual({ ok: false, cause: 'malformed' });
  expect(await calls(officer).decideGuest(extended)).toEqual({ ok: true, value: null });
  await until(async () => (await home(guest))?.until === day(40), 'the new end with the guest');
  const [folder] = (await rowOf(colleague, invited.guest)).folders;
  await until(async () => (await rowOf(colleague, invited.guest)).folders[0]?.decided.length === 1, 'the decision');
  expect(folder?.why).toBe('to compare the glass');
});

it('ends by itself after the last day: locked, nothing left to read, refused, and the area has another key', async () => {
  const area = await areaOfGuest();
  const epoch = currentEpoch(officer.session.log.replica(area).state.access as never);
  guest.goOffline();
  expect(await calls(guest).sayToGuest(area, 'Written on the last evening.')).toMatchObject({ ok: true });
  await add(guest, of, 'late.txt', 'measured on the last evening');
  const isThere = () => guest.session.facts.of('guest brought').some(({ fact }) => fact.file.name === 'late.txt');
  await until(isThere, 'the file on their computer alone');
  world.pass(41 * DAY, officer, colleague);
  const authority = world.authority('police');
  expect(await endGuests(authority, 'the day')).toBe(true);
  expect(await endGuests(authority, 'the day')).toBe(false);
  world.publish('police');
  await until(() => own(officer)?.guests.get(invited.guest) && own(officer)?.ended.size, 'the end with the team');
  guest.goOnline();
  await until(async () => (await guest.lockedWhy()) === 'ended', 'the profile locked');
  await until(async () => !(await readdir(path.join(guest.folder, 'profile'))).includes('vault'), 'no key left');
  expect(await guest.tryPassphrase()).toBe('access ended');
  const left = await readdir(path.join(guest.folder, 'profile'));
  for (const name of left) {
    const bytes = await readFile(path.join(guest.folder, 'profile', name)).catch(() => Buffer.alloc(0));
    expect(bytes.includes('glass')).toBe(false);
  }
  await until(() => officer.session.log.replica(area).state.access?.seats.has(invitedSeat()) === false, 'taken out');
  await until(() => currentEpoch(officer.session.log.replica(area).state.access as never) > epoch, 'another key');
  expect((await rowOf(officer, invited.guest)).word.text).toBe('Access ended');
  expect(await calls(officer).guestCode(invited.guest)).toEqual({ ok: false, cause: 'access over' });
  // What they brought stays, with whose it is.
  expect((await rowOf(officer, invited.guest)).folders[0]?.brought[0]?.by).toBe('Dr Ida Brandt');
});

it('what they had not sent waits for a lead, who takes it over as theirs, file and all, or declines it', async () => {
  officer.setClock(20_000); // it asks again only now and then
  const late = async () => {
    await officer.desktop.late.look();
    const rows = await lateRows(officer.desktop);
    return rows.length === 2 ? rows : null;
  };
  const rows = await until(late, 'the late work');
  expect(new Set(rows.map(({ what, said }) => `${what}: ${said}`))).toEqual(
    new Set([
      'act: Dr Ida Brandt wrote to the team: Written on the last evening.',
      'file: Dr Ida Brandt added late.txt',
    ]),
  );
  const [row] = rows;
  expect(row).toMatchObject({
    case: of,
    caseTitle: SECRETS.title,
    place: 'what was shared with Dr Ida Brandt, Fell Laboratory',
    person: 'Dr Ida Brandt',
  });
  for (const { id } of rows) expect(await decideLate(officer.desktop, id, true, '')).toEqual({ ok: true, value: null });
  const folder = await until(async () => {
    const [one] = (await rowOf(colleague, invited.guest)).folders;
    return one?.brought.find(({ name, canOpen }) => name === 'late.txt' && canOpen) ? one : null;
  }, 'the file with a colleague');
  expect(folder.said.at(-1)).toMatchObject({ by: 'Dr Ida Brandt', text: 'Written on the last evening.' });
  expect(folder.brought.find(({ name }) => name === 'late.txt')).toMatchObject({ by: 'Dr Ida Brandt' });
  expect(officer.session.facts.of('late decided').map(({ fact }) => fact.outcome)).toEqual(['adopted', 'adopted']);
}, 40_000);

it('a sponsor who leaves: the guest stands in what they left, and a named colleague answers for them', async () => {
  const made = await calls(officer).inviteGuest(of, asked({ name: 'Dr Left Behind', versions: [], may: 'contribute' }));
  if (!made.ok) throw new Error(made.cause);
  const { guest: left } = made.value;
  await until(async () => (await rowOf(colleague, left)).folders[0], 'the guest with the colleague');
  const authority = world.authority('police');
  const { person, device } = officer.session.identity;
  for (const seat of (await authority.directory.state()).holds.get(person) ?? [])
    expect((await takePost(authority, person, seat)).ok).toBe(true);
  expect((await revokeDevice(authority, device)).ok).toBe(true);
  await endGuests(authority, 'the day');
  world.publish('police');
  const things = async () => {
    const leavers = (await computeView(colleague.desktop, 'leavers')) as readonly LeaverRow[];
    const theirs = leavers.find((one) => one.person === person)?.things;
    // Their sponsor's post ended a statement before their own end came nearer.
    return theirs?.find(({ thing }) => thing.is === 'guest' && thing.until === day(7));
  };
  const row = await until(things, 'the guest among what was left');
  expect(row).toMatchObject({ thing: { name: 'Dr Left Behind', until: day(7) }, taken: null });
  const me2 = colleague.session.identity.person;
  const to = row.to.find((one) => one.person === me2);
  if (!to) throw new Error('the colleague may not');
  expect(await calls(colleague).giveOn(row.case, row.thing, to, 'DC Nair has left')).toEqual({ ok: true, value: null });
  await until(() => own(colleague)?.guests.get(left)?.sponsor === me2, 'the new sponsor');
  expect(await until(async () => (await things())?.taken, 'who has it now')).toMatchObject({ name: to.personName });
}, 40_000);
const invitedSeat = () => own(officer)?.guests.get(invited.guest)?.seat as never;
