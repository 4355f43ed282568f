/**
 * Witness statements, with whose each is and whether it is essential and signed.
 */
import { valueOf } from '../../../shared/model/record.ts';
import type { CaseRecord, RecordItem } from '../../../shared/model/record.ts';
import { EntityTable } from './EntityTable.tsx';
import type { TableRow } from './tableRow.ts';
import { fieldColumn, nameColumn } from './columns.tsx';
import type { SectionProps } from './sectionProps.ts';

/** People call a statement by its witness. */
function nameOf(record: CaseRecord, item: RecordItem, index: number): string {
  const of = valueOf(item.fields, 'witness');
  const witness = [...record.lists.victims, ...record.lists.witnesses].find(({ id }) => id === of)?.name ?? '';
  const number = valueOf(item.fields, 'number') || String(index + 1);
  return witness === '' ? `Statement ${number}` : `${witness}, ${number}`;
}

export function Statements({ record, path }: SectionProps) {
  const rows = record.lists.statements.map((item, index): TableRow => ({
    id: item.id,
    name: nameOf(record, item, index),
    item,
  }));
  return (
    <EntityTable
      list="statements"
      rows={rows}
      columns={[
        nameColumn('Of whom'),
        fieldColumn(record, 'statements', 'kind', '6rem'),
        fieldColumn(record, 'statements', 'taken', '7rem'),
        fieldColumn(record, 'statements', 'key', '5.5rem'),
        fieldColumn(record, 'statements', 'signed', '5rem'),
      ]}
      bulk={['kind', 'key', 'signed']}
      adds
      path={path}
      empty="No statement yet. Add one for each witness, and choose the file that holds it."
    />
  );
}
