/**
 * Break-glass from asking to its end and its judgement, with real relay, authority, profiles and vaults: no key without a
 * reason, none to whom a bar or a missing role speaks against, and nothing readable after the limit.
 */
import type { SeerRow } from '../../../shared/ipc/access.ts';
import { personView } from '../../../renderer/sync/access/people.ts';
import { whoView } from '../../../renderer/sync/access/who.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EmergencyRow } from '../../../shared/ipc/emergency.ts';
import type { AreaId, CaseId, Hash, PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import { HOUR } from '../../../shared/primitives/units.ts';
import { epochSubject } from '../../../shared/seal/boxes.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { streamOf } from '../../../shared/seal/area/places.ts';
import { doAccess } from '../../../renderer/sync/access/acts.ts';
import { askEmergency, findInEmergency } from '../../../renderer/sync/access/emergency/asking.ts';
import { endEmergency } from '../../../renderer/sync/access/emergency/ending.ts';
import { judgeEmergency } from '../../../renderer/sync/access/emergency/judging.ts';
import { emergencyRows } from '../../../renderer/sync/access/emergency/rows.ts';
import { emergenciesView } from '../../../renderer/sync/access/emergency/view.ts';
import { act } from '../../../renderer/sync/cases/pieces.ts';
import { needsOf } from '../../../renderer/sync/views/needs.ts';
import { addPerson, addPost } from '../../../sync-server/authority/acts.ts';
import { issueCode } from '../../../sync-server/authority/enrol/codes.ts';
import { addFile, makeCase } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let duty: Computer;
let plain: Computer;
/** Of the same post as the officer; comes later. */
let supervisor: Computer;
let of: CaseId;
let area: AreaId;

beforeAll(async () => {
  world = await World.begin();
  officer = await world.computer('officer', 'officer');
  duty = await dutyOfficer('Duty', ['emergency access']);
  plain = await dutyOfficer('Plain', ['officer']);
  await until(
    () =>
      [...(officer.session.directories.current(officer.session.identity.org)?.roles ?? [])].some(
        ([seat, roles]) => roles.includes('emergency access') && hasKey(seat),
      ),
    'the duty post and its key',
  );
  of = await makeCase(officer, 'R v Ash');
  area = await officer.area(of, 'working papers');
  await addFile(officer, of, 'statement.txt');
  await until(() => duty.session.facts.of('case listed').length > 0, 'the case in the index');
}, 60_000);
afterAll(() => world.end(), 20_000);

const hasKey = (seat: SeatId): boolean =>
  officer.session.directories.current(officer.session.identity.org)?.seats.has(seat) === true;

async function dutyOfficer(name: string, roles: readonly string[]): Promise<Computer> {
  const authority = world.authority('police');
  const post = await addPost(authority, `${name} inspector`, 'Control room', roles);
  if (!post.ok) throw new Error(post.cause);
  const person = await addPerson(authority, `Insp ${name}`, [`${name} inspector`]);
  if (!person.ok) throw new Error(person.cause);
  const code = await issueCode(authority, person.value, 1);
  if (!code.ok) throw new Error(code.cause);
  world.publish('police');
  const computer = world.add(new Computer(`${world.dir}/${name}`));
  await computer.enrol(world.relayUrl, code.value.code);
  return computer;
}

const REASON = 'A child is missing; the last address is in there';
const ask = (computer: Computer, why = REASON, wanted = 'r. v. ash') =>
  askEmergency(computer.session, { wanted, why, hours: 4 });
const rowOf = async (computer: Computer): Promise<EmergencyRow | undefined> =>
  (await emergenciesView(computer.desktop)).rows[0];
const wordOf = async (computer: Computer): Promise<string> => (await rowOf(computer))?.word.text ?? '';
const rows = (): readonly EmergencyRow[] => emergencyRows(officer.session, of, '');
const epoch = (): number => {
  const { access } = officer.session.log.replica(area).state;
  return access ? currentEpoch(access) : 0;
};
const opens = ({ session }: Computer): boolean => session.keyring.areaKey(area, epoch()) !== null;
const told = (): string =>
  needsOf(officer.desktop, of)
    .map(({ why }) => why)
    .join(' ');

/** An entry of the chain as a modified client would write it. */
const forge = async ({ session }: Computer, lasts: number, reason = 'ab'.repeat(32) as Hash) =>
  act(session, [
    {
      area,
      stream: await streamOf(session.platform, area, 'chain'),
      kind: 'chain',
      op: { op: 'emergency', until: session.platform.now() + lasts, reason },
      boxes: [],
    },
  ]);
const standing = (): number =>
  officer.session.log.replica(area).history.emergencies.filter(({ over }) => over === null).length;

/** Who sees the case in an emergency, and did, where the officer asks. */
const DUTY = { name: 'Insp Duty', isEmergency: true, role: 'reader' };
async function seers() {
  const place = (await whoView(officer.session, of)).places.find(({ title }) => title === 'Working papers');
  const only = (list: readonly SeerRow[]) => list.filter(({ isEmergency }) => isEmergency);
  return place && { now: only(place.now), before: only(place.before) };
}

it('finds a case by a name that one knows, and by no other; only for whom the organisation lets', async () => {
  expect(await findInEmergency(duty.session, 'R v Ash')).toMatchObject({ ok: true, value: { case: of } });
  expect(await findInEmergency(duty.session, 'R v As')).toEqual({ ok: false, cause: 'not found' });
  expect(await findInEmergency(plain.session, 'R v Ash')).toEqual({ ok: false, cause: 'not allowed' });
  const kept = JSON.stringify(duty.session.facts.of('case listed').map(({ fact }) => fact));
  expect(kept.includes('Ash'), 'the index holds no name').toBe(false);
  expect(await ask(duty, '   ')).toEqual({ ok: false, cause: 'malformed' });
  expect(await askEmergency(duty.session, { wanted: 'R v Ash', why: 'x', hours: 25 })).toEqual({
    ok: false,
    cause: 'malformed',
  });
});

it('refuses what is forged: without the right, for too long, and without a reason no key', async () => {
  await forge(plain, HOUR);
  await forge(duty, 30 * HOUR);
  await until(async () => (await duty.session.db.outbox.count()) === 0, 'the relay to have answered');
  await until(async () => (await plain.session.db.outbox.count()) === 0, 'the relay to have answered the other');
  expect(standing(), 'the relay takes neither').toBe(0);
  await forge(duty, HOUR);
  await until(() => standing() === 1, 'one without a reason, which the relay cannot know');
  await until(
    () => rows()[0]?.word.text === 'Refused: no key is given',
    'that it is refused, on the screen of the case',
  );
  expect(told()).toContain('No reason that can be checked was given');
  await officer.session.boxKeeper.look();
  const subjects = [await epochSubject(duty.session.platform, area, epoch())];
  const given = await duty.session.link.ask<'boxes'>({ t: 'boxes', subjects });
  expect(given?.t === 'boxes' ? given.boxes : null, 'a key at the relay').toEqual([]);
  const [row] = rows();
  expect(row && (await endEmergency(officer.session, of, row.reason))).toEqual({ ok: true, value: null });
  await until(() => standing() === 0 && epoch() === 2 && opens(officer), 'its end, and the next key');
  expect(
    await judgeEmergency(officer.session, of, row?.reason ?? ('' as Hash), { justified: false, note: 'No reason' }),
  ).toMatchObject({ ok: true });
});

it('waits for a colleague’s computer, and goes on by itself when one is on line', async () => {
  officer.goOffline();
  expect(await ask(duty)).toEqual({ ok: true, value: null });
  await until(async () => (await wordOf(duty)) === 'Waits for a colleague’s computer', 'whom it waits for');
  expect((await rowOf(duty))?.asked).toEqual([
    { post: 'Officer in the case, Kendal CID, Kendal', people: ['DC Priya Nair', 'DS Tom Okafor'] },
  ]);
  officer.goOnline();
  await until(() => opens(duty), 'the key, without anybody’s act');
  await until(async () => (await wordOf(duty)).startsWith('Open until'), 'the word');
  await until(async () => (await duty.view(of))?.items.some(({ file }) => file.name === 'statement.txt'), 'the case');
  expect((await duty.view(of)).areas[0]?.mayWrite).toBe(false);
  await until(
    () => told().includes('Insp Duty has opened this case in an emergency: A child is missing'),
    'the lead told',
  );
  await until(() => officer.told.includes('1 emergency'), 'a notice of the operating system');
  expect((await seers())?.now).toMatchObject([{ ...DUTY, until: null, why: REASON, denied: null }]);
  expect((await seers())?.before, 'what was forged before').toMatchObject([{ ...DUTY, why: null }]);
  const item = (await officer.view(of)).items[0]?.file.item ?? '';
  const ofFile = (await whoView(officer.session, of, 'item', item)).places[0];
  expect(ofFile?.now.filter(({ isEmergency }) => isEmergency)).toHaveLength(1);
  const { person } = duty.session.identity;
  const seen = (await personView(officer.desktop, person))?.sees.filter((one) => one.until === null);
  expect(seen).toMatchObject([{ case: of, isEmergency: true, why: REASON }]);
  expect(
    await judgeEmergency(officer.session, of, rows()[0]?.reason ?? ('' as Hash), { justified: true, note: '' }),
  ).toEqual({
    ok: false,
    cause: 'too late',
  });
});

it('ends by itself at the limit: access refused, key changed, nothing readable left there', async () => {
  const text = await officer.openDocument(area, 'summary');
  duty.goOffline();
  world.pass(5 * HOUR, duty);
  await until(() => !opens(duty) && duty.session.facts.inArea(area).length === 0, 'the local copy let go, off line');
  expect(await duty.session.records.list(`area key ${area}`)).toEqual([]);
  expect(await duty.session.db.log.where('[area+n]').between([area, 0], [area, Infinity]).count()).toBe(0);
  world.pass(5 * HOUR, officer);
  const before = epoch();
  await until(() => standing() === 0, 'the end in the chain, by a colleague’s computer');
  await until(() => epoch() > before, 'the next key');
  text.text.insert(0, 'Written after the end.');
  duty.goOnline();
  await until(() => duty.session.link.open, 'the link');
  const pulled = await duty.session.link.ask<'log'>({ t: 'pull', area, after: 0, limit: 256 });
  // Of the whole log the one entry that ended it, and nothing that was written.
  expect(pulled?.t === 'log' ? pulled.items.length : 0).toBe(1);
  expect(opens(duty)).toBe(false);
  expect(await wordOf(duty)).toBe('Over, and not judged yet');
  expect(officer.alarms).toEqual([]);
});

it('is judged afterwards, by a lead who is not the person, and told to them', async () => {
  await until(() => told().includes('Say in the case whether it was justified'), 'the review that waits');
  const reason = rows()[0]?.reason ?? ('' as Hash);
  expect(await judgeEmergency(officer.session, of, reason, { justified: false, note: '' })).toMatchObject({
    cause: 'malformed',
  });
  expect(
    await judgeEmergency(officer.session, of, reason, { justified: true, note: 'The child was found' }),
  ).toMatchObject({
    ok: true,
  });
  await until(() => told() === '', 'nothing left to do');
  expect(rows()[0]?.word.text).toBe('Judged justified by DC Priya Nair');
  await until(async () => (await wordOf(duty)) === 'Judged justified by DC Priya Nair', 'the word where it was asked');
});

it('gives nothing to who is barred, and ends it at once', async () => {
  // The relay's clock has not moved: by theirs it would be asked for too long.
  for (const computer of [duty, officer]) computer.setClock(-5 * HOUR);
  const person: PersonId = duty.session.identity.person;
  expect(await doAccess(officer.session, of, { is: 'bar', person, why: 'Her brother is the suspect' })).toMatchObject({
    cause: 'not allowed',
  });
  supervisor = await world.computer('colleague', 'officer2');
  await until(() => supervisor.session.keyring.areaKey(area, epoch()), 'the case with a supervisor');
  await until(async () => (await supervisor.word(of)) !== '', 'its row');
  expect(
    await doAccess(supervisor.session, of, { is: 'bar', person, why: 'Her brother is the suspect' }),
  ).toMatchObject({ ok: true });
  await until(() => officer.session.facts.of('barred').length > 0, 'the bar with the officer');
  const before = epoch();
  expect(await ask(duty)).toEqual({ ok: true, value: null });
  await until(() => rows().length === 3, 'the entry');
  await until(() => standing() === 0, 'its end');
  expect(opens(duty) || duty.session.keyring.areaKey(area, before) !== null).toBe(false);
});

it('with the lead off line a colleague’s computer gives the key; ended early, and judged to be wrong', async () => {
  const colleague = supervisor;
  const person: PersonId = duty.session.identity.person;
  const lift = { is: 'lift bar', person, why: 'It was another Duty' } as const;
  expect(await doAccess(colleague.session, of, lift)).toMatchObject({ ok: true });
  await until(() => colleague.session.facts.of('bar lifted').length > 0, 'the bar lifted');
  colleague.setClock(-5 * HOUR);
  officer.goOffline();
  expect(await ask(duty, 'A second child is missing')).toEqual({ ok: true, value: null });
  const opensNow = ({ session }: Computer): boolean => {
    const { access } = colleague.session.log.replica(area).state;
    return access !== null && session.keyring.areaKey(area, currentEpoch(access)) !== null;
  };
  await until(() => opensNow(duty), 'the key from the colleague, with the lead away');
  officer.goOnline();
  await until(() => told().includes('A second child is missing'), 'the lead told once they are back');
  const row = await until(() => rows().find(({ why }) => why === 'A second child is missing'), 'its row');
  expect(await endEmergency(officer.session, of, row.reason)).toEqual({ ok: true, value: null });
  await until(() => standing() === 0, 'the end');
  const before = (await seers())?.before.find(({ why }) => why === 'A second child is missing');
  expect(before).toMatchObject({ ...DUTY, until: expect.any(Number) });
  expect((await seers())?.now).toEqual([]);
  await until(() => !opensNow(duty) && duty.session.facts.inArea(area).length === 0, 'nothing left with the person');
  const wrong = { justified: false, note: 'It was curiosity' };
  expect(await judgeEmergency(duty.session, of, row.reason, wrong)).toMatchObject({ ok: false });
  expect(await judgeEmergency(officer.session, of, row.reason, wrong)).toMatchObject({ ok: true });
  const judged = () => rows().find(({ reason }) => reason === row.reason)?.word.text;
  await until(() => judged()?.startsWith('Judged not justified'), 'the judgement');
  const theirs = async () => (await emergenciesView(duty.desktop)).rows.find(({ reason }) => reason === row.reason);
  await until(
    async () => (await theirs())?.word.text.startsWith('Judged not justified'),
    'the word where it was asked',
  );
}, 40_000);
