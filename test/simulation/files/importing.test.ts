/**
 * Adding files that is cut off: locked, quit, killed between any two steps. It goes on by itself; each file is there once; what
 * could not be added is named until a person has seen it; and nothing is left over on the disk.
 */
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { NO_LIMITS } from '../../../shared/ipc/limits.ts';
import { filedIn } from '../../../renderer/sync/cases/caseIndex.ts';
import type { CaseId } from '../../../shared/primitives/ids.ts';
import type { ImportRow } from '../../../shared/ipc/importing.ts';
import { unsentOf } from '../../../renderer/sync/views/unsent.ts';
import { makeCase } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { EvidenceLine } from './evidenceLine.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let line: EvidenceLine;
beforeAll(async () => {
  world = await World.begin();
  officer = world.add(new Computer(path.join(world.dir, 'officer')));
  line = officer.evidence = new EvidenceLine(officer.folder);
  await officer.enrol(world.relayUrl, await world.code('officer'));
  await until(() => officer.session.inStep.at !== null, 'in step, so that what is left over may be cleared');
}, 20_000);
afterAll(() => world.end(), 20_000);

let boxes = 0;
/** A folder of small files on the officer's drive. */
async function makeBox(names: readonly string[]): Promise<string> {
  const box = path.join(world.dir, 'drive', `Box ${boxes++}`);
  await mkdir(box, { recursive: true });
  for (const name of names) await writeFile(path.join(box, name), `The content of ${name} in ${box}.`);
  return box;
}
const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => `Exhibit ${i + 1}.txt`);
const sha256 = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');

async function add(of: CaseId, ...chosen: string[]): Promise<string> {
  const added = await officer.desktop.importing.add(of, await line.choose(chosen));
  if (!added.ok) throw new Error(added.cause);
  return added.value;
}
const rows = (of: CaseId): readonly ImportRow[] => officer.desktop.importing.rows(of);
const ended = (of: CaseId): Promise<ImportRow> =>
  until(() => rows(of).find((row) => row.finished), 'the end of adding');
const done = (of: CaseId): Promise<boolean> => until(() => rows(of).length === 0, 'all added');
const names = (of: CaseId): string[] =>
  filedIn(officer.session, of)
    .map(({ fact }) => path.basename(fact.file.name))
    .sort();
const told = (row: ImportRow): string[] => row.problems.map(({ name }) => path.basename(name)).sort();
/** Everything is killed once so many more files are in the case. */
async function cutAfter(of: CaseId, files: number, begin: () => Promise<unknown>): Promise<void> {
  const before = names(of).length;
  line.passes = files;
  await begin();
  await until(() => names(of).length === before + files, `${files} files`);
  await officer.crash();
}
/** What lies in the store, and what the case's files need. */
async function chunks(...cases: CaseId[]): Promise<{ readonly here: string[]; readonly needed: string[] }> {
  const all = await readdir(path.join(line.folder, 'chunks'), { recursive: true, withFileTypes: true });
  return {
    here: all.flatMap((one) => (one.isFile() ? [one.name] : [])).sort(),
    needed: cases
      .flatMap((of) =>
        filedIn(officer.session, of).flatMap(({ fact }) => fact.file.content.chunks.map(({ hash }) => hash)),
      )
      .sort(),
  };
}

const cases: CaseId[] = [];
async function openCase(title: string): Promise<CaseId> {
  const of = await makeCase(officer, title);
  cases.push(of);
  return of;
}

it('goes on by itself wherever it was cut off, and has each file once', { timeout: 90_000 }, async () => {
  const history = fc.record({
    files: fc.integer({ min: 1, max: 6 }),
    cuts: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ files, cuts }) => {
      const of = await openCase('Cut off');
      const box = await makeBox(numbered(files));
      const single = path.join(await makeBox(['Exhibit 1.txt']), 'Exhibit 1.txt'); // of the same name as one in the folder
      let left = files + 1;
      for (const [i, cut] of cuts.entries()) {
        const some = Math.min(cut, left);
        await cutAfter(of, some, async () => (i === 0 ? add(of, box, single) : undefined));
        left -= some;
        // A package that waits for all files to be sealed waits on.
        expect(left === 0 || officer.desktop.importing.isRunning()).toBe(true);
      }
      await done(of);
      expect(names(of)).toEqual([...numbered(files), 'Exhibit 1.txt'].sort());
      const hashes = filedIn(officer.session, of).map(({ fact }) => fact.file.content.sha256);
      expect(hashes.sort()).toEqual(
        (await Promise.all([...numbered(files).map((name) => path.join(box, name)), single].map(sha256))).sort(),
      );
      expect(await officer.session.records.list('import ')).toEqual([]);
    }),
    { numRuns: 6 },
  );
  await officer.crash();
  const { here, needed } = await chunks(...cases);
  expect(here).toEqual(needed);
});

