/**
 * Fields of rows in conflict: two people set them at once, and until somebody chooses there, nothing that is done to many
 * rows sets them: that would choose in silence.
 */
import { countText } from '../../ui/format.ts';
import type { TableRow } from './tableRow.ts';

/** Whether a field of a row holds more than one value. */
export const isTorn = ({ item }: Pick<TableRow, 'item'>, key: string): boolean =>
  (item?.fields.get(key)?.values.length ?? 0) > 1;

/** Which of the rows a field is set in, and what is said of the others; empty: there are none. */
export function settable<R extends Pick<TableRow, 'item'>>(
  rows: readonly R[],
  key: string,
): { readonly rows: readonly R[]; readonly left: string } {
  const free = rows.filter((row) => !isTorn(row, key));
  const torn = rows.length - free.length;
  const left = `${countText(torn, 'row', 'rows')} left as ${torn === 1 ? 'it is' : 'they are'}: two people set this at once, and one value is to be chosen first`;
  return { rows: free, left: torn === 0 ? '' : left };
}
