/**
 * What each file of the case is, in the prosecutor's groups. Files not sorted yet come first; a file's own words stand
 * beside what it is. Filters narrow the list, together with what is looked for, and say that they do.
 */
import { useContext, useEffect, useMemo, useRef, useState } from 'react';
import { GROUPS } from '../../../shared/model/formats/forms.ts';
import type { ItemRow } from '../../../shared/ipc/worker.ts';
import { itemField } from '../../../shared/model/list.ts';
import type { CaseRecord, RecordItem } from '../../../shared/model/record.ts';
import { valueOf } from '../../../shared/model/record.ts';
import { setField } from '../../../shared/model/register.ts';
import type { CaseId, VersionId } from '../../../shared/primitives/ids.ts';
import { Choice } from '../../ui/Choice.tsx';
import { countText, whenText } from '../../ui/format.ts';
import type { Column } from '../../ui/Grid.tsx';
import { ask } from '../../worker/connection.ts';
import { FileActs } from '../files/FileActs.tsx';
import { FileName } from '../files/FileName.tsx';
import { RecordContext } from '../record/recordContext.ts';
import { authorNow } from '../record/useRecord.ts';
import { EntityTable } from './EntityTable.tsx';
import { Proposals } from './Proposals.tsx';
import type { TableRow } from './tableRow.ts';
import { fieldColumn } from './columns.tsx';
import type { SectionProps } from './sectionProps.ts';
import { isTorn } from './torn.ts';

interface DocumentRow extends TableRow {
  readonly file: ItemRow;
  readonly group: string;
  /** Its place in the record; files that nobody put anywhere come after, as they were added. */
  readonly at: number;
}

const NOT_SORTED = 'Not sorted yet';
const ALL_GROUPS = 'All groups';
const ORDER = [NOT_SORTED, ...GROUPS] as readonly string[];
const USES = ['Any use', 'used', 'unused', 'none'] as const;
const SEEN = ['Any', 'New since I last looked', 'Not read by me', 'Read by me'] as const;
type Seen = (typeof SEEN)[number];

/** One row for each item: its newest version, and what is written of it. */
function documentRows(items: readonly ItemRow[], record: CaseRecord): readonly DocumentRow[] {
  const known = new Map(record.lists.documents.map((item, at) => [item.id, { item, at: item.placed ? at : Infinity }]));
  const newest = new Map(items.map((item) => [item.file.item, item]));
  return [...newest.values()]
    .map((file): DocumentRow => {
      const { item = null, at = Infinity } = known.get(file.file.item) ?? {};
      const group = (item && valueOf(item.fields, 'group')) || NOT_SORTED;
      const name = (item && valueOf(item.fields, 'title')) || file.file.name;
      return { id: file.file.item, name, item, file, group, at };
    })
    .sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group) || (a.at === b.at ? 0 : a.at - b.at));
}

/** Opened by this person, as the words say. */
const isRead = ({ file }: DocumentRow): boolean => file.file.happened.text.startsWith('Opened by you');

function isSeen(row: DocumentRow, seen: Seen): boolean {
  if (seen === 'Any') return true;
  return seen === 'New since I last looked' ? row.file.isNew : isRead(row) === (seen === 'Read by me');
}

/** Nobody has said what it is. */
const isBlank = ({ fields }: RecordItem): boolean => valueOf(fields, 'group') === '' && valueOf(fields, 'form') === '';

/** A look is over when the list is left: what is in it then is not new the next time. */
function useLook(of: CaseId, place: ItemRow['place'], items: readonly ItemRow[]): void {
  const here = useRef<readonly VersionId[]>([]);
  useEffect(() => {
    here.current = items.map(({ file }) => file.version);
  }, [items]);
  useEffect(() => () => ask((to) => to.looked(of, place, here.current)), [of, place]);
}

export function Documents({ view, area, record, path }: SectionProps) {
  const place = useContext(RecordContext);
  const items = useMemo(() => view.items.filter((item) => item.place === area.kind), [view.items, area.kind]);
  useLook(view.row.case, area.kind, items);
  const rows = useMemo(() => documentRows(items, record), [items, record]);
  const [group, setGroup] = useState(ALL_GROUPS);
  const [use, setUse] = useState<(typeof USES)[number]>('Any use');
  const [seen, setSeen] = useState<Seen>('Any');
  const shown = useMemo(
    () =>
      rows.filter(
        (row) =>
          (group === ALL_GROUPS || row.group === group) &&
          (use === 'Any use' || (row.item !== null && valueOf(row.item.fields, 'use') === use)) &&
          isSeen(row, seen),
      ),
    [rows, group, use, seen],
  );
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.group, (counts.get(row.group) ?? 0) + 1);
  const fresh = rows.filter(({ file }) => file.isNew).length;
  const columns: readonly Column<DocumentRow>[] = [
    {
      key: 'file',
      title: 'File',
      width: 'minmax(9rem, 1.4fr)',
      cell: (row) => <FileName file={row.file.file} title={row.name} isNew={row.file.isNew} />,
    },
    { key: 'group', title: 'Group', width: 'minmax(0, 0.7fr)', cell: (row) => row.group },
    fieldColumn(record, 'documents', 'form', 'minmax(0, 0.4fr)'),
    fieldColumn(record, 'documents', 'use', 'minmax(0, 0.4fr)'),
    { key: 'acts', title: 'Acts', width: '9.5rem', look: 'acts', cell: (row) => <FileActs file={row.file.file} /> },
  ];
  const unsorted = rows.filter(({ item }) => item === null || isBlank(item));
  const join = (id: string, beside: DocumentRow): void => {
    const moved = rows.find((row) => row.id === id);
    if (place !== null && beside.group !== NOT_SORTED && moved !== undefined && !isTorn(moved, 'group'))
      setField(place.root, itemField('documents', id, 'group'), beside.group, authorNow(place.name));
  };
  return (
    <div className="stack">
      <Proposals files={unsorted.map(({ id, file }) => ({ id, name: file.file.name }))} record={record} />
      <EntityTable
        list="documents"
        rows={shown}
        all={rows}
        bands={{ of: (row) => row.group, join }}
        columns={columns}
        bulk={['group', 'form', 'use', 'marking', 'served']}
        renames="title"
        filters={
          <>
            <Choice
              label="Group"
              value={group}
              onChange={setGroup}
              options={[ALL_GROUPS, ...ORDER].map((each) => ({
                value: each,
                text: each === ALL_GROUPS ? `${each} (${rows.length})` : `${each} (${counts.get(each) ?? 0})`,
              }))}
            />
            <Choice
              label="Use"
              value={use}
              onChange={setUse}
              options={USES.map((each) => ({ value: each, text: each }))}
            />
            <Choice
              label="New and read"
              value={seen}
              onChange={setSeen}
              options={SEEN.map((each) => ({ value: each, text: each }))}
            />
          </>
        }
        says={lookText(area.lookedAt, fresh)}
        adds={false}
        path={path}
        empty={
          rows.length === 0
            ? 'No files yet. Use Add files, or drop files and folders anywhere on this screen.'
            : 'No file is like that. Choose other filters to see more.'
        }
      />
    </div>
  );
}

/** Since when something is new, and how much is. */
function lookText(at: number | null, fresh: number): string {
  if (at === null) return fresh === 0 ? '' : 'You have not looked at these files on this computer before.';
  return `You last looked on ${whenText(at)}: ${fresh === 0 ? 'nothing' : countText(fresh, 'file')} new since.`;
}
