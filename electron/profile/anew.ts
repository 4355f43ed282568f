/**
 * Beginning anew on a computer whose passphrase is lost: what its locked profile had not sent is brought to the late lane, where
 * its organisation has removed the computer; then everything here is deleted, and it can be enrolled. Promises that nothing
 * which was not sent, or may not have been, goes without a word of its own; opens nothing and needs no key.
 */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { AnewCause, LeftHere } from '../../shared/ipc/preload.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import { readJournal } from '../vault/journal/journal.ts';
import { readWhose } from './copies/whose.ts';
import { heldChunks } from './heldChunks.ts';
import type { Late } from './late.ts';

export interface AnewPlace {
  readonly folder: string;
  readonly evidence: string;
  readonly platform: Platform;
  readonly late: Late;
  readonly eraseStores: () => Promise<void>;
}

/** What would be lost now, after an attempt to bring it away. Changes nothing here. */
export async function leftHere({ folder, evidence, platform, late }: AnewPlace): Promise<LeftHere> {
  const files = (await heldChunks(evidence)).length > 0;
  const records = await readJournal(path.join(folder, 'journal'), platform);
  if (!records.ok) return { written: records.cause === 'missing' ? 'none' : 'unreadable', most: 0, files };
  const most = records.value.length;
  if (most === 0) return { written: 'none', most, files };
  const whose = await readWhose(folder);
  if (whose === null) return { written: 'not sent', most, files };
  const { relay, org, device } = whose;
  const entries = records.value.map(({ entry }) => entry);
  const boxes = records.value.flatMap((one) => [...one.boxes]);
  await late.keep(relay, { org, device, entries, boxes, held: [] });
  await late.sendNow();
  if (await late.isEmpty()) return { written: 'brought', most, files };
  // Not removed yet, or no network. The passphrase may come back, and then all of it goes the ordinary way.
  await late.drop();
  return { written: 'not sent', most, files };
}

/** Deletes all of it. `losing`: also what was not sent, or may not have been; without that it is refused. */
export async function beginAnew(at: AnewPlace, losing: boolean): Promise<Result<null, AnewCause>> {
  const left = await leftHere(at);
  const loses = left.files || left.written === 'not sent' || left.written === 'unreadable';
  if (loses && !losing) return fail('not sent');
  try {
    await at.eraseStores();
    const names = await readdir(at.folder);
    // The vault goes last: cut off before, it is a locked profile still, and is begun anew again.
    for (const name of [...names.filter((one) => one !== 'vault'), 'vault'])
      await rm(path.join(at.folder, name), { recursive: true, force: true });
  } catch {
    return fail('disk error');
  }
  return ok(null);
}
