/**
 * What waits in the outbox, told again at a start: it has no place yet, and counts all the same.
 */
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { Queues } from './queues.ts';
import type { Unsealing } from './unsealing.ts';
import { headerOf } from './writer.ts';

export interface ReplayContext {
  readonly db: Database;
  readonly queues: Queues;
  readonly unsealing: Unsealing;
  readonly replica: (area: AreaId) => AreaReplica;
}

/** In the order in which it was written. */
export async function replayOutbox(context: ReplayContext): Promise<void> {
  for (const row of await context.db.outbox.orderBy('seq').toArray()) await replayRow(context, row);
}

async function replayRow({ db, queues, unsealing, replica }: ReplayContext, row: OutboxRow): Promise<void> {
  const entry = decodeEntry(row.entry);
  if (!entry.ok) return;
  const header = headerOf(entry.value);
  const at = replica(row.area);
  at.adoptOwn(header, row.hash);
  await db.boxes.bulkPut([...row.boxes]);
  await unsealing.takeKeys(at);
  // What a document says of another's edit is in its checkpoint; it is judged when it is ordered again.
  if (row.foreign && header.kind === 'edit') return;
  const { directory } = header;
  const own = { area: row.area, n: null, time: null, directory, hash: row.hash, header, entry: entry.value };
  await queues.add(row.area, () => unsealing.open(row.area, [own]));
}
