/**
 * Sent in error, over a real relay and real evidence processes: keys and chunks go from every computer of the receiver and
 * from the relay, each computer signs, one that is off line is named until it has; the rest of a package stays, also for a
 * computer that comes later; and nobody can have destroyed what they did not send.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { encodeFact } from '../../../shared/model/events.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { FileRow, PackageRow } from '../../../shared/ipc/worker.ts';
import type { CaseId, PackageId, VersionId } from '../../../shared/primitives/ids.ts';
import { computeView } from '../../../renderer/sync/views/views.ts';
import { filedIn, packageOf } from '../../../renderer/sync/cases/caseIndex.ts';
import { sentInError } from '../../../renderer/sync/cases/inError/marking.ts';
import { letIn } from '../../../renderer/sync/access/acts.ts';
import { act, intakePiece } from '../../../renderer/sync/cases/pieces.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { recordLook } from '../../../renderer/sync/cases/release/receiving.ts';
import { showProof } from '../../../renderer/sync/cases/proof.ts';
import { releaseTo, makeCase, me } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { computerWithFiles } from './withFiles.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let prosecutor: Computer;
let away: Computer;
let of: CaseId;
let files: readonly FileRecord[];
let first: PackageId;

beforeAll(async () => {
  world = await World.begin();
  [officer, prosecutor, away] = await Promise.all([
    computerWithFiles(world, 'officer', 'officer'),
    computerWithFiles(world, 'prosecutor', 'prosecutor'),
    computerWithFiles(world, 'away', 'prosecutor2'),
  ]);
  of = await makeCase(officer);
  files = await add('Wanted.txt', 'Not wanted.txt');
  first = await releaseTo(officer, of, files);
  for (const computer of [prosecutor, away]) for (const file of files) await here(computer, file);
  await until(() => filedIn(prosecutor.session, of).length === 2, 'both in the Case file');
}, 60_000);
afterAll(() => world.end(), 20_000);

async function add(...names: readonly string[]): Promise<readonly FileRecord[]> {
  const folder = path.join(world.dir, 'drive');
  await mkdir(folder, { recursive: true });
  for (const name of names) await writeFile(path.join(folder, name), `What stands in ${name}. `.repeat(60));
  const tokens = await officer.evidence?.choose(names.map((name) => path.join(folder, name)));
  expect((await officer.desktop.importing.add(of, tokens ?? [])).ok).toBe(true);
  return until(() => {
    const added = filedIn(officer.session, of).flatMap(({ fact }) => (fact.is === 'added' ? [fact.file] : []));
    const mine = names.flatMap((name) => added.find((one) => one.name === name) ?? []);
    return mine.length === names.length && mine;
  }, 'the files added');
}
const here = (computer: Computer, file: FileRecord): Promise<unknown> =>
  until(() => computer.desktop.moving.here.has(file.content.version), `${file.name} there`);

async function inFolder(folder: string): Promise<Buffer> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const read = all.filter((one) => one.isFile()).map((one) => readFile(path.join(one.parentPath, one.name)));
  return Buffer.concat([...all.map(({ name }) => Buffer.from(name)), ...(await Promise.all(read))]);
}
/** Every entry that this computer can open, opened or sealed: a key that is in none of them is nowhere. */
async function knowsKey({ session }: Computer, { content }: FileRecord): Promise<boolean> {
  const facts = session.facts.all().some((one) => holdsBytes(one.fact, content.key));
  return facts || Buffer.from(JSON.stringify(await session.db.letters.toArray())).includes(Buffer.from(content.key));
}
function holdsBytes(value: unknown, wanted: Uint8Array): boolean {
  if (value instanceof Uint8Array) return Buffer.from(value).includes(Buffer.from(wanted));
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => holdsBytes(one, wanted));
}
/** The sealed content of the entries that hold this file's key, as they stood before. */
async function sealedOf({ session }: Computer, { content }: FileRecord): Promise<Buffer[]> {
  const found: Buffer[] = [];
  for (const { hash, fact } of session.facts.all()) {
    if (!holdsBytes(fact, content.key)) continue;
    const row = await session.db.log.where('hash').equals(hash).first();
    const entry = row?.entry && decodeEntry(row.entry);
    if (entry && entry.ok && 'sealed' in entry.value.seal) found.push(Buffer.from(entry.value.seal.sealed));
  }
  return found;
}
async function rowOf(computer: Computer, id: PackageId): Promise<PackageRow> {
  const row = (await computer.view(of)).packages.find((one) => one.package === id);
  if (!row) throw new Error('no such package');
  return row;
}
const HERE = { whole: true, taken: false, ended: false, arriving: null };
const fileIn = (row: PackageRow, { content }: FileRecord): FileRow =>
  row.files.find(({ version }) => version === content.version) as FileRow;
/** What a window that has it open is told. */
const whileOpen = (computer: Computer, { content }: FileRecord): Promise<unknown> =>
  computeView(computer.desktop, `shown:${content.version}`);
