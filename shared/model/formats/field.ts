/**
 * How a field and an entity of the common data model are described, and the words in which the tables beside this file
 * are written. From one table come the record in its document, the JSON of a case, its documentation, and what may cross
 * to another organisation. Holds no data; checks nothing (check.ts).
 */
import type { Source } from './sources.ts';

export type FieldType =
  | 'text'
  | 'long text'
  | 'date'
  | 'time'
  | 'choice'
  | 'yes-no'
  | 'number'
  | 'ref'
  | 'refs'
  | 'urn'
  | 'marking';

/** The usual form of a number or code. What departs from it is kept, with advice. */
export interface Form extends Source {
  readonly pattern: RegExp;
  /** What it usually looks like and what to check it against. */
  readonly sentence: string;
  /** The check letter that an upper-case value of this form should end with; absent: it has none, or nobody verified how it is made. */
  readonly checkLetter?: (value: string) => string | null;
}

/** What a reference may point at: a list of the record, or the files of the case (by item id). */
export type RefTarget = string;

export interface Field extends Source {
  readonly key: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters at most, as kept in the record. */
  readonly limit: number;
  readonly choices?: readonly string[];
  readonly form?: Form;
  readonly to?: readonly RefTarget[];
  /** What somebody saw or was told, or what somebody makes of it (Data Protection Act 2018, s.38). */
  readonly nature: 'fact' | 'opinion';
  /**
   * How far it may go with a release: `own` never leaves the organisation; `team` goes between police and prosecution;
   * `partner` to any other organisation too. What says nothing is `team`.
   */
  readonly reach: 'own' | 'team' | 'partner';
  /** Never in anything that is served on the defence, nor in what is made to be served. */
  readonly confidential: boolean;
}

export interface Entity {
  readonly one: string;
  readonly many: string;
  /** What it is, in a sentence. */
  readonly says: string;
  /** The category of person that it is about, kept apart from the others (Data Protection Act 2018, s.38); null: none. */
  readonly person: 'suspect' | 'victim' | 'witness' | null;
  /** The fields by which people call one, the first that is given. */
  readonly called: readonly string[];
  readonly fields: readonly Field[];
}

type More = Partial<Pick<Field, 'limit' | 'form' | 'nature' | 'reach' | 'confidential'>>;
type Made<K extends string, T extends FieldType> = Field & { readonly key: K; readonly type: T };

const field = <const K extends string, const T extends FieldType>(
  key: K,
  type: T,
  label: string,
  limit: number,
  { source, verified }: Source,
  more: More = {},
): Made<K, T> => ({
  key,
  label,
  type,
  limit,
  nature: 'fact',
  reach: 'team',
  confidential: false,
  source,
  verified,
  ...more,
});

export const text = <const K extends string>(key: K, label: string, source: Source, more?: More): Made<K, 'text'> =>
  field(key, 'text', label, 200, source, more);
export const longText = <const K extends string>(
  key: K,
  label: string,
  source: Source,
  more?: More,
): Made<K, 'long text'> => field(key, 'long text', label, 4000, source, more);
export const date = <const K extends string>(key: K, label: string, source: Source, more?: More): Made<K, 'date'> =>
  field(key, 'date', label, 10, source, more);
export const time = <const K extends string>(key: K, label: string, source: Source, more?: More): Made<K, 'time'> =>
  field(key, 'time', label, 5, source, more);
export const count = <const K extends string>(key: K, label: string, source: Source, more?: More): Made<K, 'number'> =>
  field(key, 'number', label, 6, source, more);

export const choice = <const K extends string, const C extends readonly string[]>(
  key: K,
  label: string,
  choices: C,
  source: Source,
  more?: More,
): Made<K, 'choice'> & { readonly choices: C } => ({ ...field(key, 'choice', label, 60, source, more), choices });

const YES_NO = ['yes', 'no'] as const;
export const yesNo = <const K extends string>(
  key: K,
  label: string,
  source: Source,
  more?: More,
): Made<K, 'yes-no'> => ({ ...field(key, 'yes-no', label, 3, source, more), choices: YES_NO });

/** One row of a list, or one file. */
export const ref = <const K extends string>(
  key: K,
  label: string,
  to: readonly RefTarget[],
  source: Source,
  more?: More,
): Made<K, 'ref'> => ({ ...field(key, 'ref', label, 64, source, more), to });
/** Several, as ids with a space between them. */
export const refs = <const K extends string>(
  key: K,
  label: string,
  to: readonly RefTarget[],
  source: Source,
  more?: More,
): Made<K, 'refs'> => ({ ...field(key, 'refs', label, 4000, source, more), to });

export const urn = <const K extends string>(key: K, label: string, source: Source, more?: More): Made<K, 'urn'> =>
  field(key, 'urn', label, 20, source, more);

export const MARKINGS = ['OFFICIAL', 'OFFICIAL-SENSITIVE'] as const;
export const marking = <const K extends string>(
  key: K,
  label: string,
  source: Source,
  more?: More,
): Made<K, 'marking'> & { readonly choices: typeof MARKINGS } => ({
  ...field(key, 'marking', label, 40, source, more),
  choices: MARKINGS,
});

type ValueOf<F extends Field> = F['type'] extends 'yes-no'
  ? boolean
  : F['type'] extends 'number'
    ? number
    : F['type'] extends 'refs'
      ? readonly string[]
      : F['type'] extends 'choice' | 'marking'
        ? F extends { readonly choices: infer C extends readonly string[] }
          ? C[number]
          : string
        : string;

/** The values of a table's fields, typed; what is empty is absent. */
export type Values<Fields extends readonly Field[]> = {
  readonly [F in Fields[number] as F['key']]?: ValueOf<F>;
};
