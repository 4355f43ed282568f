/**
 * After a crash, or when the store was reset: what the journal holds and the database does not goes back to the outbox;
 * what the database holds in order is released from the journal.
 */
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { JournalRecord, VaultCalls } from '../../../shared/ipc/vault.ts';
import { decodeEntry } from '../../../shared/seal/entry.ts';
import type { Header } from '../../../shared/seal/header.ts';
import { hashHeader } from '../../../shared/seal/header.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import { headerOf } from './writer.ts';

interface RecoveryContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly vault: VaultCalls;
}

/**
 * Entries that the journal holds and the database does not: written just before a crash, or the store was reset. The
 * relay takes a device's entries only in the order of their numbers, so an area that lacked some is put in line anew.
 */
export async function recoverJournal({ db, vault, platform }: RecoveryContext): Promise<void> {
  const released: Hash[] = [];
  const found: Numbered[] = [];
  for (const record of await vault.journal()) {
    const one = await readRecord(platform, record);
    if (!one) continue;
    const { hash } = one.row;
    if ((await db.log.where('hash').equals(hash).count()) > 0) released.push(hash);
    else if ((await db.outbox.where('hash').equals(hash).count()) === 0) found.push(one);
  }
  for (const area of new Set(found.map(({ row }) => row.area))) {
    await db.transaction('rw', db.outbox, async () => {
      const waiting = await db.outbox.where('area').equals(area).toArray();
      const all = [...waiting.map(renumber), ...found.filter(({ row }) => row.area === area)];
      await db.outbox.where('area').equals(area).delete();
      all.sort((a, b) => a.incarnation - b.incarnation || a.counter - b.counter);
      await db.outbox.bulkAdd(all.map(({ row }) => row));
    });
  }
  if (released.length > 0) await vault.release(released);
}

interface Numbered extends Pick<Header, 'incarnation' | 'counter'> {
  readonly row: OutboxRow;
}

async function readRecord(platform: Platform, { entry: encoded, boxes }: JournalRecord): Promise<Numbered | null> {
  const entry = decodeEntry(encoded);
  if (!entry.ok) return null;
  const { area, stream, incarnation, counter } = headerOf(entry.value);
  const hash = await hashHeader(platform, entry.value.header);
  return { row: { hash, area, stream, entry: encoded, boxes: [...boxes] }, incarnation, counter };
}

/** A row as it stands in the outbox, with its number; its place in line is given anew. */
function renumber(row: OutboxRow): Numbered {
  const entry = decodeEntry(row.entry);
  if (!entry.ok) throw new Error('an entry of the outbox is unreadable');
  const { incarnation, counter } = headerOf(entry.value);
  const { hash, area, stream, boxes, declined } = row;
  const again = { hash, area, stream, entry: row.entry, boxes, ...(declined === undefined ? {} : { declined }) };
  return { row: again, incarnation, counter };
}
