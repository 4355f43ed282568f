/**
 * Which package the Inbox shows beside its list: the one that a person asked for and no other in its place; before that, the
 * one that was the oldest when the Inbox was opened, so that what somebody reads is not taken away by an older one that
 * arrives later. Pure.
 */
import type { PackageRow } from '../../shared/ipc/worker.ts';
import type { PackageId } from '../../shared/primitives/ids.ts';

interface Chosen<Row> {
  /** Undefined: what was asked for is not in the list (any more), or nothing is. */
  readonly shown: Row | undefined;
  /** What to stay with while nothing is asked for. */
  readonly first: PackageId | null;
}

/** `rows`: the oldest first. `open`: what was asked for. `first`: what was shown before. */
export function chosenOf<Row extends Pick<PackageRow, 'package'>>(
  rows: readonly Row[],
  open: PackageId | null,
  first: PackageId | null,
): Chosen<Row> {
  const shown = rows.find((row) => row.package === (open ?? first));
  if (shown !== undefined || open !== null) return { shown, first };
  return { shown: rows[0], first: rows[0]?.package ?? first };
}
