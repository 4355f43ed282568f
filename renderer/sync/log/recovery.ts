/**
 * After a crash, or when the store was reset: what the journal holds and the database does not goes back to the outbox;
 * what the database holds in order is released from the journal.
 */
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { VaultCalls } from '../../../shared/ipc/vault.ts';
import { decodeEntry } from '../../../shared/seal/entry.ts';
import { hashHeader } from '../../../shared/seal/header.ts';
import type { Database } from '../store/database.ts';
import { headerOf } from './writer.ts';

interface RecoveryContext {
  readonly platform: Platform;
  readonly db: Database;
  readonly vault: VaultCalls;
}

/** Entries that the journal holds and the database does not: written just before a crash, or the store was reset. */
export async function recoverJournal({ db, vault, platform }: RecoveryContext): Promise<void> {
  const released: Hash[] = [];
  for (const record of await vault.journal()) {
    const entry = decodeEntry(record.entry);
    if (!entry.ok) continue;
    const header = headerOf(entry.value);
    const hash = await hashHeader(platform, entry.value.header);
    if ((await db.log.where('hash').equals(hash).count()) > 0) released.push(hash);
    else if ((await db.outbox.where('hash').equals(hash).count()) === 0) {
      await db.outbox.add({
        hash,
        area: header.area,
        stream: header.stream,
        entry: record.entry,
        boxes: [...record.boxes],
      });
    }
  }
  if (released.length > 0) await vault.release(released);
}
