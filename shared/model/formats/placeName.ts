/** What people call a place in the record, in the words of the tables; and the path of a field as facts give it. */
import type { Field } from './field.ts';
import { CASE_FIELDS, LISTS, isListName } from './index.ts';

const label = (fields: readonly Field[], name: string | undefined): string | undefined =>
  fields.find((field) => field.key === name)?.label;

/** What is done to a case has names beside those of the tables. */
const WORK: Readonly<Record<string, string>> = {
  reviews: 'Review',
  certificates: 'Certificates',
  decisions: 'Charging decision',
  actions: 'Action plan',
};

/** `Suspect: Date of birth`, or `Hale, Edwin: Date of birth` where it is known what the row is called. */
export function placeName(path: string, row = ''): string {
  const [list = '', second = '', key] = path.split('/');
  if (list === 'case') return label(CASE_FIELDS, second) ?? 'The case';
  if (list === 'summary') return 'Summary';
  if (list === 'work') return WORK[second] ?? 'The case';
  if (list === 'packages') return 'Packages';
  if (list === 'files') return row === '' ? 'Documents' : row;
  if (list === 'agreement') return 'Sharing agreement';
  if (!isListName(list)) return 'The case';
  if (second === '') return LISTS[list].many;
  const called = row === '' ? LISTS[list].one : row;
  const field = label(LISTS[list].fields, key);
  return field === undefined ? called : `${called}: ${field}`;
}

/** The path of a field by the key it has in the record's document: `urn` is `case/urn`. */
export const casePath = (key: string): string => (key.includes('/') ? key : `case/${key}`);
