import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { utf8 } from '../../../shared/primitives/bytes.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { TestAuthority } from '../authority.fixture.ts';
import { codeFor, enrol, makeAuthority, makeLaptop } from '../authority.fixture.ts';
import { giveRoles } from '../acts.ts';
import { reconcile, today } from '../people/reconcile.ts';
import { parseCsv } from './csv.ts';
import type { Imported, ImportOptions } from './hrImport.ts';
import { importPersonnel } from './hrImport.ts';
import { importSentence } from './hrSentences.ts';

let authority: TestAuthority;
beforeEach(async () => (authority = await makeAuthority()));
afterEach(() => authority.remove());

const HEAD = 'staff number,name,unit,post,start,end,post start,post end';
const PRIYA = 'E1,DC Priya Nair,Kendal CID,Officer in the case,2020-01-06';
const SAM = 'E2,PC Sam Hale,Kendal CID,Officer in the case,2021-02-01';
const RUTH = 'E3,DI Ruth Cole,Kendal CID,Supervisor,2015-05-04';

const bytesOf = (...rows: string[]): Uint8Array => utf8([HEAD, ...rows].join('\n'));
const take = async (rows: string[], options: Partial<ImportOptions> = {}): Promise<Imported> => {
  const done = await importPersonnel(authority, bytesOf(...rows), { dryRun: false, force: false, ...options });
  if (!done.ok) throw new Error(importSentence(done.cause));
  return done.value;
};
const kinds = ({ plan }: Imported): string[] => plan.changes.map(({ what, staffNumber }) => `${staffNumber} ${what}`);
const posts = async (staff: string): Promise<string[]> => {
  const state = await authority.directory.state();
  const id = authority.people.byStaffNumber(staff)?.id as PersonId;
  return [...(state.holds.get(id) ?? [])].map((seat) => {
    const { title = '', unit = '' } = state.posts.get(seat) ?? {};
    return `${title}, ${unit}`;
  });
};
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

describe('a personnel file', () => {
  it('makes joiners, and the same file again changes nothing', async () => {
    expect(kinds(await take([PRIYA, SAM, RUTH]))).toEqual(['E1 joins', 'E2 joins', 'E3 joins']);
    expect(await posts('E1')).toEqual(['Officer in the case, Kendal CID']);
    const { n } = await authority.directory.state();
    const again = await take([PRIYA, SAM, RUTH]);
    expect([kinds(again), again.plan.unchanged]).toEqual([[], 3]);
    expect((await authority.directory.state()).n).toBe(n);
  });

  it('says what would be, and changes nothing, on a dry run', async () => {
    expect(kinds(await take([PRIYA], { dryRun: true }))).toEqual(['E1 joins']);
    expect(authority.people.people()).toEqual([]);
    expect((await authority.directory.state()).n).toBe(0);
  });

  it('lets who starts on a day to come wait for it', async () => {
    const start = inDays(10);
    const [change] = (await take([`E4,PC New,Kendal CID,Officer in the case,${start}`])).plan.changes;
    expect(change).toMatchObject({ what: 'joins', on: start });
    expect((await authority.directory.state()).people.size).toBe(0);
    authority.pass(10 * DAY);
    expect(today(authority)).toBe(start);
    await reconcile(authority, 'the day');
    expect(await posts('E4')).toEqual(['Officer in the case, Kendal CID']);
  });

  it('says what a mover loses and gains; the old ends as the new begins', async () => {
    await take([PRIYA, RUTH]);
    await giveRoles(authority, 'Officer in the case', ['officer', 'file builder', 'disclosure officer']);
    await giveRoles(authority, 'Supervisor', ['supervisor']);
    const plan = await take(['E1,DC Priya Nair,Kendal CID,Supervisor,2020-01-06', RUTH]);
    expect(plan.plan.changes).toMatchObject([
      {
        what: 'moves',
        difference: {
          loses: ['Officer in the case, Kendal CID', 'role: officer', 'role: file builder', 'role: disclosure officer'],
          gains: ['Supervisor, Kendal CID', 'role: supervisor'],
        },
      },
    ]);
    expect(await posts('E1')).toEqual(['Supervisor, Kendal CID']);
  });

  it('keeps the old post until the day on which the new one begins', async () => {
    await take([PRIYA, RUTH]);
    const [day, row] = [inDays(5), `E1,DC Priya Nair,Penrith CID,Officer in the case,2020-01-06,,${inDays(5)}`];
    expect((await take([row, RUTH])).plan.changes).toMatchObject([{ what: 'moves', on: day }]);
    expect(await posts('E1')).toEqual(['Officer in the case, Kendal CID']);
    expect(kinds(await take([row, RUTH])), 'idempotent while it waits').toEqual([]);
    authority.pass(5 * DAY);
    await reconcile(authority, 'the day');
    expect(await posts('E1')).toEqual(['Officer in the case, Penrith CID']);
  });

  it('takes a temporary posting as a second row, and ends it by itself', async () => {
    const temporary = `E1,DC Priya Nair,Serious Crime,Investigator,2020-01-06,,,${inDays(3)}`;
    await take([PRIYA, temporary, RUTH]);
    expect(await posts('E1')).toHaveLength(2);
    authority.pass(4 * DAY);
    await reconcile(authority, 'the day');
    expect(await posts('E1')).toEqual(['Officer in the case, Kendal CID']);
  });

  it('shuts out who has an end date that is over, or is missing; who comes back is the same person', async () => {
    await take([PRIYA, SAM, RUTH]);
    const id = authority.people.byStaffNumber('E1')?.id as PersonId;
    await enrol(authority, await codeFor(authority, id), await makeLaptop());
    expect(kinds(await take([`${PRIYA},${inDays(-1)}`, RUTH, 'E9,PC Else,Penrith,Clerk,2020-01-06']))).toEqual([
      'E1 leaves',
      'E9 joins',
      'E2 leaves',
    ]);
    const state = await authority.directory.state();
    expect([state.devices.size, await posts('E1'), await posts('E2')]).toEqual([0, [], []]);
    expect(kinds(await take([PRIYA, SAM, RUTH, 'E9,PC Else,Penrith,Clerk,2020-01-06']))).toEqual([
      'E1 joins',
      'E2 joins',
    ]);
    expect(authority.people.byStaffNumber('E1')?.id).toBe(id);
    expect(await posts('E1')).toEqual(['Officer in the case, Kendal CID']);
  });

  it('ends on the day after the last, by itself', async () => {
    await take([PRIYA, SAM, RUTH]);
    expect((await take([`${PRIYA},${inDays(2)}`, SAM, RUTH])).plan.changes).toMatchObject([
      { what: 'leaves', on: inDays(3) },
    ]);
    authority.pass(2 * DAY);
    await reconcile(authority, 'the day');
    expect(await posts('E1'), 'the last day is worked').not.toEqual([]);
    authority.pass(DAY);
    await reconcile(authority, 'the day');
    expect(await posts('E1')).toEqual([]);
  });
});