const says = (computer: Computer, id: PackageId, file: FileRecord, text: string): Promise<unknown> =>
  until(async () => fileIn(await rowOf(computer, id), file).condition?.text === text, text);

it('destroys key and chunks of one file there and at the relay; one that is off line is named until it has', async () => {
  const [wanted, wrong] = files as [FileRecord, FileRecord];
  await recordLook(prosecutor.session, wrong.content.version, 'exported');
  await until(async () => fileIn(await rowOf(officer, first), wrong).receipts.length > 2, 'the export known');
  const sealed = await sealedOf(prosecutor, wrong);
  expect(sealed.length).toBe(2); // the letter, and where it entered the Case file
  const chunks = wrong.content.chunks.map(({ hash }) => Buffer.from(hash));
  const relayBefore = await inFolder(world.relayFolder);
  for (const one of [...sealed, ...chunks]) expect(relayBefore.includes(one)).toBe(true);
  expect(await whileOpen(prosecutor, wrong)).toEqual({ ...HERE, condition: null });
  away.goOffline();
  const done = await sentInError(officer.session, first, [wrong.content.version], 'It names somebody else.');
  expect(done).toEqual({ ok: true, value: null });

  await says(officer, first, wrong, 'Sent in error: 1 of 2 devices have destroyed it');
  const [error] = (await rowOf(officer, first)).errors;
  expect(error).toMatchObject({ reason: 'It names somebody else.', files: ['Not wanted.txt'], whole: false });
  expect(error?.seen.join()).toContain('had been exported by Helen Marsh');
  expect(error?.computers.map(({ name, destroyed }) => [name, destroyed !== null])).toEqual(
    expect.arrayContaining([
      [expect.stringContaining('Helen Marsh'), true],
      [expect.stringContaining('Idris Bell'), false],
    ]),
  );
  const proof = error?.computers.find(({ proof: one }) => one !== null)?.proof;
  expect(proof && (await showProof(officer.session, proof))).toMatchObject({ ok: true, value: { verified: true } });

  expect(await knowsKey(prosecutor, wrong)).toBe(false);
  const disk = await inFolder(prosecutor.folder);
  for (const one of chunks) expect(disk.includes(one)).toBe(false);
  const shown = fileIn(await rowOf(prosecutor, first), wrong);
  expect([shown.here?.text, shown.canOpen]).toEqual(['Destroyed on this computer', false]);
  expect(shown.condition?.why).toContain('It names somebody else.');
  expect(await whileOpen(prosecutor, wrong)).toEqual({
    ...HERE,
    whole: false,
    taken: true,
    condition: shown.condition,
  });
  for (const computer of [prosecutor, officer]) expect(await whileOpen(computer, wanted)).toMatchObject(HERE);
  expect(await whileOpen(officer, wrong)).toEqual({ ...HERE, condition: null });
  const unknown = { content: { version: '0'.repeat(32) as VersionId } } as FileRecord;
  expect(await whileOpen(officer, unknown)).toBe(null);
  await until(async () => {
    const relay = await inFolder(world.relayFolder);
    return [...sealed, ...chunks].every((one) => !relay.includes(one));
  }, 'gone at the relay');
  expect(fileIn(await rowOf(prosecutor, first), wanted).canOpen).toBe(true);
  expect(officer.desktop.moving.here.has(wrong.content.version)).toBe(true);
});

it('is done by a computer that was away, also where it stops half-way', async () => {
  const wrong = files[1] as FileRecord;
  expect(await knowsKey(away, wrong)).toBe(true);
  let begun = false;
  away.session.log.forgetting.forget = () => {
    begun = true;
    return new Promise(() => {});
  };
  away.goOnline();
  await until(() => begun, 'its beginning');
  expect(await knowsKey(away, wrong)).toBe(true);
  await away.crash();
  away.goOnline();
  await says(officer, first, wrong, 'Sent in error: 2 of 2 devices have destroyed it');
  expect(await knowsKey(away, wrong)).toBe(false);
  await away.crash();
  expect(await knowsKey(away, wrong)).toBe(false);
  expect([officer, prosecutor, away].flatMap(({ alarms }) => alarms)).toEqual([]);
});

it('leaves the rest of the package, also to a computer that comes later', async () => {
  const [wanted, wrong] = files as [FileRecord, FileRecord];
  const later = await computerWithFiles(world, 'later', 'prosecutor');
  await here(later, wanted);
  const row = await rowOf(later, first);
  expect(fileIn(row, wanted).canOpen).toBe(true);
  expect(fileIn(row, wrong).canOpen).toBe(false);
  expect(await knowsKey(later, wrong)).toBe(false);
  await until(() => later.session.facts.of('copy destroyed').some(({ device }) => device === later.session.identity.device), 'its word'); // prettier-ignore
  expect(later.alarms).toEqual([]);
});

