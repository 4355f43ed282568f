/**
 * The fields of one row beside its table, and what can be done with the row.
 */
import { useContext, useState } from 'react';
import type { ReactNode } from 'react';
import type { ListName } from '../../../shared/model/formats/index.ts';
import { LISTS } from '../../../shared/model/formats/index.ts';
import { itemField } from '../../../shared/model/list.ts';
import type { FieldValue } from '../../../shared/model/record.ts';
import { Button } from '../../ui/Button.tsx';
import { Clip } from '../../ui/Clip.tsx';
import { useArrival } from '../../ui/useArrival.ts';
import { RecordContext } from '../record/recordContext.ts';
import { firstEmpty } from '../record/RecordEntry.tsx';
import { RegisterField } from '../record/RegisterField.tsx';
import type { TableRow } from './tableRow.ts';

interface RowPanelProps {
  readonly list: ListName;
  readonly row: TableRow;
  readonly path: string | null;
  /** It was added just now, here. */
  readonly added: boolean;
  readonly onClose: () => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onRemove?: () => void;
  readonly below?: ReactNode;
}

/** A row of which nothing is written yet has its fields all the same: to write the first is to begin it. */
const fieldsOf = (list: ListName, row: TableRow): readonly FieldValue[] =>
  row.item !== null
    ? [...row.item.fields.values()]
    : LISTS[list].fields.map((field) => ({ path: itemField(list, row.id, field.key), field, values: [] }));

export function RowPanel({ list, row, path, added, onClose, onMove, onRemove, below }: RowPanelProps) {
  const place = useContext(RecordContext);
  const here = useArrival<HTMLElement>(path !== null && path.split('/')[1] === row.id && path.split('/').length === 2);
  const [first] = useState(() => (added ? firstEmpty(fieldsOf(list, row)) : undefined));
  if (place === null) return null;
  const one = LISTS[list].one.toLowerCase();
  return (
    <section ref={here} className="row-panel" aria-label={`${LISTS[list].one}: ${row.name}`}>
      <div className="row">
        <h3>
          <Clip text={row.name} />
        </h3>
        <span className="push">
          <Button small kind="bare" onPress={onClose}>
            Close
          </Button>
        </span>
      </div>
      <div className="record-fields">
        {fieldsOf(list, row).map((value) => (
          <RegisterField key={value.path} value={value} focus={value.path === path || value.path === first} />
        ))}
      </div>
      {below}
      {place.mayWrite && (
        <div className="row">
          <Button small onPress={() => onMove(-1)}>
            Move up
          </Button>
          <Button small onPress={() => onMove(1)}>
            Move down
          </Button>
          {onRemove !== undefined && (
            <span className="push">
              <Button small kind="danger" onPress={onRemove}>
                Remove {one}
              </Button>
            </span>
          )}
        </div>
      )}
    </section>
  );
}
