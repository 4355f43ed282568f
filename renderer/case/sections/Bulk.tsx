/**
 * What is done to many rows at once: moved to another group, one field set for all of them, named by a pattern, or all of
 * them removed. Each is one act that Undo takes back. A field in conflict is never set: that would choose in silence.
 */
import { useContext, useState } from 'react';
import type { ListName } from '../../../shared/model/formats/index.ts';
import { LISTS } from '../../../shared/model/formats/index.ts';
import type { Field } from '../../../shared/model/formats/field.ts';
import { itemField } from '../../../shared/model/list.ts';
import { setField } from '../../../shared/model/register.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { countText } from '../../ui/format.ts';
import { RecordContext } from '../record/recordContext.ts';
import { authorNow } from '../record/useRecord.ts';
import { RenameRows } from './RenameRows.tsx';
import type { TableRow } from './tableRow.ts';
import { settable } from './torn.ts';

interface BulkProps {
  readonly list: ListName;
  readonly rows: readonly TableRow[];
  readonly fields: readonly string[];
  /** The field by which rows are called, where they can be renamed. */
  readonly renames: string | null;
  readonly onClear: () => void;
  readonly onRemove?: () => void;
}

const GROUP = 'group';

export function Bulk({ list, rows, fields, renames, onClear, onRemove }: BulkProps) {
  const place = useContext(RecordContext);
  const [key, setKey] = useState<string | null>(null);
  const [renaming, setRenaming] = useState(false);
  if (place === null) return null;
  const { one, many } = LISTS[list];
  const all: readonly Field[] = LISTS[list].fields;
  const offered = all.filter((field) => fields.includes(field.key) && field.choices !== undefined);
  const field = offered.find((each) => each.key === key);
  const groups = offered.find((each) => each.key === GROUP)?.choices ?? [];
  const counted = countText(rows.length, one.toLowerCase(), many.toLowerCase());
  const set = (to: Field | undefined, value: string): void => {
    if (to === undefined) return;
    const { rows: free, left } = settable(rows, to.key);
    const some = countText(free.length, one.toLowerCase(), many.toLowerCase());
    const says = to.key === GROUP ? `${some} moved to ${value}` : `${to.label} set to ${value} for ${some}`;
    place.acts.run(left === '' ? says : `${says}; ${left}`, () => {
      for (const { id } of free) setField(place.root, itemField(list, id, to.key), value, authorNow(place.name));
    });
  };
  return (
    <section className="bulk row" aria-label="Ticked rows">
      <strong>{counted} ticked</strong>
      {groups.length > 0 && (
        <Choice
          label="Move to group"
          value={null}
          options={groups.map((group) => ({ value: group, text: group }))}
          onChange={(group) =>
            set(
              all.find((each) => each.key === GROUP),
              group,
            )
          }
        />
      )}
      <Choice
        label="Set"
        value={key}
        options={offered.filter((each) => each.key !== GROUP).map((each) => ({ value: each.key, text: each.label }))}
        onChange={setKey}
      />
      {field !== undefined && (
        <Choice
          label="To"
          value={null}
          options={(field.choices ?? []).map((choice) => ({ value: choice, text: choice }))}
          onChange={(value) => set(field, value)}
        />
      )}
      {renames !== null && <Button onPress={() => setRenaming(true)}>Rename…</Button>}
      {onRemove !== undefined && (
        <Button kind="danger" onPress={onRemove}>
          Remove
        </Button>
      )}
      <span className="push">
        <Button kind="bare" onPress={onClear}>
          Tick none
        </Button>
      </span>
      {renaming && renames !== null && (
        <RenameRows
          list={list}
          rows={settable(rows, renames).rows}
          field={renames}
          onClose={() => setRenaming(false)}
        />
      )}
    </section>
  );
}
