/**
 * What the log has opened, given to those who hold it: facts first, then texts, since a fact (a case was closed) can say
 * which edits count. Decides nothing itself.
 */
import type { AreaId } from '../../shared/primitives/ids.ts';
import type { Facts } from './cases/facts.ts';
import type { DocumentServer } from './docs/server.ts';
import type { Signed } from './late/adopted.ts';
import type { Opened } from './log/opener.ts';

interface Takers {
  readonly facts: Facts;
  readonly docs: DocumentServer;
  /** Of an entry that adopts late work: what it brings, where that is proved to be its author's. */
  readonly adopted: (opened: Opened) => Promise<Signed | null>;
  readonly refused: (opened: Opened, cause: string) => void;
  readonly changed: () => void;
}

export async function takeOpened(
  { facts, docs, adopted, refused, changed }: Takers,
  entries: readonly Opened[],
): Promise<void> {
  const edits: Opened[] = [];
  const areas = new Set<AreaId>();
  for (const opened of entries) {
    if (opened.header.kind !== 'edit') {
      const cause = facts.take(opened, await adopted(opened));
      if (cause) refused(opened, cause);
      areas.add(opened.area);
    } else if (opened.n === null) docs.takeOwn(opened);
    else edits.push(opened);
  }
  for (const area of areas) docs.heedClosing(area);
  changed();
  if (edits.length > 0) await docs.take(edits);
}
