/**
 * What the first part of the case screen shows of the record: the fields by which a case is begun. The rest of the tables
 * has screens of its own.
 */
import type { ListName } from './index.ts';

const NAMES = ['kind', 'name', 'family', 'given'];

export const BASIC_CASE: readonly string[] = ['title', 'urn', 'kind', 'officer', 'marking'];

export const BASIC_LISTS = {
  suspects: [...NAMES, 'born', 'pnc', 'cro', 'asn'],
  offences: ['code', 'wording', 'from', 'to', 'place'],
  victims: NAMES,
  witnesses: NAMES,
} as const satisfies Partial<Record<ListName, readonly string[]>>;
export type BasicList = keyof typeof BASIC_LISTS;
export const BASIC_LIST_NAMES = Object.keys(BASIC_LISTS) as BasicList[];

/** Whether a row's field is among those shown first. */
export const isBasic = (list: ListName, key: string): boolean =>
  Object.entries(BASIC_LISTS).some(([name, keys]) => name === list && keys.some((each) => each === key));
