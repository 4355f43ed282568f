/**
 * Where a place of a case is mended, once there is a Case file: there, if that is what counts (snapshot/read.ts) and what
 * the other organisation sees; in Working papers, what has not crossed or never does. Pure.
 */
import type { Field } from '../formats/field.ts';
import { CASE_FIELDS, fieldsOf, isListName } from '../formats/index.ts';
import type { CaseRecord } from '../record.ts';

type MendedIn = 'working papers' | 'case file';

/** Rows of these cross with their file, and are written beside it until then. */
const WITH_FILES: ReadonlySet<string> = new Set(['statements', 'exhibits', 'material', 'documents', 'files']);

const fieldOf = (fields: readonly Field[], key: string | undefined): Field | undefined =>
  fields.find((field) => field.key === key);

/** `caseFile`: the record of the Case file that is in use; null: there is none. */
export function mendedIn(path: string, working: CaseRecord | null, caseFile: CaseRecord | null): MendedIn {
  if (caseFile === null) return 'working papers';
  if (working === null) return 'case file';
  const [list = '', id, key] = path.split('/');
  if (list === 'case') return fieldOf(CASE_FIELDS, id)?.reach === 'own' ? 'working papers' : 'case file';
  if (!isListName(list)) return list === 'files' ? 'working papers' : 'case file';
  if (id === undefined) return WITH_FILES.has(list) ? 'working papers' : 'case file';
  if (fieldOf(fieldsOf(list), key)?.reach === 'own') return 'working papers';
  return caseFile.lists[list].some((row) => row.id === id) ? 'case file' : 'working papers';
}
