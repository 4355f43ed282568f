/**
 * A long list of the record as a table with the chosen row's fields beside it. Owns what is chosen, what is looked for and
 * which rows are ticked; promises that what is done to many is one update of the record.
 */
import { useContext, useMemo, useState } from 'react';
import type { ListName } from '../../../shared/model/formats/index.ts';
import { LISTS } from '../../../shared/model/formats/index.ts';
import { addItem, moveItem, removeItem } from '../../../shared/model/list.ts';
import { inOneStep } from '../../../shared/model/register.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Check.tsx';
import { Field } from '../../ui/Field.tsx';
import { countText } from '../../ui/format.ts';
import type { Column } from '../../ui/Grid.tsx';
import { Grid } from '../../ui/Grid.tsx';
import { PlusIcon } from '../../ui/icons.tsx';
import { blankOf } from '../record/EntityList.tsx';
import { newKey } from '../record/newKey.ts';
import { RecordContext } from '../record/recordContext.ts';
import { authorNow } from '../record/useRecord.ts';
import { Bulk } from './Bulk.tsx';
import { RowPanel } from './RowPanel.tsx';
import type { TableRow } from './tableRow.ts';

interface EntityTableProps<R extends TableRow> {
  readonly list: ListName;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  /** Fields that can be set for many at once. */
  readonly bulk: readonly string[];
  /** Rows are added by people; files come by Add files. */
  readonly adds: boolean;
  readonly path: string | null;
  readonly empty: string;
}

const textOf = (row: TableRow): string =>
  [row.name, ...[...(row.item?.fields.values() ?? [])].flatMap(({ values }) => values.map(({ value }) => value))]
    .join(' ')
    .toLowerCase();

export function EntityTable<R extends TableRow>(props: EntityTableProps<R>) {
  const { list, rows, columns, bulk, adds, path, empty } = props;
  const place = useContext(RecordContext);
  const [chosen, setChosen] = useState<string | null>(path?.split('/')[1] ?? null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [search, setSearch] = useState('');
  const found = useMemo(() => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return words.length === 0 ? rows : rows.filter((row) => words.every((word) => textOf(row).includes(word)));
  }, [rows, search]);
  if (place === null) return null;
  const { one, many } = LISTS[list];
  const open = rows.find(({ id }) => id === chosen);
  const picked = rows.filter(({ id }) => ticked.has(id));

  const add = (): void => setChosen(addItem(place.root, list, blankOf(list), authorNow(place.name), newKey()));
  const tick = (id: string, is: boolean): void =>
    setTicked((before) => new Set(is ? [...before, id] : [...before].filter((other) => other !== id)));
  const remove = (gone: readonly TableRow[]): void => {
    inOneStep(place.root, () => gone.forEach(({ id }) => removeItem(place.root, list, id, authorNow(place.name))));
    setTicked(new Set());
    setChosen(null);
  };
  const move = (row: TableRow, by: 1 | -1): void => {
    const at = rows.findIndex(({ id }) => id === row.id);
    const [after, before] = by === 1 ? [rows[at + 1], rows[at + 2]] : [rows[at - 2], rows[at - 1]];
    if ((by === 1 ? after : before) === undefined) return;
    moveItem(place.root, list, row.id, after?.id ?? null, before?.id ?? null, authorNow(place.name));
  };

  const all: readonly Column<R>[] = place.mayWrite
    ? [
        {
          key: 'tick',
          title: 'Tick',
          width: '1.5rem',
          look: 'acts',
          cell: (row) => (
            <Check name={`Tick ${row.name}`} selected={ticked.has(row.id)} onChange={(is) => tick(row.id, is)} />
          ),
        },
        ...columns,
      ]
    : columns;

  return (
    <div className="table-part">
      <div className="row">
        <div className="find">
          <Field label={`Find in ${many.toLowerCase()}`} value={search} onChange={setSearch} />
        </div>
        <span className="quiet small" role="status">
          {found.length === rows.length
            ? countText(rows.length, one.toLowerCase(), many.toLowerCase())
            : `${found.length} of ${rows.length}`}
        </span>
        {adds && place.mayWrite && (
          <span className="push">
            <Button onPress={add}>
              <PlusIcon />
              Add {one.toLowerCase()}
            </Button>
          </span>
        )}
      </div>
      {picked.length > 0 && (
        <Bulk
          list={list}
          ids={picked.map(({ id }) => id)}
          fields={bulk}
          onClear={() => setTicked(new Set())}
          {...(adds && { onRemove: () => remove(picked) })}
        />
      )}
      {rows.length === 0 ? (
        <p className="quiet">{empty}</p>
      ) : (
        <div className={open === undefined ? 'table-and-row' : 'table-and-row open'}>
          <Grid
            label={many}
            columns={all}
            rows={found}
            idOf={(row) => row.id}
            nameOf={(row) => row.name}
            onPick={(row) => setChosen(row.id)}
            onOpen={(row) => setChosen(row.id)}
            chosen={chosen}
          />
          {open !== undefined && (
            <RowPanel
              key={open.id}
              list={list}
              row={open}
              path={path}
              onClose={() => setChosen(null)}
              {...(adds && { onMove: (by: 1 | -1) => move(open, by), onRemove: () => remove([open]) })}
            />
          )}
        </div>
      )}
    </div>
  );
}