it('can be said of a whole package: its text goes too, and nothing of it is accepted any more', async () => {
  const [file] = (await add('All of it.txt')) as [FileRecord];
  const id = await releaseTo(officer, of, [file]);
  await here(prosecutor, file);
  await until(async () => (await rowOf(prosecutor, id)).can.accept, 'it can be accepted');
  expect((await sentInError(officer.session, id, 'all', 'The wrong case.')).ok).toBe(true);
  const text = 'Sent in error: 3 of 3 devices have destroyed it';
  for (const computer of [officer, prosecutor])
    await until(async () => (await rowOf(computer, id)).word.text === text, text);
  const there = await rowOf(prosecutor, id);
  expect([there.summary, there.record, there.can.accept, there.can.return]).toEqual(['', [], false, false]);
  expect(await sentInError(officer.session, id, 'all', 'again')).toEqual({ ok: false, cause: 'already done' });
});

/** The post that holds no part in the intake of who released it. */
async function letSupervisorsIn(): Promise<void> {
  const posts = officer.session.directories.current(officer.session.identity.org)?.posts.values() ?? [];
  const supervisors = [...posts].find(({ title }) => title.startsWith('Supervisor'));
  if (!supervisors) throw new Error('no such post');
  const given = { seat: supervisors.seat, role: 'contributor', until: null, why: 'To look after it.' } as const;
  expect((await letIn(officer.session, of, { ...given, request: null })).ok).toBe(true);
}

it('counts from a supervisor who did not release it, and is answered to both, also by a computer that comes later', async () => {
  const named = await add('Sergeant wants this.txt', 'Sergeant wants that gone.txt');
  const [wanted, wrong] = named as [FileRecord, FileRecord];
  const id = await releaseTo(officer, of, named);
  for (const file of named) await here(prosecutor, file);
  const sergeant = await computerWithFiles(world, 'sergeant', 'sergeant');
  await letSupervisorsIn();
  await until(() => packageOf(sergeant.session, id)?.sentAt, 'the package there');
  const said = await sentInError(sergeant.session, id, [wrong.content.version], 'Said by a supervisor.');
  expect(said).toEqual({ ok: true, value: null });
  for (const computer of [officer, sergeant])
    await until(
      async () => {
        const [error] = (await rowOf(computer, id)).errors;
        return error && error.computers.length > 0 && error.computers.every((one) => one.destroyed);
      },
      `every answer at ${computer === officer ? 'who released it' : 'who said it'}`,
    );
  const later = await computerWithFiles(world, 'after the sergeant', 'prosecutor');
  await here(later, wanted);
  const told = async (): Promise<string> => fileIn(await rowOf(later, id), wrong).condition?.text ?? '';
  await until(async () => (await told()).startsWith('Sent in error'), 'said there');
  const row = await rowOf(later, id);
  expect([fileIn(row, wanted).canOpen, fileIn(row, wrong).canOpen]).toEqual([true, false]);
  expect(await knowsKey(later, wrong)).toBe(false);
  // What it says of the rest comes to who released it.
  await recordLook(later.session, wanted.content.version, 'opened');
  const known = async (): Promise<string> => fileIn(await rowOf(officer, id), wanted).happened.text;
  await until(async () => (await known()).startsWith('Opened by'), 'its opening known');
  expect([sergeant, later].flatMap(({ alarms }) => alarms)).toEqual([]);
}, 60_000);

it('counts for nothing from who did not send it', async () => {
  const [file] = (await add('Theirs.txt')) as [FileRecord];
  const id = await releaseTo(officer, of, [file]);
  await here(prosecutor, file);
  const { content } = await until(() => packageOf(prosecutor.session, id), 'the package');
  const by = me(prosecutor.session);
  const forged = {
    is: 'sent in error',
    package: id,
    versions: [file.content.version],
    whole: true,
    devices: [],
    reason: 'forged',
    by,
    at: 1,
  } as const;
  const plain = encodeFact({ ...forged, versions: [...forged.versions], devices: [] });
  await act(prosecutor.session, [await intakePiece(prosecutor.session, content.to, 'event', plain)]);
  await until(() => away.session.facts.of('sent in error').some(({ fact }) => fact.reason === 'forged'), 'the forgery');
  await until(() => away.alarms.length > 0, 'a warning');
  expect(away.desktop.moving.here.has(file.content.version)).toBe(true);
  expect(await knowsKey(away, file)).toBe(true);
  expect(fileIn(await rowOf(away, id), file).condition?.text ?? '').not.toContain('Sent in error');
  // Nor does the relay destroy what another wrote, or a word that was said.
  const letter = await until(() => prosecutor.session.facts.of('package').find((f) => f.fact.package === id), 'it');
  const said = await until(() => prosecutor.session.facts.of('copy destroyed')[0], 'a word');
  for (const { area, hash } of [letter, said])
    expect(await prosecutor.session.link.ask({ t: 'unsend', area, entries: [hash] })).toMatchObject({
      cause: 'no right',
    });
});
