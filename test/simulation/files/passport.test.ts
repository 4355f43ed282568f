/**
 * The integrity passport of a file that went all the way: made on either side it verifies with nothing but itself and the
 * file; a changed byte, name, time, person or signature anywhere in it does not; and it holds no key.
 */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseFileOf, filedIn, packageOf, packages } from '../../../renderer/sync/cases/caseIndex.ts';
import { makePassport } from '../../../renderer/sync/cases/passport/making.ts';
import { passportOf } from '../../../renderer/sync/cases/passport/passports.ts';
import { recordLook } from '../../../renderer/sync/cases/release/receiving.ts';
import { toHex } from '../../../shared/primitives/bytes.ts';
import type { CaseId, Hash } from '../../../shared/primitives/ids.ts';
import type { FileRecord } from '../../../shared/model/events.ts';
import type { Passport } from '../../../shared/model/passport/schema.ts';
import { passport as schema } from '../../../shared/model/passport/schema.ts';
import { verifyPassport } from '../../../shared/model/passport/verify.ts';
import { STEP_WORDS } from '../../../shared/model/passport/words.ts';
import { passportReport } from '../../../shared/model/report/passportReport.ts';
import { nodePlatform } from '../../../sync-server/common/node.ts';
import { root } from '../../setup/exec.mjs';
import { makeCase, releaseTo } from '../cast.ts';
import { Computer, until } from '../computer.ts';
import { EvidenceLine } from './evidenceLine.ts';
import { World } from '../world.ts';

let world: World;
let officer: Computer;
let prosecutor: Computer;
let file: FileRecord;
let onDisk: string;
const passports: Record<'officer' | 'prosecutor', Passport> = {} as never;

async function enrol(name: 'officer' | 'prosecutor'): Promise<Computer> {
  const computer = world.add(new Computer(path.join(world.dir, name)));
  computer.evidence = new EvidenceLine(computer.folder);
  await computer.enrol(world.relayUrl, await world.code(name));
  return computer;
}

async function addReal(of: CaseId): Promise<FileRecord> {
  const drive = path.join(world.dir, 'drive');
  await mkdir(drive);
  onDisk = path.join(drive, 'MG11 Wraxhall.txt');
  await writeFile(onDisk, 'I saw it from the bus stop.'.repeat(1000));
  await writeFile(path.join(drive, 'Another.txt'), 'Not about this.');
  const chosen = await officer.evidence!.choose([onDisk, path.join(drive, 'Another.txt')]);
  const added = await officer.desktop.importing.add(of, chosen);
  if (!added.ok) throw new Error(added.cause);
  await until(() => filedIn(officer.session, of).length === 2, 'both files');
  return filedIn(officer.session, of).find(({ fact }) => fact.file.name.endsWith('Wraxhall.txt'))!.fact.file;
}

beforeAll(async () => {
  world = await World.begin();
  officer = await enrol('officer');
  prosecutor = await enrol('prosecutor');
  const of = await makeCase(officer);
  file = await addReal(of);
  const all = filedIn(officer.session, of).map(({ fact }) => fact.file);
  const id = await releaseTo(officer, of, all);
  const { version } = file.content;
  const receipts = () =>
    packageOf(officer.session, id)?.files.find((one) => one.file.content.version === version)?.receipts;
  await until(() => receipts()?.some(({ what }) => what === 'delivered'), 'a receipt');
  await until(() => caseFileOf(prosecutor.session, of) !== null, 'the Case file');
  await until(() => prosecutor.session.facts.of('entered').length === 2, 'both files in the Case file');
  await recordLook(prosecutor.session, version, 'opened');
  await until(() => receipts()?.some(({ what }) => what === 'opened'), 'the opening');
  await until(() => officer.session.facts.of('in custody').length > 0, 'the word of the relay');
  for (const [name, { session }] of [
    ['officer', officer],
    ['prosecutor', prosecutor],
  ] as const)
    passports[name] = (await makePassport(session, version))!.passport;
}, 60_000);
afterAll(() => world.end(), 20_000);

function valueOf<T>(outcome: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!outcome.ok) throw new Error('not shown');
  return outcome.value;
}
const words = (of: Passport): string[] => of.steps.map(({ what }) => what);

