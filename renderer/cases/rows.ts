/**
 * Rows that one adds and removes in a form, each with a key that stays its own, so that a removed row takes no other's text.
 */
import { useState } from 'react';

interface Row<T> {
  readonly key: number;
  readonly value: T;
}

export interface Rows<T> {
  readonly rows: readonly Row<T>[];
  readonly add: () => void;
  readonly remove: (key: number) => void;
  readonly change: (key: number, part: Partial<T>) => void;
  readonly values: readonly T[];
}

export function useRows<T>(blank: T, first = 0): Rows<T> {
  const [state, setState] = useState(() => ({
    next: first,
    rows: Array.from({ length: first }, (_, key): Row<T> => ({ key, value: blank })),
  }));
  return {
    rows: state.rows,
    values: state.rows.map((row) => row.value),
    add: () => setState((now) => ({ next: now.next + 1, rows: [...now.rows, { key: now.next, value: blank }] })),
    remove: (key) => setState((now) => ({ ...now, rows: now.rows.filter((row) => row.key !== key) })),
    change: (key, part) =>
      setState((now) => ({
        ...now,
        rows: now.rows.map((row) => (row.key === key ? { key, value: { ...row.value, ...part } } : row)),
      })),
  };
}
