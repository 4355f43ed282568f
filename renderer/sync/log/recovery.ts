/**
 * After a crash, or when the store was reset: what the journal holds and the database does not goes back to the outbox;
 * what the database holds in order is released from the journal.
 */
import type { Table } from 'dexie';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { JournalRecord, VaultCalls } from '../../../shared/ipc/vault.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import { hashHeader } from '../../../shared/seal/entry/header.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import { outOfLine } from '../store/database.ts';
import { headerOf } from './writer.ts';

interface RecoveryContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly vault: VaultCalls;
}

/** An entry that only the journal had. */
export interface FoundAgain {
  readonly area: AreaId;
  readonly hash: Hash;
  /** As its header says. */
  readonly time: number;
}

/** Areas in which this device's newest entry is neither in the journal nor in the database: the store is an older copy. */
export async function unknownHeads({ db, vault }: Pick<RecoveryContext, 'db' | 'vault'>): Promise<readonly AreaId[]> {
  const unknown: AreaId[] = [];
  for (const { area, header: hash } of await vault.heads()) if (!(await isKept(db, hash))) unknown.push(area);
  return unknown;
}

async function isKept(db: Database, hash: Hash): Promise<boolean> {
  const tables: readonly Table<{ hash: Hash | null }>[] = [db.log, db.letters, db.outbox];
  for (const table of tables) if ((await table.where('hash').equals(hash).count()) > 0) return true;
  return false;
}

/**
 * Entries that the journal holds and the database does not: written just before a crash, or the store was reset. The
 * relay takes a device's entries only in the order of their numbers, so an area that lacked some is put in line anew.
 * Answers what was found.
 */
export async function recoverJournal({ db, vault, platform }: RecoveryContext): Promise<readonly FoundAgain[]> {
  const released: Hash[] = [];
  const found: OutboxRow[] = [];
  for (const record of await vault.journal()) {
    const row = await readRecord(platform, record);
    if (!row) continue;
    const same = (table: Table<{ hash: Hash | null }>): Promise<number> => table.where('hash').equals(row.hash).count();
    if ((await same(db.log)) + (await same(db.letters)) > 0) released.push(row.hash);
    else if ((await same(db.outbox)) === 0) found.push(row);
  }
  for (const area of new Set(found.map((row) => row.area)))
    await lineUp(
      db,
      area,
      found.filter((row) => row.area === area),
    );
  if (released.length > 0) await vault.release(released);
  return found.map(({ area, hash, entry }) => ({ area, hash, time: timeOf(entry) }));
}

function timeOf(encoded: Uint8Array): number {
  const entry = decodeEntry(encoded);
  return entry.ok ? headerOf(entry.value).time : 0;
}

/** Puts entries of this device in line with what waits in an area, each before its own later ones. Those that wait already stay where they are. */
export async function lineUp(db: Database, area: AreaId, rows: readonly Omit<OutboxRow, 'seq'>[]): Promise<void> {
  await db.transaction('rw', db.outbox, async () => {
    const waiting = await db.outbox.where('area').equals(area).sortBy('seq');
    const line = waiting.map((row) => numbered(outOfLine(row)));
    const waits = new Set(line.map(({ row }) => row.hash));
    const fresh = rows.filter(({ hash }) => !waits.has(hash)).map(numbered);
    for (const one of fresh.sort((a, b) => (isBefore(a, b) ? -1 : 1))) {
      const later = line.findIndex((other) => !other.row.foreign && isBefore(one, other));
      line.splice(later === -1 ? line.length : later, 0, one);
    }
    await db.outbox.where('area').equals(area).delete();
    await db.outbox.bulkAdd(line.map(({ row }) => row));
  });
}

interface Numbered extends Pick<Header, 'incarnation' | 'counter'> {
  readonly row: Omit<OutboxRow, 'seq'>;
}
const isBefore = (a: Numbered, b: Numbered): boolean =>
  a.incarnation < b.incarnation || (a.incarnation === b.incarnation && a.counter < b.counter);

function numbered(row: Omit<OutboxRow, 'seq'>): Numbered {
  const entry = decodeEntry(row.entry);
  if (!entry.ok) throw new Error('an entry that waits to be sent is unreadable');
  const { incarnation, counter } = headerOf(entry.value);
  return { row, incarnation, counter };
}

async function readRecord(platform: Platform, { entry: encoded, boxes }: JournalRecord): Promise<OutboxRow | null> {
  const entry = decodeEntry(encoded);
  if (!entry.ok) return null;
  const { area, stream } = headerOf(entry.value);
  const hash = await hashHeader(platform, entry.value.header);
  return { hash, area, stream, entry: encoded, boxes: [...boxes] };
}
