/**
 * What replaces what, over a real relay and real evidence processes: a new version and a redacted copy, released later and
 * alone; both sides say which took whose place, and the passport proves what a copy was made from.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FileRecord, Origin } from '../../../shared/model/events.ts';
import type { ItemRow, PackageRow } from '../../../shared/ipc/worker.ts';
import { verifyPassport } from '../../../shared/model/passport/verify.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import { nodePlatform } from '../../../sync-server/common/node.ts';
import { caseFileOf, fileOf, filedIn } from '../../../renderer/sync/cases/caseIndex.ts';
import { addFrom } from '../../../renderer/sync/cases/import/madeFrom.ts';
import { makePassport } from '../../../renderer/sync/cases/passport/making.ts';
import { previewRelease } from '../../../renderer/sync/cases/release/releasing.ts';
import { makeCase, releaseOf, releaseTo } from '../cast.ts';
import type { Computer } from '../computer.ts';
import { until } from '../computer.ts';
import { computerWithFiles } from './withFiles.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let prosecutor: Computer;
let of: CaseId;

beforeAll(async () => {
  world = await World.begin();
  [officer, prosecutor] = await Promise.all([
    computerWithFiles(world, 'officer', 'officer'),
    computerWithFiles(world, 'prosecutor', 'prosecutor'),
  ]);
  of = await makeCase(officer);
}, 60_000);
afterAll(() => world.end(), 20_000);

async function onDisk(name: string, text: string): Promise<string> {
  const folder = path.join(world.dir, 'drive');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, name), text);
  return path.join(folder, name);
}
const added = (count: number): Promise<FileRecord[]> =>
  until(() => {
    const files = filedIn(officer.session, of).flatMap(({ fact }) => (fact.is === 'added' ? [fact.file] : []));
    return files.length === count && files;
  }, `${count} files`);

async function add(name: string, text: string): Promise<void> {
  const tokens = (await officer.evidence?.choose([await onDisk(name, text)])) ?? [];
  expect((await officer.desktop.importing.add(of, tokens)).ok).toBe(true);
}
async function derive(from: FileRecord, how: Origin, name: string, text: string) {
  const [token = ''] = (await officer.evidence?.choose([await onDisk(name, text)])) ?? [];
  return addFrom(officer.session, officer.desktop.importing, from.content.version, { how, token });
}
const rowsOf = async (computer: Computer, place: ItemRow['place']): Promise<readonly ItemRow[]> =>
  (await computer.view(of)).items.filter((item) => item.place === place);
const told = ({ file }: ItemRow) => [file.name, file.number, file.isNewest, file.condition?.text ?? null];
const here = (computer: Computer, file: FileRecord): Promise<unknown> =>
  until(() => computer.desktop.moving.here.has(file.content.version), `${file.name} there`);

it('a new version takes the place of the one before, which stays as it is', async () => {
  await add('Statement.txt', 'He said that he was there.');
  const [first] = (await added(1)) as [FileRecord];
  await releaseTo(officer, of, [first]);
  await here(prosecutor, first);
  expect((await derive(first, 'new version', 'Statement signed.txt', 'He said, and signed.')).ok).toBe(true);
  const [, second] = (await added(2)) as [FileRecord, FileRecord];
  expect(second.item).toBe(first.item);
  expect(second.origin).toMatchObject({ how: 'new version', from: first.content.version });
  expect((await rowsOf(officer, 'working papers')).map(told)).toEqual([
    ['Statement.txt', 1, false, 'Replaced by version 2'],
    ['Statement signed.txt', 2, true, null],
  ]);
  expect(fileOf(officer.session, first.content.version)).toEqual(first);
});

it('the same content is no new version, and the import says so', async () => {
  const [first] = (await added(2)) as [FileRecord];
  expect((await derive(first, 'new version', 'Again.txt', 'He said that he was there.')).ok).toBe(true);
  const row = await until(() => officer.desktop.importing.rows(of).find(({ finished }) => finished), 'its end');
  expect(row).toMatchObject({ added: 0, problems: [{ name: 'Again.txt' }] });
  expect(row.problems[0]?.sentence).toContain('the same SHA-256');
  await officer.desktop.importing.seen(row.id);
  await added(2);
});

it('is released later and alone, and the receiver sees what replaced what, in its package and in the Case file', async () => {
  const [first, second] = (await added(2)) as [FileRecord, FileRecord];
  const asked = releaseOf(officer, of, [second], { purpose: 'further evidence' });
  const preview = await previewRelease(officer.session, asked);
  expect(preview.ok && preview.value.newly).toContain(
    'Statement signed.txt, version 2: it replaces version 1, which they have',
  );
  await releaseTo(officer, of, [second]);
  await here(prosecutor, second);
  await until(async () => (await rowsOf(prosecutor, 'case file')).length === 2, 'both in the Case file');
  expect((await rowsOf(prosecutor, 'case file')).map(told)).toEqual([
    ['Statement.txt', 1, false, 'Replaced by version 2'],
    ['Statement signed.txt', 2, true, null],
  ]);
  const packages: readonly PackageRow[] = (await prosecutor.view(of)).packages;
  expect(packages.map(({ files }) => files.map(({ condition, lineage }) => [condition?.text, lineage.length]))).toEqual(
    [[['Replaced by version 2', 2]], [[undefined, 2]]],
  );
  expect(first.content.sha256).not.toBe(second.content.sha256);
});

it('a redacted copy is an item of its own; the passport proves what it was made from, where that was shared', async () => {
  const [, second] = (await added(2)) as [FileRecord, FileRecord];
  expect((await derive(second, 'redacted copy', 'Statement redacted.txt', 'He said.')).ok).toBe(true);
  const copy = (await added(3))[2] as FileRecord;
  expect(copy.item).not.toBe(second.item);
  await releaseTo(officer, of, [copy]);
  await here(prosecutor, copy);
  await until(async () => (await rowsOf(prosecutor, 'case file')).length === 3, 'it in the Case file');
  for (const computer of [officer, prosecutor]) {
    const made = await until(async () => {
      const passport = (await makePassport(computer.session, copy.content.version))?.passport;
      return passport?.steps.some(({ what }) => what === 'derived') === true && passport;
    }, 'the derivation');
    const step = made.steps.find(({ what }) => what === 'derived');
    expect(step).toMatchObject({ how: 'redacted copy', from: { sha256: second.content.sha256 } });
    expect((await verifyPassport(nodePlatform, made)).holds).toBe(true);
    const changed = made.steps.map((one) =>
      one.what === 'derived' ? { ...one, how: 'converted copy' as const } : one,
    );
    expect((await verifyPassport(nodePlatform, { ...made, steps: changed })).holds).toBe(false);
  }
});

it('of what was not shared, the copy gives no hash and no name away', async () => {
  await add('Source.txt', 'Her name is in it.');
  const source = (await added(4))[3] as FileRecord;
  expect((await derive(source, 'redacted copy', 'Source redacted.txt', '[redacted] is in it.')).ok).toBe(true);
  const copy = (await added(5))[4] as FileRecord;
  await releaseTo(officer, of, [copy]);
  await here(prosecutor, copy);
  await until(async () => (await rowsOf(prosecutor, 'case file')).length === 4, 'it in the Case file');
  const row = (await rowsOf(prosecutor, 'case file')).find(({ file }) => file.name === 'Source redacted.txt');
  expect(row?.file.lineage).toEqual(['A redacted copy; what it was made from was not shared.']);
  const said = JSON.stringify(prosecutor.session.facts.all());
  expect(said).not.toContain(source.content.sha256);
  expect(said).not.toContain('"Source.txt"');
  expect(caseFileOf(prosecutor.session, of)).not.toBe(null);
});

it('is added once, also where the computer stops as it is sealed', async () => {
  const [first] = (await added(5)) as [FileRecord];
  if (!officer.evidence) throw new Error('no evidence process');
  officer.evidence.passes = 0;
  await derive(first, 'new version', 'Third.txt', 'A third.');
  await until(() => officer.desktop.importing.rows(of).length === 1, 'its beginning');
  await officer.crash();
  const third = (await added(6))[5] as FileRecord;
  expect([third.item, third.number]).toEqual([first.item, 3]);
  await officer.crash();
  await added(6);
});