describe('the passport', () => {
  it('tells the whole way on the side that sent it, and verifies with nothing else', async () => {
    expect(words(passports.officer)).toEqual(
      expect.arrayContaining(['imported', 'held by the relay', 'delivered', 'entered the Case file', 'opened']),
    );
    expect(words(passports.officer)[0]).toBe('imported');
    expect(await verifyPassport(nodePlatform, passports.officer)).toMatchObject({ holds: true, wrong: [] });
  });

  it('tells the receiver what the receiver may know', async () => {
    expect(words(passports.prosecutor)).toEqual(
      expect.arrayContaining(['delivered', 'entered the Case file', 'opened']),
    );
    expect(words(passports.prosecutor)).not.toContain('imported');
    expect(await verifyPassport(nodePlatform, passports.prosecutor)).toMatchObject({ holds: true, wrong: [] });
  });

  it('is shown with every step checked', async () => {
    const shown = await passportOf(officer.session, file.content.version);
    expect(shown).toMatchObject({ ok: true, value: { holds: true, unproved: 0 } });
  });

  it('is on paper what it is on the screen, and names the JSON that proves it', async () => {
    const shown = await passportOf(officer.session, file.content.version);
    const sha256 = 'ab'.repeat(32) as Hash;
    const about = { at: 0, timeText: String, marking: 'OFFICIAL', sha256 };
    const { blocks } = passportReport(passports.officer, { ...about, ...valueOf(shown) });
    const rows = blocks.flatMap((block) => (block.is === 'table' ? block.rows : []));
    expect(rows.map(([, what]) => what)).toEqual(passports.officer.steps.map(({ what }) => STEP_WORDS[what]));
    expect(rows.every((row) => row.at(-1) === 'Verified')).toBe(true);
    expect(JSON.stringify(blocks)).toContain(sha256);
  });

  it('holds no key, and nothing of the other file of the package', () => {
    const other = packages(officer.session)[0]!.content.files.find(({ item }) => item !== file.item)!;
    for (const made of Object.values(passports)) {
      const text = JSON.stringify(made);
      expect(text).not.toContain(toHex(file.content.key));
      for (const secret of [toHex(other.content.key), other.content.sha256, other.content.version, other.name])
        expect(text).not.toContain(secret);
    }
  });
});

/** Every place in a value where a text or a number stands. */
function* leaves(value: unknown, at: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (typeof value === 'string' || typeof value === 'number') yield at;
  else if (Array.isArray(value)) for (const [i, one] of value.entries()) yield* leaves(one, [...at, i]);
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) yield* leaves(one, [...at, key]);
}

function changed(of: Passport, at: readonly (string | number)[]): unknown {
  const copy = structuredClone(of) as unknown as Record<string | number, unknown>;
  let place = copy;
  for (const key of at.slice(0, -1)) place = place[key] as typeof place;
  const last = at.at(-1)!;
  const was = place[last];
  if (typeof was === 'number') place[last] = was + 1;
  else if (typeof was !== 'string') throw new Error('no leaf');
  else if (/^\d{4}-\d\d-\d\dT/.test(was)) place[last] = new Date(Date.parse(was) + 1000).toISOString();
  else if (/^[0-9a-f]+$/.test(was)) place[last] = was.slice(0, -1) + (was.endsWith('0') ? '1' : '0');
  else place[last] = `${was}x`;
  return copy;
}

/** Said beside the proofs and not part of them: how organisations are called, and who made the passport when. */
const UNSIGNED = [/^made\//, /^organisations\/\d+\/name$/, /^format$/, /^version$/];

it('does not verify once anything that it proves was changed', async () => {
  const all = [...leaves(passports.officer)].filter((at) => !UNSIGNED.some((one) => one.test(at.join('/'))));
  expect(all.length).toBeGreaterThan(60);
  const passed: string[] = [];
  for (const at of all) {
    const parsed = schema.safeParse(changed(passports.officer, at));
    if (parsed.success && (await verifyPassport(nodePlatform, parsed.data)).holds) passed.push(at.join('/'));
  }
  expect(passed).toEqual([]);
});

describe('the command', () => {
  const save = async (name: string, value: unknown): Promise<string> => {
    const at = path.join(world.dir, name);
    await writeFile(at, typeof value === 'string' ? value : JSON.stringify(value));
    return at;
  };
  const run = async (...args: string[]): Promise<{ code: number; said: string }> => {
    const command = [path.join(root, 'test/tools/verify.ts'), ...args];
    try {
      const { stdout } = await promisify(execFile)(process.execPath, command);
      return { code: 0, said: stdout };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, said: stdout + stderr };
    }
  };

  it('says that everything holds', async () => {
    const { code, said } = await run(onDisk, await save('whole.json', passports.prosecutor));
    expect([code, said.split('\n')[0]]).toEqual([0, expect.stringContaining('Everything holds')]);
  });

  it('refuses a changed byte, name, time and signature, each with its word', async () => {
    const passport = passports.officer;
    const good = await save('good.json', passport);
    const spoilt = path.join(world.dir, 'MG11 Wraxhall.txt');
    await writeFile(spoilt, 'I saw it from the bus stap.'.repeat(1000));
    expect(await run(spoilt, good)).toMatchObject({ code: 1, said: expect.stringContaining('its bytes differ') });
    const renamed = path.join(world.dir, 'Other.txt');
    await writeFile(renamed, 'I saw it from the bus stop.'.repeat(1000));
    expect(await run(renamed, good)).toMatchObject({ code: 1, said: expect.stringContaining('is called Other.txt') });
    expect((await run(renamed, good, '--any-name')).code).toBe(0);
    const codes = [];
    for (const at of [
      ['file', 'name'],
      ['steps', 0, 'at'],
      ['steps', 0, 'proof', 'signature'],
    ])
      codes.push((await run(onDisk, await save('bad.json', changed(passport, at)), '--any-name')).code);
    expect(codes).toEqual([1, 1, 1]);
  });

  it('says what it cannot read', async () => {
    expect(await run(onDisk, await save('none.json', '{'))).toMatchObject({
      code: 2,
      said: expect.stringContaining('JSON'),
    });
    expect(await run(onDisk, await save('other.json', { format: 'other' }))).toMatchObject({ code: 2 });
    expect((await run(path.join(world.dir, 'missing'), path.join(world.dir, 'missing'))).code).toBe(2);
  });
});
