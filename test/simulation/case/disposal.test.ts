/**
 * Disposal over a real relay, with real profiles and evidence processes on disk: two people, a hold that stops it, a computer
 * that is away, one that crashes half-way, a partner that keeps its own copy until it disposes of it too.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { addPerson, addPost } from '../../../sync-server/authority/acts.ts';
import { issueCode } from '../../../sync-server/authority/enrol/codes.ts';
import type { AreaId, CaseId, WorkId } from '../../../shared/primitives/ids.ts';
import { newId } from '../../../shared/primitives/naming.ts';
import type { ColleagueRow, WorkAct } from '../../../shared/ipc/work.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { encodeOrder } from '../../../shared/seal/area/disposal.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import { allCases, areasOf, filedIn } from '../../../renderer/sync/cases/caseIndex.ts';
import { makeArea } from '../../../renderer/sync/cases/makeArea.ts';
import { eventPiece } from '../../../renderer/sync/cases/pieces.ts';
import { doSensitive } from '../../../renderer/sync/cases/sensitive/acts.ts';
import { sensitiveOf } from '../../../renderer/sync/cases/sensitive/areas.ts';
import { doWork } from '../../../renderer/sync/cases/work/doing.ts';
import { workOf } from '../../../renderer/sync/cases/work/folded.ts';
import { knownDisposals } from '../../../renderer/sync/disposal/known.ts';
import { computeView } from '../../../renderer/sync/views/views.ts';
import { makeCase, me, releaseTo } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { EvidenceLine } from '../files/evidenceLine.ts';
import { World } from '../world.ts';

let world: World;
let both: Computer;
let sergeant: Computer;
let away: Computer;
let crashing: Computer;
/** Of the prosecution, which shares the Case file: two records managers. */
let ruth: Computer;
let ivo: Computer;
let of: CaseId;
let areas: readonly AreaId[];
let file: FileRecord;
const CONTENT = 'A statement that nobody may keep. '.repeat(40);

async function enrolled(name: string, code: () => Promise<string>): Promise<Computer> {
  const computer = world.add(new Computer(path.join(world.dir, name)));
  computer.evidence = new EvidenceLine(computer.folder);
  await computer.enrol(world.relayUrl, await code());
  return computer;
}

const take = <T>(result: { ok: true; value: T } | { ok: false; cause: string }): T => {
  if (!result.ok) throw new Error(result.cause);
  return result.value;
};

/** Two of the prosecution who may dispose, and hold the post that packages go to. */
async function recordsManagers(): Promise<[Computer, Computer]> {
  const authority = world.authority('prosecution');
  take(await addPost(authority, 'Records manager, Fellshire', 'Fellshire', ['records manager']));
  const posts = ['Charging lawyer, Fellshire', 'Records manager, Fellshire'];
  const made: Computer[] = [];
  for (const name of ['Ruth Oake', 'Ivo Pell']) {
    const person = take(await addPerson(authority, name, posts));
    world.publish('prosecution');
    made.push(await enrolled(name, async () => take(await issueCode(authority, person, 1)).code));
  }
  return made as [Computer, Computer];
}

beforeAll(async () => {
  world = await World.begin();
  [both, sergeant, away, crashing] = await Promise.all([
    enrolled('both', () => world.code('officer2')),
    enrolled('sergeant', () => world.code('sergeant')),
    enrolled('away', () => world.code('officer')),
    enrolled('crashing', () => world.code('officer')),
  ]);
  [ruth, ivo] = await recordsManagers();
  of = await makeCase(both);
  file = await addReal(both);
  const sent = await releaseTo(both, of, [file]);
  for (const one of [ruth, ivo])
    await until(() => one.desktop.moving.here.has(file.content.version), 'the file at the prosecution');
  expect(sent).toBeTruthy();
  for (const one of [both, away, crashing, ruth, ivo]) await one.area(of, 'case file');
  const to = await colleague('PS Ruth Vane');
  await does(both, { is: 'review asked', stage: 'charging', to, note: '' });
  await sergeant.area(of, 'case file');
  take(await doSensitive(both.session, of, { is: 'begin' }));
  for (const one of [away, crashing])
    await until(() => sensitiveOf(one.session, of).length === 1, 'sensitive material apart');
  areas = [...areasOf(both.session, of), ...sensitiveOf(both.session, of)].map(({ area }): AreaId => area);
  expect(areas).toHaveLength(3);
}, 60_000);
afterAll(() => world.end(), 20_000);

async function addReal(computer: Computer): Promise<FileRecord> {
  const folder = path.join(world.dir, 'drive');
  await mkdir(folder, { recursive: true });
  const chosen = path.join(folder, 'MG11.txt');
  await writeFile(chosen, CONTENT);
  const { evidence, desktop } = computer;
  take(await desktop.importing.add(of, (await evidence?.choose([chosen])) ?? []));
  return until(() => filedIn(computer.session, of)[0]?.fact.file, 'the file');
}
async function colleague(name: string) {
  const rows = (await computeView(both.desktop, 'colleagues')) as readonly ColleagueRow[];
  return rows.find(({ party }) => party.personName === name)?.party ?? expect.fail('nobody of that name');
}
async function does({ session }: Computer, what: WorkAct): Promise<WorkId> {
  return take(await doWork(session, of, what)) as WorkId;
}
const sees = (computer: Computer, is: (state: ReturnType<typeof workOf>) => boolean, what: string): Promise<unknown> =>
  until(() => is(workOf(computer.session, of)), what);

