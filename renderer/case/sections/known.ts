/**
 * What is known of the rows of a list that a name can be made of. What is not written anywhere stays unknown: nothing is
 * taken from the name of a file, which may say anything.
 */
import type { ListName } from '../../../shared/model/formats/index.ts';
import type { Known } from '../../../shared/model/naming/rename.ts';
import type { CaseRecord, RecordItem } from '../../../shared/model/record.ts';
import { valueOf } from '../../../shared/model/record.ts';
import type { TableRow } from './tableRow.ts';

/** The family name, or else what stands before the comma, or the last word of the whole name. */
export function surnameOf({ fields }: RecordItem): string {
  const family = valueOf(fields, 'family');
  if (family !== '') return family;
  const whole = valueOf(fields, 'name').trim();
  return whole.includes(',') ? (whole.split(',')[0] ?? '').trim() : (whole.split(/\s+/).at(-1) ?? '');
}

const byFile = (items: readonly RecordItem[]): ReadonlyMap<string, RecordItem> =>
  new Map(items.map((item) => [valueOf(item.fields, 'file'), item]));

/** For each row of a list, by its file: `files` by item. */
export function knownOf(
  record: CaseRecord,
  list: ListName,
  files: readonly { readonly id: string; readonly name: string }[],
): (row: TableRow) => Known {
  const { documents, statements, exhibits, suspects, victims, witnesses } = record.lists;
  const names = new Map(files.map(({ id, name }) => [id, name]));
  const people = new Map([...suspects, ...victims, ...witnesses].map((person) => [person.id, surnameOf(person)]));
  const [said, spoken, produced] = [
    new Map(documents.map((item) => [item.id, item])),
    byFile(statements),
    byFile(exhibits),
  ];
  return ({ id, name, item }) => {
    const own = (key: string): string => (item === null ? '' : valueOf(item.fields, key));
    const file = list === 'documents' ? id : own('file');
    const of = (from: ReadonlyMap<string, RecordItem>, key: string): string => {
      const found = file === '' ? undefined : from.get(file);
      return found ? valueOf(found.fields, key) : '';
    };
    const about = own('about').split(' ').filter(Boolean);
    const whose =
      list === 'statements' ? own('witness') : of(spoken, 'witness') || (about.length === 1 ? (about[0] ?? '') : '');
    return {
      name,
      file: (names.get(file) ?? '').replace(/\.[^.]{1,5}$/u, ''),
      form: of(said, 'form'),
      group: of(said, 'group'),
      surname: people.get(whose) ?? '',
      date: of(said, 'dated') || of(spoken, 'taken') || own('found'),
      exhibit: list === 'exhibits' ? own('reference') : of(produced, 'reference'),
    };
  };
}
