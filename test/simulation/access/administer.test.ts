/**
 * An administrator at work in the application: what they ask goes sealed through the relay to their authority, which signs what
 * follows. Nobody else may, nobody changes their own access, and what is repeated on its way is not done twice.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessView, personView } from '../../../renderer/sync/access/people.ts';
import { accessNeeds } from '../../../renderer/sync/access/needs.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { utf8 } from '../../../shared/primitives/bytes.ts';
import { importPersonnel } from '../../../sync-server/authority/hr/hrImport.ts';
import { accessCalls } from '../../../renderer/sync/access/calls.ts';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import type { AdminAct, AdminAnswer } from '../../../shared/wire/administer.ts';
import { giveRoles } from '../../../sync-server/authority/acts.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let admin: Computer;
let officer: Computer;
let ownSeat: SeatId;

beforeAll(async () => {
  world = await World.begin();
  officer = await world.computer('officer', 'officer');
  ({ seat: ownSeat, computer: admin } = await world.computerInNewPost('Ola Finch', 'police', 'Access administrator'));
  expect((await giveRoles(world.authority('police'), ownSeat, ['administrator'])).ok).toBe(true);
}, 40_000);
afterAll(() => world.end(), 20_000);

const own = ({ session }: Computer) => session.directories.current(session.identity.org);
const personOf = ({ session }: Computer): PersonId => session.identity.person;
const seatOf = (title: string): SeatId =>
  [...(own(admin)?.posts.values() ?? [])].find((post) => post.title === title)?.seat as SeatId;

async function asks(by: Computer, act: AdminAct): Promise<AdminAnswer> {
  const answer = await accessCalls(by.desktop).administer(act);
  if (!answer.ok) throw new Error(answer.cause);
  return answer.value;
}
const declined = (cause: string): object => ({ is: 'declined', cause });

it('gives and takes a post, which every computer then sees', async () => {
  const seat = seatOf('Supervisor, Kendal CID');
  const person = personOf(officer);
  expect(await asks(admin, { is: 'give post', person, seat, from: null, until: null })).toEqual({ is: 'done' });
  await until(() => own(officer)?.holds.get(person)?.has(seat) === true, 'the post');
  expect(await asks(admin, { is: 'about', person })).toMatchObject({ is: 'about' });
  expect(await asks(admin, { is: 'take post', person, seat })).toEqual({ is: 'done' });
  await until(() => own(officer)?.holds.get(person)?.has(seat) === false, 'the end of it');
});

it('previews a move, and changes nothing by it', async () => {
  const state = await world.authority('police').directory.state();
  const ruth = [...state.people.values()].find(({ name }) => name === 'PS Ruth Vane');
  const found = await asks(admin, {
    is: 'preview',
    person: ruth?.person as PersonId,
    title: 'Officer in the case, Kendal CID',
    unit: 'Kendal',
  });
  if (found.is !== 'preview') throw new Error(found.is);
  expect(found.gains).toContain('Officer in the case, Kendal CID, Kendal');
  expect(found.loses).toEqual(['Supervisor, Kendal CID, Kendal', 'role: supervisor']);
  expect((await world.authority('police').directory.state()).n).toBe(state.n);
});

it('nobody else may, and nobody for themselves', async () => {
  const person = personOf(officer);
  const give: AdminAct = { is: 'give post', person, seat: ownSeat, from: null, until: null };
  expect(await asks(officer, give)).toEqual(declined('not yours'));
  expect(await asks(officer, { is: 'about', person })).toEqual(declined('not yours'));
  expect(await asks(officer, { is: 'leavers' })).toEqual(declined('not yours'));
  expect(await asks(officer, { is: 'hold', person, reason: 'x' })).toEqual(declined('not yours'));
  expect(await asks(admin, { ...give, person: personOf(admin) })).toEqual(declined('own access'));
  expect(await asks(admin, { is: 'end', person: personOf(admin) })).toEqual(declined('own access'));
});

it('adds, renames and ends posts, and says what they may do and what a person has', async () => {
  expect(await asks(admin, { is: 'add post', title: 'Analyst', unit: 'Kendal', roles: ['officer'] })).toEqual({
    is: 'done',
  });
  await until(() => seatOf('Analyst'), 'the post');
  const [seat, person] = [seatOf('Analyst'), personOf(officer)];
  expect(await asks(admin, { is: 'roles', seat, roles: ['paralegal'] })).toEqual({ is: 'done' });
  expect(await asks(admin, { is: 'roles', seat, roles: ['king'] })).toEqual(declined('malformed'));
  expect(await asks(admin, { is: 'give post', person, seat, from: null, until: null })).toEqual({ is: 'done' });
  expect(await asks(admin, { is: 'rename post', seat, title: 'Senior analyst', unit: 'Penrith' })).toEqual({
    is: 'done',
  });
  await until(() => own(officer)?.posts.get(seat)?.unit === 'Penrith', 'the post under its new name');
  expect(own(officer)?.holds.get(person)?.has(seat), 'who holds it holds it on').toBe(true);
  expect(own(officer)?.roles.get(seat)).toEqual(['paralegal']);
  expect(await asks(admin, { is: 'end post', seat })).toEqual({ is: 'done' });
  await until(() => own(officer)?.holds.get(person)?.has(seat) === false, 'the end of the post');
  expect(own(officer)?.roles.get(seat)).toEqual([]);
  expect(await asks(admin, { is: 'attributes', person, has: ['SC', 'NPPV3'] })).toEqual({ is: 'done' });
  await until(() => own(officer)?.attributes.get(person)?.includes('SC'), 'the attributes');
  // One's own post is somebody else's to change.
  for (const act of [
    { is: 'roles' as const, seat: ownSeat, roles: ['auditor'] },
    { is: 'end post' as const, seat: ownSeat },
    { is: 'rename post' as const, seat: ownSeat, title: 'x', unit: '' },
  ])
    expect(await asks(admin, act)).toEqual(declined('own access'));
});

it('a personal grant is its owner’s to renew or end, and nobody else’s', async () => {
  const seat = seatOf('Supervisor, Kendal CID');
  const person = personOf(officer);
  const day = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  const give = { is: 'give post' as const, person, seat, from: null, until: day(20) };
  expect(await asks(admin, { ...give, until: null, owner: personOf(admin) })).toEqual(declined('malformed'));
  expect(await asks(admin, { ...give, owner: personOf(admin) })).toEqual({ is: 'done' });
  await until(() => own(officer)?.holds.get(person)?.has(seat) === true, 'the post');
  const calls = accessCalls(admin.desktop);
  const mine = await calls.personalGrants();
  expect(mine).toMatchObject({ ok: true, value: [{ name: 'DC Priya Nair', until: day(20), asks: 'ends' }] });
  const needs = async () => (await accessNeeds(admin.session)).map(({ text }) => text);
  await until(async () => (await needs()).some((text) => text.startsWith('Renew Supervisor')), 'the reminder');
  expect(await accessCalls(officer.desktop).personalGrants()).toEqual({ ok: true, value: [] });
  // Who holds it sees its last day, and is warned in its last week, off line too.
  const lastDay = async () =>
    (await personView(officer.desktop, person))?.held.find((one) => one.seat === seat && one.until === null)?.lastDay;
  await until(async () => (await lastDay()) === day(20), 'the last day, shown to who holds it');
  const ending = async () => (await accessView(officer.session)).ending;
  expect(await ending()).toEqual([]);
  officer.goOffline();
  officer.pass(14 * DAY);
  await officer.crash();
  await until(async () => (await ending())[0]?.until === day(20), 'the warning');
  expect(await ending()).toEqual([{ until: day(20), posts: ['Supervisor, Kendal CID, Kendal'] }]);
  officer.pass(-14 * DAY);
  officer.goOnline();
  expect((await accessCalls(officer.desktop).renewPersonal(person, seat, day(90))).ok).toBe(false);
  expect(await calls.renewPersonal(person, seat, day(90))).toEqual({ ok: true, value: null });
  expect(await needs()).toEqual([]);
  expect(await calls.renewPersonal(person, seat, null)).toEqual({ ok: true, value: null });
  await until(() => own(officer)?.holds.get(person)?.has(seat) === false, 'the end of it');
});

it('is done once however often it comes, and stands on record with who asked', async () => {
  const authority = world.authority('police');
  const acts = authority.store.admin.acts().length;
  const { vault } = admin.session;
  const ask = {
    do: 'administer' as const,
    id: 'ab'.repeat(16),
    act: { is: 'add person' as const, name: 'Ned Hall', seats: [] },
  };
  const [one, other] = [await vault.askAuthority(ask), await vault.askAuthority(ask)];
  expect(other).toEqual(one);
  const named = [...(await authority.directory.state()).people.values()].filter(({ name }) => name === 'Ned Hall');
  expect(named).toHaveLength(1);
  const rows = authority.store.admin.acts();
  expect(rows).toHaveLength(acts + 1);
  expect(rows.at(-1)).toMatchObject({ person: personOf(admin), device: admin.session.identity.device });
  // Another computer cannot pass off an act as one that was done.
  const stolen = await officer.session.vault.askAuthority(ask);
  expect(stolen).toMatchObject({ ok: true, value: { answer: declined('not yours') } });
});

it('hands out a code, and keeps none of it', async () => {
  const made = await asks(admin, { is: 'code', person: personOf(officer) });
  if (made.is !== 'code') throw new Error(made.is);
  const kept = world.authority('police').store.admin.acts();
  expect(JSON.stringify(kept)).not.toContain(made.code);
  expect(JSON.stringify(kept)).not.toContain(made.code.replaceAll('-', ''));
});

it('ends somebody’s access: their open profile locks', async () => {
  const { computer } = await world.computerInNewPost('Kit Lowe', 'police', 'Clerk of the store');
  const person = personOf(computer);
  await until(() => own(admin)?.people.has(person) === true, 'the person');
  expect(await asks(admin, { is: 'end', person })).toEqual({ is: 'done' });
  await until(async () => (await computer.lockedWhy()) === 'ended', 'the profile locked');
  expect(await asks(admin, { is: 'leavers' })).toMatchObject({ rows: [{ person, name: 'Kit Lowe', hold: null }] });
  expect(await asks(admin, { is: 'code', person })).toEqual(declined('not in'));
  expect(await asks(admin, { is: 'let in', person })).toEqual({ is: 'done' });
  expect(await asks(admin, { is: 'about', person })).toMatchObject({ posts: [], ended: null });
  expect((await asks(admin, { is: 'code', person })).is).toBe('code');
});

it('holds what is kept of a leaver, and lifts it, on record', async () => {
  const take = async (...rows: readonly string[]): Promise<void> => {
    const bytes = utf8(['staff number,name,unit,post,start,end', ...rows].join('\n'));
    const taken = await importPersonnel(world.authority('police'), bytes, { dryRun: false, force: true });
    expect(taken.ok).toBe(true);
  };
  const stays = 'E2,Sam Hale,Penrith,Clerk,2020-01-06';
  await take('E1,Lena Farr,Penrith,Clerk,2020-01-06', stays);
  await take(stays);
  const rowOf = async () => {
    const answer = await asks(admin, { is: 'leavers' });
    return answer.is === 'leavers' ? answer.rows.find(({ name }) => name === 'Lena Farr') : undefined;
  };
  const row = await until(rowOf, 'the leaver');
  const { person } = row;
  expect(row).toMatchObject({ hold: null });
  expect(row.deleted > row.left).toBe(true);
  expect(await asks(admin, { is: 'end hold', person })).toEqual(declined('not known'));
  expect(await asks(admin, { is: 'hold', person, reason: 'an inquiry' })).toEqual({ is: 'done' });
  expect(await rowOf()).toMatchObject({ hold: 'an inquiry', deleted: row.deleted });
  expect(await asks(admin, { is: 'end hold', person })).toEqual({ is: 'done' });
  expect(await rowOf()).toMatchObject({ hold: null });
  const record = await asks(admin, { is: 'record' });
  const held = record.is === 'record' ? record.rows.filter((one) => one.what.startsWith('h')) : [];
  expect(held.map(({ what, source, about }) => [what, source, about])).toEqual([
    ['hold ended', 'an administrator', null],
    ['held', 'an administrator', 'an inquiry'],
  ]);
});
