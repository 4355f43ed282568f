/** What people call a place in the record, in the words of the tables; and the path of a field as facts give it. */
import type { Field } from './field.ts';
import { CASE_FIELDS, LISTS, isListName } from './index.ts';

const label = (fields: readonly Field[], name: string | undefined): string | undefined =>
  fields.find((field) => field.key === name)?.label;

/** `Suspect: Date of birth`; the words of the tables. */
export function placeName(path: string): string {
  const [list = '', second, key] = path.split('/');
  if (list === 'case') return label(CASE_FIELDS, second) ?? 'The case';
  if (list === 'files') return 'Documents';
  if (!isListName(list)) return 'The case';
  const field = label(LISTS[list].fields, key);
  if (second === undefined) return LISTS[list].many;
  return field === undefined ? LISTS[list].one : `${LISTS[list].one}: ${field}`;
}

/** The path of a field by the key it has in the record's document: `urn` is `case/urn`. */
export const casePath = (key: string): string => (key.includes('/') ? key : `case/${key}`);
