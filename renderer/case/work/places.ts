/**
 * Where on the screen a place of the record is, and what people call it.
 */
import { CASE_FIELDS, LISTS, isListName } from '../../../shared/model/formats/index.ts';
import type { Field } from '../../../shared/model/formats/field.ts';
import type { Section } from '../../state/sections.ts';

const SECTION: Readonly<Record<string, Section>> = {
  suspects: 'people',
  offences: 'people',
  victims: 'people',
  witnesses: 'people',
  statements: 'statements',
  exhibits: 'exhibits',
  material: 'material',
  documents: 'documents',
  files: 'documents',
  interviews: 'hearings',
  custody: 'hearings',
  hearings: 'hearings',
  pleas: 'hearings',
  enquiries: 'hearings',
  case: 'file',
};

export const sectionOf = (path: string): Section => SECTION[path.split('/')[0] ?? ''] ?? 'overview';

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
