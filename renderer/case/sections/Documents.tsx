/**
 * What each file of the case is, in the prosecutor's groups. Files not sorted yet come first; a file's own words stand
 * beside what it is. Filters narrow the list, and say that they do.
 */
import { useMemo, useState } from 'react';
import { GROUPS } from '../../../shared/model/formats/forms.ts';
import type { ItemRow } from '../../../shared/ipc/worker.ts';
import type { CaseRecord, RecordItem } from '../../../shared/model/record.ts';
import { valueOf } from '../../../shared/model/record.ts';
import { Choice } from '../../ui/Choice.tsx';
import type { Column } from '../../ui/Grid.tsx';
import { FileActs } from '../files/FileActs.tsx';
import { FileName } from '../files/FileName.tsx';
import { EntityTable } from './EntityTable.tsx';
import { Proposals } from './Proposals.tsx';
import type { TableRow } from './tableRow.ts';
import { fieldColumn } from './columns.tsx';
import type { SectionProps } from './sectionProps.ts';

interface DocumentRow extends TableRow {
  readonly file: ItemRow;
  readonly group: string;
}

const NOT_SORTED = 'Not sorted yet';
const ALL_GROUPS = 'All groups';
const USES = ['Any use', 'used', 'unused', 'none'] as const;
const READS = ['Read or not', 'Not read by you', 'Read by you'] as const;

/** One row for each item: its newest version, and what is written of it. */
function documentRows(items: readonly ItemRow[], record: CaseRecord): readonly DocumentRow[] {
  const known = new Map<string, RecordItem>(record.lists.documents.map((item) => [item.id, item]));
  const newest = new Map(items.map((item) => [item.file.item, item]));
  const order = [NOT_SORTED, ...GROUPS] as readonly string[];
  return [...newest.values()]
    .map((file) => {
      const item = known.get(file.file.item) ?? null;
      const group = (item && valueOf(item.fields, 'group')) || NOT_SORTED;
      const name = (item && valueOf(item.fields, 'title')) || file.file.name;
      return { id: file.file.item, name, item, file, group };
    })
    .sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
}

/** Opened by this person, as the words say. */
const isRead = ({ file }: DocumentRow): boolean => file.file.happened.text.startsWith('Opened by you');

/** Nobody has said what it is. */
const isBlank = ({ fields }: RecordItem): boolean => valueOf(fields, 'group') === '' && valueOf(fields, 'form') === '';

export function Documents({ view, area, record, path }: SectionProps) {
  const items = view.items.filter((item) => item.place === area.kind);
  const rows = useMemo(() => documentRows(items, record), [items, record]);
  const [group, setGroup] = useState(ALL_GROUPS);
  const [use, setUse] = useState<(typeof USES)[number]>('Any use');
  const [read, setRead] = useState<(typeof READS)[number]>('Read or not');
  const shown = rows.filter(
    (row) =>
      (group === ALL_GROUPS || row.group === group) &&
      (use === 'Any use' || (row.item !== null && valueOf(row.item.fields, 'use') === use)) &&
      (read === 'Read or not' || isRead(row) === (read === 'Read by you')),
  );
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.group, (counts.get(row.group) ?? 0) + 1);
  const columns: readonly Column<DocumentRow>[] = [
    { key: 'file', title: 'File', width: 'minmax(9rem, 1.4fr)', cell: (row) => <FileName file={row.file.file} /> },
    { key: 'group', title: 'Group', width: 'minmax(0, 0.7fr)', cell: (row) => row.group },
    fieldColumn(record, 'documents', 'form', 'minmax(0, 0.4fr)'),
    fieldColumn(record, 'documents', 'use', 'minmax(0, 0.4fr)'),
    { key: 'acts', title: 'Acts', width: '9.5rem', look: 'acts', cell: (row) => <FileActs file={row.file.file} /> },
  ];
  const unsorted = rows.filter(({ item }) => item === null || isBlank(item));
  return (
    <div className="stack">
      <Proposals files={unsorted.map(({ id, file }) => ({ id, name: file.file.name }))} record={record} />
      <div className="filters row">
        <Choice
          label="Group"
          value={group}
          onChange={setGroup}
          options={[ALL_GROUPS, NOT_SORTED, ...GROUPS].map((each) => ({
            value: each,
            text: each === ALL_GROUPS ? `${each} (${rows.length})` : `${each} (${counts.get(each) ?? 0})`,
          }))}
        />
        <Choice label="Use" value={use} onChange={setUse} options={USES.map((each) => ({ value: each, text: each }))} />
        <Choice
          label="Read"
          value={read}
          onChange={setRead}
          options={READS.map((each) => ({ value: each, text: each }))}
        />
      </div>
      <EntityTable
        list="documents"
        rows={shown}
        columns={columns}
        bulk={['group', 'form', 'use', 'marking', 'served']}
        adds={false}
        path={path}
        empty={
          rows.length === 0
            ? 'No files yet. Use Add files, or drop files and folders anywhere on this screen.'
            : 'No file is like that.'
        }
      />
    </div>
  );
}
