/**
 * What the rows of a personnel file say: one person each by their staff number, with a further row for each further posting.
 * Every fault of a file is found and named with its line; one fault, and nothing of the file is taken.
 */
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import { dayNumber } from '../../../shared/primitives/calendar.ts';
import type { HrFacts } from '../people/facts.ts';
import { plainText } from '../people/facts.ts';
import type { Fault, Row } from './csv.ts';
import { parseCsv } from './csv.ts';

/** What the columns may be called; the first of each is how the guide calls it. */
const COLUMNS = {
  staffNumber: [
    'staff number',
    'staff no',
    'staff id',
    'employee number',
    'employee no',
    'employee id',
    'collar number',
    'person number',
    'number',
    'id',
  ],
  name: ['name', 'full name', 'display name', 'employee name'],
  given: ['first name', 'given name', 'forename'],
  family: ['last name', 'family name', 'surname'],
  unit: ['unit', 'department', 'team', 'organisation unit', 'org unit', 'section'],
  post: ['post', 'job title', 'title', 'position', 'role', 'post title'],
  start: ['start', 'start date', 'first day', 'joined', 'hire date', 'employment start'],
  end: ['end', 'end date', 'last day', 'leaving date', 'leave date', 'termination date', 'employment end'],
  postStart: ['post start', 'post start date', 'post from', 'posting start', 'effective date'],
  postEnd: ['post end', 'post end date', 'post until', 'posting end'],
  manager: ['manager', 'line manager', 'manager number', 'manager staff number', 'reports to', 'supervisor'],
  signIn: ['sign in', 'user name', 'username', 'email', 'email address', 'e mail', 'upn', 'user principal name'],
} as const;
type Column = keyof typeof COLUMNS;

/** The most rows of one file. */
const MOST = 200_000;

export interface Employed {
  readonly line: number;
  readonly staffNumber: string;
  readonly hr: HrFacts;
}

export function readPersonnel(bytes: Uint8Array): Result<Employed[], Fault[]> {
  const rows = parseCsv(bytes);
  if (!rows.ok) return fail([rows.cause]);
  const [head, ...body] = rows.value;
  if (head === undefined) return fail([NOBODY]);
  const columns = readHeader(head);
  if (!columns.ok) return fail([columns.cause]);
  if (body.length === 0) return fail([NOBODY]);
  if (body.length > MOST) return fail([{ line: MOST, says: `more than ${MOST} rows` }]);
  const read = body.map((row) => readRow(row, head, columns.value));
  const faults = read.flatMap((one) => (one.ok ? [] : one.cause));
  return faults.length > 0 ? fail(faults) : gather(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

const NOBODY: Fault = {
  line: 1,
  says: 'there is nobody in this file; a header and a row for each person are needed',
};

type Columns = ReadonlyMap<Column, number>;

function readHeader({ line, cells }: Row): Result<Columns, Fault> {
  const found = new Map<Column, number>();
  for (const [at, cell] of cells.entries()) {
    const word = plainText(cell.replaceAll(/[_.-]+/g, ' '));
    const column = (Object.keys(COLUMNS) as Column[]).find((name) => COLUMNS[name].some((one) => one === word));
    if (column === undefined) continue;
    if (found.has(column)) return fail({ line, says: `two columns say the ${COLUMNS[column][0]}` });
    found.set(column, at);
  }
  const named = found.has('name') || (found.has('given') && found.has('family'));
  const missing = (['staffNumber', 'unit', 'post'] as const)
    .filter((one) => !found.has(one))
    .map((one) => COLUMNS[one][0]);
  const lacks = named ? missing : [...missing, 'name'];
  return lacks.length === 0
    ? ok(found)
    : fail({ line, says: `the first line must name the columns; it lacks: ${lacks.join(', ')}` });
}

interface OneRow {
  readonly line: number;
  readonly staffNumber: string;
  readonly name: string;
  readonly signIn: string | null;
  readonly manager: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly posting: HrFacts['postings'][number];
}

function readRow({ line, cells }: Row, head: Row, columns: Columns): Result<OneRow, Fault[]> {
  const faults: Fault[] = [];
  const wrong = (says: string): void => void faults.push({ line, says });
  if (cells.length > head.cells.length)
    wrong(`${cells.length} values where the first line names ${head.cells.length} columns`);
  const text = (column: Column): string => (cells[columns.get(column) ?? -1] ?? '').normalize('NFC').trim();
  const needed = (column: Column): string => {
    const value = text(column);
    if (value === '') wrong(`the ${COLUMNS[column][0]} is missing`);
    else if (value.length > 200 || /\p{Cc}/u.test(value))
      wrong(`the ${COLUMNS[column][0]} is no line of at most 200 characters`);
    return value;
  };
  const day = (column: Column): string | null => {
    const value = readDay(text(column));
    if (value === undefined) wrong(`the ${COLUMNS[column][0]} is no date; write it as 2026-11-30 or 30/11/2026`);
    return value ?? null;
  };
  const span = (from: string | null, until: string | null, what: string): void => {
    if (from !== null && until !== null && until < from) wrong(`the ${what} ends before it starts`);
  };
  const name = columns.has('name') ? needed('name') : `${needed('given')} ${needed('family')}`;
  const [from, until, postFrom, postUntil] = [day('start'), day('end'), day('postStart'), day('postEnd')];
  span(from, until, 'employment');
  span(postFrom, postUntil, 'post');
  const row: OneRow = {
    line,
    staffNumber: needed('staffNumber'),
    name,
    signIn: text('signIn') === '' ? null : text('signIn'),
    manager: text('manager') === '' ? null : text('manager'),
    from,
    until,
    posting: { title: needed('post'), unit: needed('unit'), from: postFrom, until: postUntil },
  };
  return faults.length > 0 ? fail(faults) : ok(row);
}

/** A day, null where none is said, undefined where it is none. */
function readDay(text: string): string | null | undefined {
  if (text === '') return null;
  const [, d, m, y] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text) ?? [];
  const plain =
    d !== undefined && m !== undefined
      ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
      : text.replace(/[T ]00:00.*$/, '');
  return dayNumber(plain) === null ? undefined : plain;
}

/** One of each staff number: further rows are further postings, and say nothing else of the person. */
function gather(rows: readonly OneRow[]): Result<Employed[], Fault[]> {
  const people = new Map<string, Employed>();
  const faults: Fault[] = [];
  for (const row of rows) {
    const key = plainText(row.staffNumber);
    const before = people.get(key);
    const { name, signIn, manager, from, until, posting, line, staffNumber } = row;
    if (before === undefined) {
      people.set(key, { line, staffNumber, hr: { name, signIn, from, until, postings: [posting], manager } });
      continue;
    }
    const { hr } = before;
    const same = hr.name === name && hr.from === from && hr.until === until;
    if (!same)
      faults.push({ line, says: `line ${before.line} has the same staff number with another name or other dates` });
    else people.set(key, { ...before, hr: { ...hr, postings: [...hr.postings, posting] } });
  }
  return faults.length > 0 ? fail(faults) : ok([...people.values()]);
}
