/**
 * A part of a form that holds any number of rows of the same fields.
 */
import type { ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { CloseIcon, PlusIcon } from '../ui/icons.tsx';
import type { Rows } from './rows.ts';

interface RowsPartProps<T> {
  readonly title: string;
  readonly about: string;
  /** What one row is, such as "suspect". */
  readonly one: string;
  readonly rows: Rows<T>;
  readonly tracks: string;
  readonly fields: (value: T, change: (part: Partial<T>) => void) => ReactNode;
}

export function RowsPart<T>({ title, about, one, rows, tracks, fields }: RowsPartProps<T>) {
  return (
    <section className="form-part" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <p>{about}</p>
      </header>
      <div>
        {rows.rows.map((row, index) => (
          <div className="entry-row" role="group" aria-label={`${one} ${index + 1}`} key={row.key}>
            <div className="fields" style={{ '--fields': tracks }}>
              {fields(row.value, (part) => rows.change(row.key, part))}
            </div>
            <Button kind="bare" name={`Remove ${one} ${index + 1}`} onPress={() => rows.remove(row.key)}>
              <CloseIcon />
            </Button>
          </div>
        ))}
        <div>
          <Button small onPress={rows.add}>
            <PlusIcon />
            Add {one}
          </Button>
        </div>
      </div>
    </section>
  );
}
