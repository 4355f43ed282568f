/**
 * One list of the record with an act to add to it; each row opens where it stands.
 */
import { useContext, useState } from 'react';
import type { ListName } from '../../../shared/model/formats/index.ts';
import { LISTS } from '../../../shared/model/formats/index.ts';
import { addItem } from '../../../shared/model/list.ts';
import type { RecordItem } from '../../../shared/model/record.ts';
import { Button } from '../../ui/Button.tsx';
import { PlusIcon } from '../../ui/icons.tsx';
import { useArrival } from '../../ui/useArrival.ts';
import { newKey } from './newKey.ts';
import { RecordEntry } from './RecordEntry.tsx';
import { RecordContext } from './recordContext.ts';
import { authorNow } from './useRecord.ts';

interface EntityListProps {
  readonly list: ListName;
  readonly items: readonly RecordItem[];
  /** All fields of a row, in columns; else those by which a case is begun. */
  readonly whole?: boolean;
  readonly path?: string | null;
}

export function EntityList({ list, items, whole, path }: EntityListProps) {
  const place = useContext(RecordContext);
  const [added, setAdded] = useState<string | null>(null);
  const adding = useArrival<HTMLSpanElement>(path === list);
  if (place === null) return null;
  const { one, many } = LISTS[list];
  const add = (): void => setAdded(addItem(place.root, list, blankOf(list), authorNow(place.name), newKey()));
  return (
    <section className="record-list" aria-label={many}>
      <div className="row">
        <h3>{many}</h3>
        {place.mayWrite && (
          <span className="push" ref={adding}>
            <Button small kind="bare" onPress={add}>
              <PlusIcon />
              Add {one.toLowerCase()}
            </Button>
          </span>
        )}
      </div>
      {items.length === 0 ? (
        <p className="quiet small">None yet.</p>
      ) : (
        <ul>
          {items.map((item, index) => (
            <RecordEntry
              key={item.id}
              item={item}
              number={index + 1}
              whole={whole === true}
              added={item.id === added}
              path={path?.startsWith(`${list}/${item.id}`) === true ? path : null}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Whoever is added is a person until somebody says otherwise. */
export const blankOf = (list: ListName): Record<string, string> =>
  list === 'suspects' || list === 'victims' || list === 'witnesses' ? { kind: 'person' } : {};
