/**
 * Loading the log of a profile whose case store may have been emptied, or put back from an older copy: noticed here, so that
 * this device goes on under another incarnation where it must, and that what came back is said until somebody has read it.
 */
import { isOlder } from './cases/telling/recovered.ts';
import { unknownHeads } from './log/recovery.ts';
import type { Identity, VaultCalls } from '../../shared/ipc/vault.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import type { Alarms } from './cases/telling/alarms.ts';
import type { Recovered } from './cases/telling/recovered.ts';
import type { Log } from './log/log.ts';
import type { Database } from './store/database.ts';
import type { Records } from './store/records.ts';

/** Of a session, what this needs. */
interface Parts {
  readonly platform: Platform;
  readonly vault: VaultCalls;
  readonly identity: Identity;
  readonly db: Database;
  readonly records: Records;
  readonly log: Log;
  readonly alarms: Alarms;
  readonly recovered: Recovered;
}

export async function loadLog(session: Parts): Promise<void> {
  const { alarms, log, platform, recovered } = session;
  await recovered.load();
  const { incarnation, wasEmpty } = await noticeReset(session);
  const found = await log.load(incarnation);
  const unknown = (await unknownHeads(session)).filter((area) => !log.forgetting.isDisposed(area));
  if (!wasEmpty && !isOlder(found, unknown)) return;
  if (!wasEmpty) alarms.storeOlder();
  await recovered.note(found, heldPlaces(session), platform.now());
}

/** Places of the relay's order that this computer holds, over all areas. */
export const heldPlaces = ({ log }: Pick<Parts, 'log'>): number => log.all().reduce((sum, { row }) => sum + row.n, 0);

/** An empty store under a known id was reset by the browser: the journal and the relay bring its content back, and this device goes on as another incarnation. */
async function noticeReset(session: Parts): Promise<{ readonly incarnation: number; readonly wasEmpty: boolean }> {
  const KEY = 'store begun';
  let { incarnation } = session.identity;
  if ((await session.records.get(KEY)) === true) return { incarnation, wasEmpty: false };
  const wasEmpty = (await session.vault.heads()).length > 0;
  if (wasEmpty) {
    incarnation = await session.vault.newIncarnation();
    session.alarms.storeReset();
  }
  await session.records.put(KEY, true);
  return { incarnation, wasEmpty };
}
