/**
 * Forgetting areas and entries in the database: every row of them, and the boxes that open them, in one transaction. Of an
 * entry in an intake header and signature stay, without its content, so that the order there still proves itself.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { epochSubject } from '../../../shared/seal/boxes.ts';
import { decodeEntry, encodeEntry } from '../../../shared/seal/entry/entry.ts';
import type { Database, LogRow } from '../store/database.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { Keyring } from './keyring.ts';
import type { Queues } from './queues.ts';
import type { Unsealing } from './unsealing.ts';
import type { Writer } from './writer.ts';

export interface ForgettingContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly keyring: Keyring;
  readonly queues: Queues;
  readonly writer: Writer;
  readonly unsealing: Unsealing;
  readonly replicas: Map<AreaId, AreaReplica>;
}

export class Forgetting {
  private readonly context: ForgettingContext;
  /** Nothing of these is taken again, whoever brings it. */
  private readonly disposed = new Set<AreaId>();

  constructor(context: ForgettingContext) {
    this.context = context;
  }

  isDisposed(area: AreaId): boolean {
    return this.disposed.has(area);
  }
  /** From now on nothing of these areas is taken or given. */
  dispose(areas: readonly AreaId[]): void {
    for (const area of areas) this.disposed.add(area);
  }

  /** Forgets these areas with their keys, and the content of these entries; what is under way there ends first. */
  async forget(areas: readonly AreaId[], entries: readonly Hash[]): Promise<void> {
    this.dispose(areas);
    await this.letGo(areas, entries);
  }

  /** The same, and what the relay gives of them afterwards is taken: somebody may be let in again. */
  async letGo(areas: readonly AreaId[], entries: readonly Hash[] = []): Promise<void> {
    const { keyring, queues, writer, unsealing, replicas } = this.context;
    await Promise.all(areas.map((area) => queues.add(area, () => Promise.resolve())));
    await writer.settled();
    await this.forgetRows(areas, entries);
    for (const area of areas) {
      await keyring.forget(area);
      replicas.delete(area);
      unsealing.forgetArea(area);
    }
  }

  private async forgetRows(areas: readonly AreaId[], entries: readonly Hash[]): Promise<void> {
    const { platform, db, replicas } = this.context;
    const epochs = areas.map((area) => epochSubjects(platform, area, replicas.get(area)?.access ?? null));
    const subjects = [...entries, ...(await Promise.all(epochs)).flat()];
    await db.transaction('rw', [db.log, db.areas, db.outbox, db.boxes, db.letters, db.carried], async () => {
      const letters = await db.log.where('hash').anyOf(entries).toArray();
      await db.log.bulkPut(letters.map(emptied));
      await dropAreas(db, areas);
      await db.boxes.where('subject').anyOf(subjects).delete();
      await db.outbox.where('hash').anyOf(entries).delete();
      await db.letters.bulkDelete([...entries]);
      await db.carried.bulkDelete([...entries]);
    });
  }
}

async function dropAreas(db: Database, areas: readonly AreaId[]): Promise<void> {
  for (const area of areas) await db.log.where('[area+n]').between([area, 0], [area, Infinity]).delete();
  await db.outbox.where('area').anyOf(areas).delete();
  await db.carried.where('area').anyOf(areas).delete();
  await db.areas.bulkDelete([...areas]);
}

/** What the boxes of an area's keys are filed under; of one whose chain is gone already, those of its first. */
async function epochSubjects(platform: Platform, area: AreaId, access: AccessState | null): Promise<Hash[]> {
  return Promise.all((access?.keys ?? [{ epoch: 1 }]).map(({ epoch }) => epochSubject(platform, area, epoch)));
}

function emptied(row: LogRow): LogRow {
  const entry = row.entry && decodeEntry(row.entry);
  return entry?.ok ? { ...row, entry: encodeEntry({ ...entry.value, seal: { by: 'erased' } }) } : row;
}