const orGone = (read: Promise<Buffer>): Promise<Buffer> =>
  read.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });

/** All that is on this computer: its folder, and the rows of its database. */
async function kept(computer: Computer): Promise<Buffer> {
  const rows: Buffer[] = [];
  for (const table of computer.session.db.tables)
    for (const row of (await table.toArray()) as Record<string, unknown>[])
      rows.push(
        ...Object.values(row).map((value) =>
          value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(JSON.stringify(value) ?? ''),
        ),
      );
  return Buffer.concat([await inFolder(computer.folder), ...rows]);
}
async function inFolder(folder: string): Promise<Buffer> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = files.map(({ name }) => Buffer.from(name));
  // What is deleted between the list and the reading is gone, which is what is waited for.
  const read = files.filter((one) => one.isFile()).map((one) => orGone(readFile(path.join(one.parentPath, one.name))));
  return Buffer.concat([...names, ...(await Promise.all(read))]);
}

interface Needle {
  readonly name: string;
  readonly bytes: Buffer;
  readonly area: AreaId | null;
}
/** The sealed bytes, keys and chunks of the case, as they stand now. */
async function needles({ session }: Computer): Promise<readonly Needle[]> {
  const found: Needle[] = [];
  for (const row of await session.db.log
    .where('area')
    .anyOf(areas as AreaId[])
    .toArray()
    .catch(() => [])) {
    const entry = row.entry && decodeEntry(row.entry);
    if (entry?.ok && 'sealed' in entry.value.seal)
      found.push({ name: `entry ${row.n}`, bytes: Buffer.from(entry.value.seal.sealed), area: row.area });
  }
  for (const area of areas) {
    const key = session.keyring.areaKey(area, 1);
    if (key) found.push({ name: 'area key', bytes: Buffer.from(key), area });
  }
  for (const { hash } of file.content.chunks) found.push({ name: 'chunk', bytes: Buffer.from(hash), area: null });
  return found;
}
/** Waits until none of it is found; ends with what was. */
async function without(read: () => Promise<Buffer>, doomed: readonly Needle[]): Promise<void> {
  let found: string[] = [];
  await until(
    async () => (found = holds(await read(), doomed)).length === 0,
    () => found.join(),
  );
}
const holds = (bytes: Buffer, wanted: readonly Needle[]): string[] =>
  wanted.filter((needle) => bytes.includes(needle.bytes)).map(({ name }) => name);

/** The computers that have not answered, as the record names them. */
async function silent(computer: Computer): Promise<string[]> {
  const [disposal] = await knownDisposals(computer.session);
  return (disposal?.recorded.fact.devices ?? [])
    .filter(({ device }) => !disposal?.destroyed.has(device))
    .map(({ name }) => name);
}
const isGone = (computer: Computer): boolean => !allCases(computer.session).includes(of);

let wanted: readonly Needle[];
let disposal: WorkId;

it('is proposed only of a closed case that a review decided to dispose of', async () => {
  const asked = { is: 'disposal asked', reason: 'its time has come' } as const;
  expect(await doWork(both.session, of, asked)).toEqual({ ok: false, cause: 'not allowed' });
  await does(both, { is: 'closed', outcome: 'No further action', retention: 'group-3', reason: 'over' });
  expect(await doWork(both.session, of, asked)).toEqual({ ok: false, cause: 'not reviewed' });
  const review = {
    is: 'retention reviewed',
    decision: 'dispose',
    retention: null,
    rationale: 'six years',
    next: null,
  } as const;
  await does(both, review);
  disposal = await does(both, asked);
  expect(await doWork(both.session, of, { is: 'disposal agreed', disposal })).toMatchObject({ ok: false });
});

it('is stopped by a hold of which the second person did not know', async () => {
  await until(() => sergeant.session.facts.of('disposal asked').length === 2, 'the proposal, in both places');
  sergeant.goOffline();
  await does(sergeant, { is: 'disposal agreed', disposal });
  const hold = await does(both, { is: 'held', reason: 'an appeal is open', until: null });
  await until(async () => (await both.session.db.outbox.count()) === 0, 'the hold at the relay');
  sergeant.goOnline();
  await sees(both, ({ refused }) => refused.some(({ action }) => action === 'disposal agreed'), 'the refusal');
  await until(async () => (await sergeant.session.db.outbox.count()) === 0, 'all of hers at the relay');
  expect(workOf(sergeant.session, of).disposals[0]?.agreed).toBe(null);
  expect(await knownDisposals(sergeant.session)).toEqual([]);
  await does(both, { is: 'hold lifted', hold, reason: 'dismissed' });
  await sees(sergeant, ({ holds: all }) => all.every(({ lifted }) => lifted !== null), 'the lifting');
});

