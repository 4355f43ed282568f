/**
 * One person or offence of the record: its name in the list, its fields when it is opened.
 */
import { useContext, useState } from 'react';
import { isBasic } from '../../../shared/model/formats/basic.ts';
import { LISTS } from '../../../shared/model/formats/index.ts';
import { keepItem, removeItem } from '../../../shared/model/list.ts';
import type { FieldValue, RecordItem } from '../../../shared/model/record.ts';
import { Button } from '../../ui/Button.tsx';
import { Clip } from '../../ui/Clip.tsx';
import { timeText } from '../../ui/format.ts';
import { ChevronIcon } from '../../ui/icons.tsx';
import { useArrival } from '../../ui/useArrival.ts';
import { RecordContext } from './recordContext.ts';
import { RegisterField } from './RegisterField.tsx';
import { authorNow } from './useRecord.ts';

interface RecordEntryProps {
  readonly item: RecordItem;
  readonly number: number;
  /** All its fields; else those by which a case is begun. */
  readonly whole: boolean;
  /** A path in this row to come to. */
  readonly path: string | null;
  /** It was added just now, here: its first empty field takes the keyboard. */
  readonly added: boolean;
}

export const firstEmpty = (fields: readonly FieldValue[]): string | undefined =>
  fields.find(({ values }) => values.length === 0)?.path;

export function RecordEntry({ item, number, whole, path, added }: RecordEntryProps) {
  const place = useContext(RecordContext);
  const named = useArrival<HTMLButtonElement>(path === `${item.list}/${item.id}`);
  const [open, setOpen] = useState(item.name === '' || path !== null);
  const shown = [...item.fields.values()].filter((value) => whole || isBasic(item.list, value.field.key));
  const [first] = useState(() => (added ? firstEmpty(shown) : undefined));
  const one = `${LISTS[item.list].one} ${number}`;
  const conflicts = shown.filter((value) => value.values.length > 1).length;
  if (place === null) return null;
  return (
    <li className="record-entry">
      <button ref={named} type="button" className="record-name" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronIcon />
        <Clip text={item.name === '' ? `${one}, not named yet` : item.name} />
        {conflicts > 0 && (
          <span className="needs small">{conflicts === 1 ? 'two values' : `${conflicts} fields with two values`}</span>
        )}
      </button>
      {item.removedMeanwhile !== null && (
        <p className="needs small">
          {item.removedMeanwhile.by} removed this at {timeText(item.removedMeanwhile.at)} while somebody else changed
          it.
          {place.mayWrite && (
            <Button small onPress={() => keepItem(place.root, item.list, item.id)}>
              Keep it
            </Button>
          )}
        </p>
      )}
      {open && (
        <div className="record-fields" role="group" aria-label={one}>
          {shown.map((value) => (
            <RegisterField key={value.path} value={value} focus={value.path === path || value.path === first} />
          ))}
          {place.mayWrite && (
            <div>
              <Button small onPress={() => removeItem(place.root, item.list, item.id, authorNow(place.name))}>
                Remove {one.toLowerCase()}
              </Button>
            </div>
          )}
        </div>
      )}
    </li>
  );
}