describe('a file that looks like a mistake', () => {
  const many = (from: number, to: number): string[] =>
    Array.from(
      { length: to - from },
      (_, i) => `N${from + i},Person ${from + i},Unit ${(from + i) % 4},Clerk,2020-01-06`,
    );

  it.each([
    ['eleven of a hundred', 100, 89, true],
    ['ten of a hundred', 100, 90, false],
    ['eleven of two hundred and thirty', 230, 219, false],
  ])('%s leave', async (_, before, after, refused) => {
    await take(many(0, before));
    const done = await importPersonnel(authority, bytesOf(...many(0, after)), { dryRun: false, force: false });
    expect(done.ok).toBe(!refused);
    if (!refused) return;
    expect(
      authority.people.people().every(({ facts }) => facts.hr?.until === null),
      'nothing was changed',
    ).toBe(true);
    expect(kinds(await take(many(0, after), { force: true }))).toHaveLength(before - after);
  });

  it('everyone in a unit leaves: refused with its name, taken when forced', async () => {
    await take([PRIYA, SAM, 'E9,PC Else,Penrith,Clerk,2020-01-06']);
    await expect(take(['E9,PC Else,Penrith,Clerk,2020-01-06'])).rejects.toThrow('Everyone in Kendal CID would leave');
    expect(kinds(await take(['E9,PC Else,Penrith,Clerk,2020-01-06'], { force: true }))).toEqual([
      'E1 leaves',
      'E2 leaves',
    ]);
  });

  it.each([
    ['staff number,name', 'Line 1: the first line must name the columns; it lacks: unit, post'],
    [`${HEAD}\nE1,A,U,P,soon`, 'Line 2: the start is no date'],
    [`${HEAD}\nE1,A,U,P,2020-01-06\n,B,U,P`, 'Line 3: the staff number is missing'],
    [`${HEAD}\nE1,A,U,P,2020-01-06,2019-01-01`, 'Line 2: the employment ends before it starts'],
    [`${HEAD}\nE1,"A\nB",U,P`, 'Line 2: the name is no line'],
    [`${HEAD}\nE1,A,U,P\nE2,"B,U,P`, 'Line 3: a quotation mark is opened and never closed'],
    [`${HEAD}\nE1,A,U,P\ne1,B,U,P`, 'Line 3: line 2 has the same staff number'],
    [HEAD, 'there is nobody in this file'],
    ['', 'there is nobody in this file'],
  ])('%j is refused with its line', async (text, says) => {
    const done = await importPersonnel(authority, utf8(text), { dryRun: false, force: true });
    expect(done.ok ? '' : importSentence(done.cause)).toContain(says);
    expect(authority.people.people()).toEqual([]);
  });

  it('is not read as something else: another encoding is named', () => {
    expect(parseCsv(new Uint8Array([0xff, 0xfe, 0x41, 0x00]))).toMatchObject({ ok: false, cause: { line: 1 } });
  });
});

describe('files as spreadsheets write them', () => {
  it('reads what was written, whatever the separator, quotes and ends of line', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'B', '"', ',', ';', '\n', ' ', 'é') });
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 6 }),
        fc.constantFrom(',', ';', '\t'),
        (rows, separator) => {
          const quoted = rows.map((cells) => cells.map((one) => `"${one.replaceAll('"', '""')}"`).join(separator));
          const read = parseCsv(utf8(`\uFEFF${[`x${separator}y`, ...quoted].join('\r\n')}\r\n`));
          const wanted = rows.filter((cells) => cells.some((one) => one.trim() !== ''));
          expect(read.ok && read.value.slice(1).map(({ cells }) => cells)).toEqual(wanted);
        },
      ),
    );
  });

  it('knows other names for the columns, and dates as people write them', async () => {
    const text =
      'Employee ID;First name;Surname;Department;Job title;Hire date;E-mail\r\n0042;Priya;Nair;Kendal CID;Officer;06/01/2020;p@x.example\r\n';
    const done = await importPersonnel(authority, utf8(text), { dryRun: false, force: false });
    expect(done.ok && kinds(done.value)).toEqual(['0042 joins']);
    expect(authority.people.byStaffNumber('0042')?.facts.hr).toMatchObject({
      name: 'Priya Nair',
      from: '2020-01-06',
      signIn: 'p@x.example',
    });
  });
});