it('is not what one person alone makes of it, with a client of their own making', async () => {
  const { session } = both;
  const by = me(session);
  const id = newId<WorkId>(session.platform);
  const body = encodeOrder({ org: by.org, disposal: id, areas, time: session.platform.now() });
  const signature = await session.vault.sign(LABEL.disposal, [body]);
  const one = { device: session.identity.device, signature };
  const seats = [...(session.log.replica(areas[0] as AreaId).access?.seats.values() ?? [])];
  const made = await makeArea(session, { kind: 'disposal record', owner: by.org, seats, from: null });
  const said = { by: { ...by, person: newId<typeof by.person>(session.platform) }, at: 1 };
  const fact = await eventPiece(session, made.area, {
    is: 'disposal recorded',
    id,
    case: of,
    urn: null,
    outcome: '',
    retention: null,
    rationale: '',
    reason: 'alone',
    asked: said,
    order: { body, signatures: [one, one] },
    devices: [],
    remains: [],
    by,
    at: session.platform.now(),
  });
  expect((await session.log.writer.write([made.piece, fact])).ok).toBe(true);
  await until(() => away.session.facts.of('disposal recorded').length === 1, 'the forged record');
  expect(await session.link.ask({ t: 'dispose', order: { body, signatures: [one, one] }, also: [] })).toMatchObject({
    cause: 'no right',
  });
  for (const computer of [both, away]) {
    expect(await knownDisposals(computer.session)).toEqual([]);
    expect(isGone(computer)).toBe(false);
  }
});

it('destroys what every computer and the relay hold, names the one that is away, and goes on after a crash', async () => {
  wanted = await needles(both);
  expect(wanted.length).toBeGreaterThan(10);
  for (const one of [both, away, crashing]) expect(holds(await kept(one), wanted)).not.toEqual([]);
  expect(holds(await inFolder(world.relayFolder), wanted)).not.toEqual([]);
  away.goOffline();
  crashing.session.log.forgetting.forget = () => new Promise(() => {});
  await does(sergeant, { is: 'disposal agreed', disposal });
  await until(() => isGone(both) && isGone(sergeant), 'the case gone');
  await until(async () => (await crashing.session.records.list('disposal ')).length === 1, 'begun');
  expect(isGone(crashing)).toBe(false);
  await crashing.crash();
  await until(() => isGone(crashing), 'gone on with');
  await until(async () => (await silent(both)).length === 1, 'one that is silent');
  expect(await silent(both)).toEqual(['test laptop of DC Priya Nair, Fellshire Police']);
  for (const one of [both, sergeant, crashing]) await without(() => kept(one), wanted);
  const papers = wanted.filter(({ area }) => area === areas[0] || area === areas[2]);
  await until(async () => (await knownDisposals(both.session))[0]?.relay.size === 3, 'the word of the relay');
  expect(holds(await inFolder(world.relayFolder), papers)).toEqual([]);
  const [known] = await knownDisposals(both.session);
  expect([...(known?.relay.values() ?? [])].map(({ gone }) => String(gone)).toSorted()).toEqual([
    'false',
    'true',
    'true',
  ]);
  const said = [...(known?.destroyed.values() ?? [])].map(({ fact }) => fact.what);
  expect(said.every((what) => what?.files === 1 && what.chunks === file.content.chunks.length)).toBe(true);
  // One person has several of these computers, and is told of each that came.
  const alarms = [both, sergeant, crashing].flatMap((one) => one.alarms);
  expect(alarms.filter((alarm) => !alarm.startsWith('A computer was added for you'))).toEqual([]);
});

it('is done by a computer that comes back, before anything is said of a relay that holds back', async () => {
  expect(isGone(away)).toBe(false);
  await away.crash();
  expect(isGone(away)).toBe(false);
  away.goOnline();
  await until(() => isGone(away), 'the case gone there too');
  await until(async () => (await silent(both)).length === 0, 'nobody silent');
  await without(() => kept(away), wanted);
  expect(away.alarms.join('\n')).toBe('');
  await away.crash();
  expect(isGone(away)).toBe(true);
  expect(away.alarms.join('\n')).toBe('');
});

it('leaves the partner its own copy, until two of its people dispose of it too', async () => {
  expect(isGone(ruth)).toBe(false);
  expect(holds(await inFolder(world.relayFolder), wanted)).toContain('chunk');
  const review = {
    is: 'retention reviewed',
    decision: 'dispose',
    retention: null,
    rationale: 'by schedule',
    next: null,
  } as const;
  await does(ruth, review);
  const own = await does(ruth, { is: 'disposal asked', reason: 'by schedule' });
  await sees(ivo, ({ disposals }) => disposals.some(({ id }) => id === own), 'the proposal');
  await does(ivo, { is: 'disposal agreed', disposal: own });
  await until(() => isGone(ruth) && isGone(ivo), 'gone at the prosecution');
  await without(() => inFolder(world.relayFolder), wanted);
  for (const one of [ruth, ivo]) await without(() => kept(one), wanted);
});
