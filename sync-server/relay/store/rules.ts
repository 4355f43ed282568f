/**
 * What an administrator has decided for single organisations and devices: quotas, suspensions; and when each device was
 * last here. A running relay looks anew when another process has written (`changed`), so that commands need no line to it.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { DeviceId, OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { HOUR } from '../../../shared/primitives/units.ts';
import type { Measure } from '../limits/measures.ts';

/** A relay may keep a device out for so long; for good, only its organisation's authority may. */
export const LONGEST_SUSPENSION: Millis = 72 * HOUR;

export function ruleStore(db: DatabaseSync) {
  const version = db.prepare('PRAGMA data_version');
  let seen = -1;
  const quotas = new Map<string, ByteCount>();
  const suspended = new Map<DeviceId, Millis>();

  function read(): void {
    quotas.clear();
    suspended.clear();
    for (const row of db.prepare('SELECT org, of, bytes FROM limits').all())
      quotas.set(`${String(row['org'])} ${String(row['of'])}`, Number(row['bytes']));
    for (const row of db.prepare('SELECT device, until FROM suspended').all())
      suspended.set(row['device'] as DeviceId, Number(row['until']));
  }
  const noteContact = db.prepare(
    'INSERT INTO contacts (device, org, at) VALUES (?, ?, ?) ON CONFLICT (device) DO UPDATE SET at = max(at, excluded.at)',
  );
  read();

  return {
    /** Reads anew what commands have changed meanwhile; whether anything was written by others. */
    changed(): boolean {
      const now = Number(version.get()?.['data_version']);
      if (now === seen) return false;
      seen = now;
      read();
      return true;
    },
    /** What was decided for this organisation in this measure. */
    quotaOf: (org: OrgId, of: Measure): ByteCount | null => quotas.get(`${org} ${of}`) ?? null,
    isSuspended: (device: DeviceId, at: Millis): boolean => (suspended.get(device) ?? 0) > at,
    noteContact: (device: DeviceId, org: OrgId, at: Millis): void => void noteContact.run(device, org, at),
  };
}
export type RuleStore = ReturnType<typeof ruleStore>;
