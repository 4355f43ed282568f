/**
 * What is done to many rows at once: one field set for all of them, or all of them removed.
 */
import { useContext, useState } from 'react';
import type { ListName } from '../../../shared/model/formats/index.ts';
import { LISTS } from '../../../shared/model/formats/index.ts';
import type { Field } from '../../../shared/model/formats/field.ts';
import { itemField } from '../../../shared/model/list.ts';
import { inOneStep, setField } from '../../../shared/model/register.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { countText } from '../../ui/format.ts';
import { RecordContext } from '../record/recordContext.ts';
import { authorNow } from '../record/useRecord.ts';

interface BulkProps {
  readonly list: ListName;
  readonly ids: readonly string[];
  readonly fields: readonly string[];
  readonly onClear: () => void;
  readonly onRemove?: () => void;
}

export function Bulk({ list, ids, fields, onClear, onRemove }: BulkProps) {
  const place = useContext(RecordContext);
  const [key, setKey] = useState<string | null>(null);
  if (place === null) return null;
  const { one, many } = LISTS[list];
  const all: readonly Field[] = LISTS[list].fields;
  const offered = all.filter((field) => fields.includes(field.key) && field.choices !== undefined);
  const field = offered.find((each) => each.key === key);
  const set = (value: string): void =>
    inOneStep(place.root, () =>
      ids.forEach((id) => setField(place.root, itemField(list, id, key ?? ''), value, authorNow(place.name))),
    );
  return (
    <section className="bulk row" aria-label="Ticked rows">
      <strong>{countText(ids.length, one.toLowerCase(), many.toLowerCase())} ticked</strong>
      <Choice
        label="Set"
        value={key}
        options={offered.map((each) => ({ value: each.key, text: each.label }))}
        onChange={setKey}
      />
      {field !== undefined && (
        <Choice
          label="To"
          value={null}
          options={(field.choices ?? []).map((choice) => ({ value: choice, text: choice }))}
          onChange={set}
        />
      )}
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
    </section>
  );
}