it('names what is no longer there, until a person has seen it, and adds it when it is back', async () => {
  const of = await openCase('Pulled out');
  const box = await makeBox(numbered(5));
  line.passes = 2;
  await add(of, box);
  await until(() => names(of).length === 2);
  await rename(box, `${box} away`);
  await officer.crash();
  const row = await ended(of);
  const missing = numbered(5).filter((name) => !names(of).includes(name));
  expect([row.files, row.added, row.cutOff, told(row)]).toEqual([5, 2, true, missing]);
  for (const { sentence } of row.problems) expect(sentence).toMatch(/put the drive back and add it again/);
  expect((await officer.view(of)).row.needsMe).toBe('3 files were not added');

  await officer.crash();
  expect(told(await ended(of))).toEqual(missing);
  expect(await officer.desktop.importing.addAgain(row.id)).toMatchObject({ ok: true });
  expect(told(await ended(of))).toEqual(missing);
  await rename(`${box} away`, box);
  await writeFile(path.join(box, 'Put there since.txt'), 'nobody chose this');
  await officer.desktop.importing.addAgain(row.id);
  await done(of);
  expect(names(of)).toEqual(numbered(5));
  expect((await officer.view(of)).row.needsMe).toBeNull();
});

it('leaves the screen when a person has seen it, and stays away', async () => {
  const of = await openCase('Seen');
  const box = await makeBox(numbered(3));
  await rm(path.join(box, 'Exhibit 2.txt'));
  await writeFile(path.join(box, 'Exhibit 2.txt'), '');
  await add(of, box, path.join(box, 'nowhere.txt'));
  const row = await ended(of);
  expect([row.files, row.added]).toEqual([4, 3]);
  expect(told(row)).toEqual(['Exhibit 2.txt', 'nowhere.txt']);
  await officer.crash();
  expect(told(await ended(of))).toEqual(['Exhibit 2.txt', 'nowhere.txt']);
  await officer.desktop.importing.seen(row.id);
  expect(rows(of)).toEqual([]);
  await officer.crash();
  expect(rows(of)).toEqual([]);
});

it('does not take up what a person cancelled, and does when they ask', async () => {
  const of = await openCase('Cancelled');
  const box = await makeBox(numbered(6));
  let id = '';
  await cutAfter(of, 1, async () => {
    id = await add(of, box);
    await until(() => rows(of).some((row) => row.files === 6));
    // The evidence process is not heard any more: the word alone must be enough.
    await until(() => line.passes <= 0);
    await officer.desktop.importing.cancel(id);
  });
  const row = await ended(of);
  expect([row.cancelled, row.files, row.added, told(row)]).toEqual([true, 6, 1, []]);
  expect((await officer.view(of)).row.needsMe).toBeNull();
  await officer.desktop.importing.addAgain(id);
  await done(of);
  expect(names(of)).toEqual(numbered(6));
});

it('knows a file again that only the journal had when the computer died', async () => {
  const of = await openCase('Journal only');
  const box = await makeBox(numbered(4));
  const { outbox } = officer.session.db;
  const bulkAdd = outbox.bulkAdd.bind(outbox);
  let written = 0;
  outbox.bulkAdd = ((rowsToAdd: never) => (++written > 2 ? new Promise(() => {}) : bulkAdd(rowsToAdd))) as never;
  await add(of, box);
  const lives = officer.session;
  await until(async () => written > 2 && (await officer.journal()).length > 0, 'the journal');
  expect(lives.facts.of('added').filter(({ fact }) => fact.file.name.startsWith(path.basename(box)))).toHaveLength(2);
  await officer.crash();
  expect(names(of)).toHaveLength(3);
  await done(of);
  expect(names(of)).toEqual(numbered(4));
});

it('keeps neither a path nor a name in the clear, and says on the way out what is still being added', async () => {
  const of = await openCase('Sealed');
  const box = await makeBox(numbered(3));
  line.passes = 1;
  await add(of, box);
  await until(() => names(of).length === 1);
  expect((await unsentOf(officer.desktop)).sentences[0]).toBe(
    '2 files are still being added. Adding goes on when you next unlock.',
  );
  const kept = await officer.session.db.records.where('key').startsWith('import ').toArray();
  expect(kept).toHaveLength(1);
  for (const { key, sealed } of kept)
    for (const secret of [box, path.basename(box), 'Exhibit', 'drive'])
      expect([key, Buffer.from(sealed).toString('latin1')].join('\n')).not.toContain(secret);
  const { value } = (await officer.session.records.list('import '))[0] as { value: { chosen: Uint8Array } };
  // The worker itself, which can open its records, holds no path.
  expect(
    JSON.stringify(value, (_, part: unknown) =>
      part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : part,
    ),
  ).not.toContain(world.dir);
  await officer.crash();
  await done(of);
});

it(
  'goes on by itself when this disk has room again, without choosing again; says what is gone meanwhile',
  { timeout: 60_000 },
  async () => {
    const of = await openCase('Disk full');
    const box = await makeBox(['Kept.txt', 'Moved away.txt']);
    const floor = (freeFloor: number) => officer.desktop.moving.setLimits({ ...NO_LIMITS, freeFloor });
    await floor(2 ** 50);
    await add(of, box);
    const full = await ended(of);
    expect([full.added, full.waitsForRoom, told(full)]).toEqual([0, true, ['Kept.txt', 'Moved away.txt']]);
    expect(full.problems[0]?.sentence).toContain('it goes on by itself');
    await officer.crash(); // what was chosen is kept, and so is why it waits
    expect((await ended(of)).waitsForRoom).toBe(true);
    await rm(path.join(box, 'Moved away.txt'));
    await floor(NO_LIMITS.freeFloor);
    await until(() => names(of).length === 1, 'what is still there');
    const after = await ended(of);
    expect([names(of), after.added, after.waitsForRoom, told(after)]).toEqual([
      ['Kept.txt'],
      1,
      false,
      ['Moved away.txt'],
    ]);
    expect(after.problems[0]?.sentence).toContain('was gone before it was copied');
  },
);
