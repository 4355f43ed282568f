/**
 * Finding rows by what is written of them, as one types: every word must be in the row, in any case and in any of its
 * fields. A row's text is made when it is first looked at and kept for as long as the row is the same.
 */
import type { TableRow } from './tableRow.ts';

const texts = new WeakMap<object, string>();

function textOf(row: TableRow): string {
  const { name, item } = row;
  if (item === null) return name.toLowerCase();
  const known = texts.get(item);
  const text = known ?? [...item.fields.values()].flatMap(({ values }) => values.map(({ value }) => value)).join(' ').toLowerCase(); // prettier-ignore
  if (known === undefined) texts.set(item, text);
  return `${name.toLowerCase()} ${text}`;
}

export const wordsOf = (search: string): readonly string[] => search.toLowerCase().split(/\s+/).filter(Boolean);

export function finder<R extends TableRow>(rows: readonly R[]): (search: string) => readonly R[] {
  return (search) => {
    const words = wordsOf(search);
    if (words.length === 0) return rows;
    return rows.filter((row) => {
      const text = textOf(row);
      return words.every((word) => text.includes(word));
    });
  };
}
