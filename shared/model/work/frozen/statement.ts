/**
 * A statement as it was signed: the file by its hash, and beside it what its row said, by value. Whatever of the two is
 * another now was altered after it was signed.
 */
import { STATEMENTS } from '../../formats/evidence.ts';
import type { CaseSnapshot } from '../../snapshot/schema.ts';

/** A field of the row as people read it. */
export interface SignedValue {
  readonly key: string;
  readonly value: string;
}

/** What of the row a signature stands for: what is said about the statement itself, and of no other file. */
const KEYS = ['witness', 'number', 'kind', 'taken', 'pages', 'language'] as const;

type Case = Pick<CaseSnapshot, 'statements' | 'victims' | 'witnesses'>;

const nameOf = ({ victims, witnesses }: Case, id: string): string => {
  const person = [...victims, ...witnesses].find((one) => one.id === id);
  const named = [person?.family, person?.given].filter((part) => part !== undefined).join(', ');
  return named === '' ? (person?.name ?? '') : named;
};

const rowAt = ({ statements }: Case, path: string) => statements.find(({ id }) => path === `statements/${id}`);

/** The row at `statements/ID` as it stands, what is not given left out; null: there is no such row here. */
export function statementValues(snapshot: Case, path: string): readonly SignedValue[] | null {
  const row = rowAt(snapshot, path);
  if (!row) return null;
  return KEYS.flatMap((key) => {
    const value = row[key];
    const read = key === 'witness' && value !== undefined ? nameOf(snapshot, String(value)) : String(value ?? '');
    return read === '' ? [] : [{ key, value: read.slice(0, 300) }];
  });
}

interface Signed {
  readonly path: string;
  readonly item: string;
  readonly as?: readonly SignedValue[] | undefined;
  readonly altered: object | null;
}
const label = (key: string): string => STATEMENTS.fields.find((field) => field.key === key)?.label ?? key;
const shown = (value: string | undefined): string => (value === undefined ? 'not given' : `\u201c${value}\u201d`);

/**
 * What was altered after it was signed, in sentences; none: nothing that this computer can see. `whole`: it holds every row
 * of the case, so that one that is missing was taken away.
 */
export function alteredSince(signed: Signed, snapshot: Case, whole: boolean): readonly string[] {
  const row = rowAt(snapshot, signed.path);
  const now = statementValues(snapshot, signed.path);
  const file = signed.altered === null ? [] : ['A newer version of its file was added, that nobody signed'];
  if (!row || !now) return whole ? [...file, 'It is not on the list of statements any more'] : file;
  const other =
    row.file === signed.item ? [] : [row.file === undefined ? 'Its file was taken off' : 'Another file stands for it'];
  const was = new Map(signed.as?.map(({ key, value }) => [key, value]));
  const is = new Map(now.map(({ key, value }) => [key, value]));
  const values = signed.as === undefined ? [] : KEYS.filter((key) => was.get(key) !== is.get(key));
  return [
    ...file,
    ...other,
    ...values.map((key) => `${label(key)}: was ${shown(was.get(key))}, is ${shown(is.get(key))}`),
  ];
}
