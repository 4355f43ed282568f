/**
 * A long list of the record as a table with the chosen row's fields beside it. Owns what is chosen, what is looked for and
 * which rows are ticked; promises that what is done to many is one update of the record, and one Undo.
 */
import { useContext, useDeferredValue, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { ListName } from '../../../shared/model/formats/index.ts';
import { LISTS } from '../../../shared/model/formats/index.ts';
import { addItem, arrangeItems, removeItem } from '../../../shared/model/list.ts';
import type { Move } from '../../ui/arranging.tsx';
import { stepOf } from '../../ui/arranging.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { countText } from '../../ui/format.ts';
import type { Column } from '../../ui/Grid.tsx';
import { Grid } from '../../ui/Grid.tsx';
import { PlusIcon } from '../../ui/icons.tsx';
import { Tick } from '../../ui/Tick.tsx';
import { toggled } from '../../ui/ticking.ts';
import { useArrival } from '../../ui/useArrival.ts';
import { blankOf } from '../record/EntityList.tsx';
import { LastAct } from '../record/LastAct.tsx';
import { newKey } from '../record/newKey.ts';
import { RecordContext } from '../record/recordContext.ts';
import { authorNow } from '../record/useRecord.ts';
import { Bulk } from './Bulk.tsx';
import { finder } from './find.ts';
import { RowPanel } from './RowPanel.tsx';
import type { TableRow } from './tableRow.ts';

interface EntityTableProps<R extends TableRow> {
  readonly list: ListName;
  readonly rows: readonly R[];
  readonly columns: readonly Column<R>[];
  /** Fields that can be set for many at once. */
  readonly bulk: readonly string[];
  /** The field by which rows are called, where many can be renamed at once. */
  readonly renames?: string;
  /** Rows are added by people; files come by Add files. */
  readonly adds: boolean;
  /** Rows that the filters leave out keep their places among all of them. */
  readonly all?: readonly R[];
  /** Rows of one band stand together: a row that is put beside one of another band joins it. */
  readonly bands?: { readonly of: (row: R) => string; readonly join: (id: string, beside: R) => void };
  /** Choices that narrow the list, beside what is looked for; and what is said below them. */
  readonly filters?: ReactNode;
  readonly says?: string;
  readonly path: string | null;
  readonly empty: string;
  /** What else is known of the chosen row, below its fields. */
  readonly below?: (row: R) => ReactNode;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Every id as it shall stand, once rows were put beside another. */
function arranged(ids: readonly string[], { moved, to, side }: Move): readonly string[] {
  const goes = new Set(moved);
  const rest = ids.filter((id) => !goes.has(id));
  const at = rest.indexOf(to) + (side === 'after' ? 1 : 0);
  return [...rest.slice(0, at), ...ids.filter((id) => goes.has(id)), ...rest.slice(at)];
}

export function EntityTable<R extends TableRow>(props: EntityTableProps<R>) {
  const { list, rows, columns, bulk, adds, path, empty, bands, all = rows } = props;
  const place = useContext(RecordContext);
  const adding = useArrival<HTMLSpanElement>(path === list);
  const [chosen, setChosen] = useState<string | null>(path?.split('/')[1] ?? null);
  const [added, setAdded] = useState<string | null>(null);
  const [ticked, setTicked] = useState(NOTHING);
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search);
  const find = useMemo(() => finder(rows), [rows]);
  const found = useMemo(() => find(wanted), [find, wanted]);
  const picked = useMemo(() => rows.filter(({ id }) => ticked.has(id)), [rows, ticked]);
  if (place === null) return null;
  const { one, many } = LISTS[list];
  const open = rows.find(({ id }) => id === chosen);
  const author = authorNow(place.name);

  const add = (): void => {
    const id = addItem(place.root, list, blankOf(list), author, newKey());
    setSearch('');
    setChosen(id);
    setAdded(id);
  };
  const remove = (gone: readonly TableRow[]): void => {
    place.acts.run(`${countText(gone.length, one.toLowerCase(), many.toLowerCase())} removed`, () => {
      for (const { id } of gone) removeItem(place.root, list, id, author);
    });
    setTicked(NOTHING);
    setChosen(null);
  };
  const move = (to: Move): void => {
    const beside = all.find(({ id }) => id === to.to);
    if (!beside) return;
    place.acts.run(`${countText(to.moved.length, one.toLowerCase(), many.toLowerCase())} moved`, () => {
      const goes = new Set(to.moved);
      const near = bands ? all.filter((row) => goes.has(row.id) || bands.of(row) === bands.of(beside)) : all;
      arrangeItems(place.root, list, arranged(near.map(({ id }) => id), to), goes, author); // prettier-ignore
      if (bands) for (const row of all) if (goes.has(row.id) && bands.of(row) !== bands.of(beside)) bands.join(row.id, beside); // prettier-ignore
    });
  };
  const step = (row: TableRow, by: 1 | -1): void => {
    const next = stepOf(found.map(({ id }) => id), [row.id], by); // prettier-ignore
    if (next) move(next);
  };
  const isAll = found.length > 0 && found.every(({ id }) => ticked.has(id));
  const tick: Column<R> = {
    key: 'tick',
    title: 'Tick',
    head: (
      <Tick
        name="Tick all that are shown"
        ticked={isAll}
        some={!isAll && picked.length > 0}
        onChange={(is) => setTicked(is ? new Set([...ticked, ...found.map(({ id }) => id)]) : NOTHING)}
      />
    ),
    width: '1.5rem',
    look: 'acts',
    cell: (row) => (
      <Tick name={`Tick ${row.name}`} ticked={ticked.has(row.id)} onChange={() => setTicked(toggled(ticked, row.id))} />
    ),
  };

  return (
    <div className="table-part">
      <div className="row filters">
        <div className="find">
          <Field label={`Find in ${many.toLowerCase()}`} value={search} onChange={setSearch} />
        </div>
        {props.filters}
        <span className="quiet small found" role="status">
          {found.length === all.length
            ? countText(all.length, one.toLowerCase(), many.toLowerCase())
            : `${found.length} of ${all.length}`}
        </span>
        {adds && place.mayWrite && (
          <span className="push" ref={adding}>
            <Button onPress={add}>
              <PlusIcon />
              Add {one.toLowerCase()}
            </Button>
          </span>
        )}
      </div>
      {props.says !== undefined && props.says !== '' && <p className="quiet small">{props.says}</p>}
      {picked.length > 0 && (
        <Bulk
          list={list}
          rows={picked}
          fields={bulk}
          renames={props.renames ?? null}
          onClear={() => setTicked(NOTHING)}
          {...(adds && { onRemove: () => remove(picked) })}
        />
      )}
      <LastAct acts={place.acts} />
      {found.length === 0 ? (
        <p className="quiet">{rows.length === 0 ? empty : `Nothing here has “${wanted.trim()}” in it.`}</p>
      ) : (
        <div className={open === undefined ? 'table-and-row' : 'table-and-row open'}>
          <Grid
            label={many}
            columns={place.mayWrite ? [tick, ...columns] : columns}
            rows={found}
            idOf={(row) => row.id}
            nameOf={(row) => row.name}
            onPick={(row) => setChosen(row.id)}
            onOpen={(row) => setChosen(row.id)}
            chosen={chosen}
            {...(place.mayWrite && { ticks: { ticked, onTicked: setTicked }, onMove: move })}
          />
          {open !== undefined && (
            <RowPanel
              key={open.id}
              list={list}
              row={open}
              path={path}
              added={open.id === added}
              onClose={() => setChosen(null)}
              onMove={(by) => step(open, by)}
              {...(adds && { onRemove: () => remove([open]) })}
              {...(props.below !== undefined && { below: props.below(open) })}
            />
          )}
        </div>
      )}
    </div>
  );
}
