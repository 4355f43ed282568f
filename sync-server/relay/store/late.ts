/** Late work as stored: sealed entries of computers that were shut out, beside the order and never in it. */
import type { DatabaseSync } from 'node:sqlite';
import type { AreaId, DeviceId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';

export interface LateRow {
  readonly hash: Hash;
  readonly area: AreaId;
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly entry: Uint8Array;
  readonly at: Millis;
}

export function lateStore(db: DatabaseSync) {
  const add = db.prepare(
    'INSERT INTO late (hash, area, org, device, entry, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const areas = db.prepare('SELECT DISTINCT area FROM late WHERE org = ?');
  const of = db.prepare(
    'SELECT hash, area, org, device, entry, at FROM late WHERE area = ? AND org = ? ORDER BY rowid',
  );
  const bytes = db.prepare('SELECT coalesce(sum(length(entry)), 0) AS n FROM late WHERE device = ? AND at >= ?');
  const has = db.prepare('SELECT 1 FROM late WHERE hash = ? AND at >= ?');
  const drop = db.prepare('DELETE FROM late WHERE area = ? AND org = ? AND hash = ?');
  const dropOld = db.prepare('DELETE FROM late WHERE at < ?');
  return {
    add: (row: LateRow): void => void add.run(row.hash, row.area, row.org, row.device, row.entry, row.at),
    areas: (org: OrgId): AreaId[] => areas.all(org).map((row) => row['area'] as AreaId),
    of: (area: AreaId, org: OrgId): LateRow[] => of.all(area, org) as unknown as LateRow[],
    /** What a device left, and what of it is here, since a time: what is older is over, whether it was dropped yet or not. */
    bytesOf: (device: DeviceId, since: Millis): number => Number(bytes.get(device, since)?.['n']),
    has: (hash: Hash, since: Millis): boolean => has.get(hash, since) !== undefined,
    drop: (area: AreaId, org: OrgId, hash: Hash): void => void drop.run(area, org, hash),
    dropBefore: (time: Millis): void => void dropOld.run(time),
  };
}
export type LateStore = ReturnType<typeof lateStore>;
