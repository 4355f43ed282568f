/** What each organisation may keep: in one intake of another, in one area of a case, in all; as decided for it, or by the settings. */
import type { DatabaseSync } from 'node:sqlite';
import type { OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import type { Config } from '../config/schema.ts';
import type { Directories } from '../directories.ts';
import type { Measure, Quotas } from '../limits/measures.ts';
import { MEASURES } from '../limits/measures.ts';
import { orgStore } from '../store/orgs.ts';

export interface QuotaLine {
  readonly org: OrgId;
  readonly of: Measure;
  readonly bytes: ByteCount;
  /** The setting's, nothing having been decided. */
  readonly isDefault: boolean;
  /** What it has in the intake or area where it has most, or in all. */
  readonly fullest: ByteCount;
}

/** How a person calls them. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  intake: 'one intake of another organisation',
  area: 'one area of a case',
  total: 'all',
};

export const quotasOf = (config: Config): Quotas => ({
  intake: config['limits.quota'],
  area: config['limits.area-quota'],
  total: config['limits.total-quota'],
});

export const readMeasure = (text: string): Measure | null => MEASURES.find((one) => one === text) ?? null;

/** Three lines for each organisation, in the order of `MEASURES`. */
export function listQuotas(db: DatabaseSync, usual: Quotas, directories: Pick<Directories, 'intake'>): QuotaLine[] {
  const used = db.prepare('SELECT area, bytes FROM used WHERE org = ?');
  const own = db.prepare('SELECT bytes FROM limits WHERE org = ? AND of = ?');
  return orgStore(db)
    .all()
    .flatMap(({ org }) => {
      const all = used.all(org) as unknown as { area: Parameters<Directories['intake']>[0]; bytes: ByteCount }[];
      const most = (isIntake: boolean): ByteCount =>
        Math.max(
          0,
          ...all.filter(({ area }) => (directories.intake(area) !== null) === isIntake).map((one) => one.bytes),
        );
      const fullest = { intake: most(true), area: most(false), total: all.reduce((sum, one) => sum + one.bytes, 0) };
      return MEASURES.map((of) => {
        const decided = own.get(org, of)?.['bytes'];
        return {
          org,
          of,
          bytes: decided === undefined ? usual[of] : Number(decided),
          isDefault: decided === undefined,
          fullest: fullest[of],
        };
      });
    });
}

/** `bytes` null: as the setting says. False: no such organisation. */
export function setQuota(db: DatabaseSync, org: string, of: Measure, bytes: ByteCount | null): boolean {
  if (orgStore(db).find(org as OrgId) === null) return false;
  if (bytes === null) db.prepare('DELETE FROM limits WHERE org = ? AND of = ?').run(org, of);
  else db.prepare('INSERT OR REPLACE INTO limits (org, of, bytes) VALUES (?, ?, ?)').run(org, of, bytes);
  return true;
}
