/**
 * The case record as one table: the case and its lists, each field with label, type, limit, form and source. What is not
 * in the table is not read as known, not shown, and never crosses to another organisation. Owns which lists there are and
 * their order; the tables themselves are beside it, by group.
 */
import { CASE } from './case.ts';
import { CUSTODY, ENQUIRIES, HEARINGS, INTERVIEWS, PLEAS } from './course.ts';
import { DOCUMENTS, EXHIBITS, MATERIAL, STATEMENTS } from './evidence.ts';
import type { Entity, Field, Values } from './field.ts';
import { OFFENCES } from './offences.ts';
import { SUSPECTS, VICTIMS, WITNESSES } from './people.ts';

export { CASE };

/** The lists of a case record, in the order in which they are read out. */
export const LISTS = {
  suspects: SUSPECTS,
  offences: OFFENCES,
  victims: VICTIMS,
  witnesses: WITNESSES,
  statements: STATEMENTS,
  exhibits: EXHIBITS,
  material: MATERIAL,
  documents: DOCUMENTS,
  interviews: INTERVIEWS,
  custody: CUSTODY,
  hearings: HEARINGS,
  pleas: PLEAS,
  enquiries: ENQUIRIES,
} as const satisfies Record<string, Entity>;

export type ListName = keyof typeof LISTS;
export const LIST_NAMES = Object.keys(LISTS) as ListName[];
export const isListName = (word: string): word is ListName => Object.hasOwn(LISTS, word);

export const CASE_FIELDS: readonly Field[] = CASE.fields;
export const fieldsOf = (list: ListName): readonly Field[] => LISTS[list].fields;

/** One value of each list, by name: `forEachList((list) => …)`. */
export function byList<T>(make: (list: ListName) => T): Record<ListName, T> {
  return Object.fromEntries(LIST_NAMES.map((list) => [list, make(list)])) as Record<ListName, T>;
}

/** The fields of the case, typed. */
export type CaseValues = Values<typeof CASE.fields>;
/** A row of a list, typed: its id and its values. */
export type Row<L extends ListName> = { readonly id: string } & Values<(typeof LISTS)[L]['fields']>;
