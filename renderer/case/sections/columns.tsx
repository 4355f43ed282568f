/**
 * What a table of the record shows of each row. A column shows a field as a person reads it; what is not given is quiet.
 */
import { LISTS } from '../../../shared/model/formats/index.ts';
import type { ListName } from '../../../shared/model/formats/index.ts';
import type { CaseRecord, RecordItem } from '../../../shared/model/record.ts';
import { valueOf } from '../../../shared/model/record.ts';
import { Clip } from '../../ui/Clip.tsx';
import type { Column } from '../../ui/Grid.tsx';
import { asRead } from '../record/RefField.tsx';
import type { TableRow } from './tableRow.ts';

export const rowsOf = (list: ListName, items: readonly RecordItem[]): readonly TableRow[] =>
  items.map((item, index) => ({ id: item.id, name: item.name || `${LISTS[list].one} ${index + 1}, not named`, item }));

/** A column for a field of a list. */
export function fieldColumn<R extends TableRow>(
  record: CaseRecord,
  list: ListName,
  key: string,
  width: string,
  title?: string,
): Column<R> {
  const field = LISTS[list].fields.find((each) => each.key === key);
  if (!field) throw new Error(`${list} has no field ${key}`);
  return {
    key,
    title: title ?? field.label,
    width,
    cell: ({ item }) => {
      const value = item === null ? '' : valueOf(item.fields, key);
      return value === '' ? <span className="quiet">–</span> : <Clip text={asRead(record, field, value)} />;
    },
  };
}

export const nameColumn = <R extends TableRow>(title: string, width = 'minmax(0, 1.2fr)'): Column<R> => ({
  key: 'name',
  title,
  width,
  cell: (row) => <Clip text={row.name} />,
});
