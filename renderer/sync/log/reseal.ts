/**
 * Sealing again under the epoch in force what was sealed under an older one while this device was away: header and
 * signature stay as they are.
 */
import { concat, fromHex } from '../../../shared/primitives/bytes.ts';
import { currentEpoch } from '../../../shared/seal/area/chain.ts';
import { SALT, decodeEntry, encodeEntry, sealContent } from '../../../shared/seal/entry/entry.ts';
import { decrypt } from '../../../shared/primitives/platform.ts';
import { encodeCbor } from '../../../shared/primitives/cbor.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { Database, OutboxRow } from '../store/database.ts';
import type { AreaReplica } from './areaReplica.ts';
import type { Keyring } from './keyring.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { headerOf } from './writer.ts';

/** Whether the row was sealed anew: false while the new epoch's key is not here. */
export async function resealRow(
  context: { readonly platform: Platform; readonly db: Database; readonly keyring: Keyring },
  replica: AreaReplica,
  row: OutboxRow,
): Promise<boolean> {
  const entry = decodeEntry(row.entry);
  if (!entry.ok || entry.value.seal.by !== 'stream' || !replica.access) return false;
  const { seal } = entry.value;
  const header = headerOf(entry.value);
  const before = await context.keyring.streamKey(row.area, header.stream, seal.epoch, seal.slot);
  const epoch = currentEpoch(replica.access);
  const after = await context.keyring.keyToWrite(row.area, header.stream, epoch);
  if (!before || !after || epoch === seal.epoch) return false;
  const aad = encodeCbor([LABEL.seal, fromHex(row.hash)]);
  const salted = await decrypt(context.platform, before, aad, seal.sealed);
  if (!salted || salted.length < SALT) return false;
  const sealed = await sealContent(context.platform, after.key, row.hash, concat(salted));
  const again = encodeEntry({ ...entry.value, seal: { by: 'stream', epoch, slot: after.slot, sealed } });
  await context.db.outbox.update(row.seq as number, { entry: again });
  return true;
}
