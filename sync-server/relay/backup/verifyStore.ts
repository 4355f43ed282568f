/**
 * Whether a relay's database holds together: SQLite's own structure, every area's order recomputed from its first place,
 * every entry under its own hash, signed by its device and following that device's entry before it, access chains folded anew, and what administrators did. Reads only; needs no key that opens anything.
 */
import type { DatabaseSync } from 'node:sqlite';
import { fromBase64Url } from '../../../shared/primitives/bytes.ts';
import type { AreaId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { hashHeader } from '../../../shared/seal/entry/header.ts';
import { extendOrder, hashAnchor } from '../../../shared/seal/area/order.ts';
import { findBrokenAct, readActs } from '../store/acts.ts';
import { verifyCheckpoints } from './verifyCheckpoints.ts';
import type { Devices } from './verifyChains.ts';
import { deviceChains, devicesOf } from './verifyChains.ts';

export interface StoreVerdict {
  readonly areas: number;
  readonly entries: number;
  readonly acts: number;
  /** Acts from before the relay had a key. */
  readonly unsignedActs: number;
  /** What does not hold, as sentences with ids; empty: everything does. */
  readonly faults: readonly string[];
}

interface Row {
  readonly n: number;
  readonly time: number;
  readonly h: Hash;
  readonly item: Hash;
  readonly org: OrgId;
  readonly directory: Hash | null;
  readonly entry: Uint8Array | null;
}
interface Area {
  readonly row: number;
  readonly area: AreaId;
  readonly n: number;
  readonly h: Hash;
}

export async function verifyStore(platform: Platform, db: DatabaseSync): Promise<StoreVerdict> {
  const faults: string[] = [];
  const structure = db.prepare('PRAGMA quick_check').get()?.['quick_check'];
  if (structure !== 'ok') faults.push(`The database is damaged: ${String(structure).slice(0, 200)}.`);
  const areas = db.prepare('SELECT row, area, n, h FROM areas').all() as unknown as Area[];
  const devices = await devicesOf(platform, db, faults);
  let entries = 0;
  for (const area of areas) {
    const found = await verifyArea(platform, db, area, devices);
    entries += found.entries;
    if (found.fault !== null) faults.push(`Area ${area.area}: ${found.fault}`);
  }
  const acts = readActs(db);
  const stored = db.prepare("SELECT value FROM settings WHERE name = 'relay key'").get()?.['value'];
  const key = typeof stored === 'string' ? await importVerifyKey(platform, fromBase64Url(stored)) : null;
  const broken = await findBrokenAct(platform, acts, key);
  if (broken !== null)
    faults.push(`Act ${broken} of the administrators' is not as it was put down, or one is missing.`);
  faults.push(...(await verifyCheckpoints(platform, db, key)));
  return {
    areas: areas.length,
    entries,
    acts: acts.length,
    unsignedActs: acts.filter(({ signature }) => signature === null).length,
    faults,
  };
}

async function verifyArea(
  platform: Platform,
  db: DatabaseSync,
  { row, n, h }: Area,
  devices: Devices,
): Promise<{ entries: number; fault: string | null }> {
  const rows = db.prepare('SELECT n, time, h, item, org, directory, entry FROM log WHERE area = ? ORDER BY n');
  let before: { n: number; h: Hash | null } = { n: 0, h: null };
  let entries = 0;
  const chains = deviceChains(platform, devices);
  for (const read of rows.iterate(row)) {
    const one = read as unknown as Row;
    if (one.n !== before.n + 1) return { entries, fault: `place ${before.n + 1} is missing.` };
    if ((await itemOf(platform, one)) !== one.item)
      return { entries, fault: `what stands at ${one.n} is not what was ordered.` };
    if ((await extendOrder(platform, before.h, one.time, one.item)) !== one.h)
      return { entries, fault: `place ${one.n} does not follow the one before it.` };
    const broken = one.entry === null ? null : await chains.next(one.entry);
    if (broken !== null) return { entries, fault: `what stands at ${one.n} ${broken}.` };
    before = { n: one.n, h: one.h };
    if (one.entry) entries += 1;
  }
  return {
    entries,
    fault: before.n === n && before.h === h ? null : `its order ends at ${before.n}, and ${n} was acknowledged.`,
  };
}

/** What the order was computed over, from what is kept; null where it cannot be read. */
async function itemOf(platform: Platform, { org, directory, entry }: Row): Promise<Hash | null> {
  if (directory !== null) return hashAnchor(platform, { org, directory });
  const decoded = entry === null ? null : decodeEntry(entry);
  return decoded?.ok ? hashHeader(platform, decoded.value.header) : null;
}
