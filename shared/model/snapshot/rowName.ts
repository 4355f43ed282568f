/**
 * What people call a row of a case, for screens alone: findings and facts name rows by number, for they are kept where a
 * person's name has no place.
 */
import { LISTS, isListName } from '../formats/index.ts';
import type { CaseSnapshot } from './schema.ts';

type Values = Readonly<Record<string, unknown>>;

const text = (row: Values | undefined, key: string): string => {
  const value = row?.[key];
  return typeof value === 'string' ? value : '';
};

const rowOf = (snapshot: CaseSnapshot, list: string, id: string): Values | undefined => {
  const rows = list === 'files' || isListName(list) ? (snapshot[list] as readonly Values[]) : [];
  return rows.find((row) => row[list === 'files' ? 'item' : 'id'] === id);
};

/** Of the row that a path is in, such as `suspects/ID/born`; empty: in none, or in one that nobody has named. */
export function rowName(snapshot: CaseSnapshot, path: string): string {
  const [list = '', id] = path.split('/');
  if (id === undefined) return '';
  const row = rowOf(snapshot, list, id);
  if (list === 'files') return text(row, 'name');
  if (!isListName(list)) return '';
  if (list === 'documents') return text(row, 'title') || text(rowOf(snapshot, 'files', id), 'name');
  const whose = text(row, 'witness');
  if (list === 'statements' && whose !== '')
    return rowName(snapshot, `victims/${whose}`) || rowName(snapshot, `witnesses/${whose}`);
  const family = text(row, 'family');
  if (family !== '') return [family, text(row, 'given')].filter((part) => part !== '').join(', ');
  return LISTS[list].called.map((key: string) => text(row, key)).find((name) => name !== '') ?? '';
}
