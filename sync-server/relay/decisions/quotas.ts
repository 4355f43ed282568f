/** What each organisation may keep in one intake of another: as decided for it, or by the setting. */
import type { DatabaseSync } from 'node:sqlite';
import type { OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { orgStore } from '../store/orgs.ts';

export interface QuotaLine {
  readonly org: OrgId;
  readonly bytes: ByteCount;
  /** The setting's, nothing having been decided. */
  readonly isDefault: boolean;
  /** What it has in the area where it has most. */
  readonly fullest: ByteCount;
}

export function listQuotas(db: DatabaseSync, usual: ByteCount): QuotaLine[] {
  const used = db.prepare(
    'SELECT coalesce(max(n), 0) AS n FROM (SELECT sum(size) AS n FROM refs WHERE org = ? GROUP BY area)',
  );
  const own = db.prepare('SELECT bytes FROM quotas WHERE org = ?');
  return orgStore(db)
    .all()
    .map(({ org }) => {
      const decided = own.get(org)?.['bytes'];
      return {
        org,
        bytes: decided === undefined ? usual : Number(decided),
        isDefault: decided === undefined,
        fullest: Number(used.get(org)?.['n']),
      };
    });
}

/** `bytes` null: as the setting says. False: no such organisation. */
export function setQuota(db: DatabaseSync, org: string, bytes: ByteCount | null): boolean {
  if (orgStore(db).find(org as OrgId) === null) return false;
  if (bytes === null) db.prepare('DELETE FROM quotas WHERE org = ?').run(org);
  else db.prepare('INSERT OR REPLACE INTO quotas (org, bytes) VALUES (?, ?)').run(org, bytes);
  return true;
}
