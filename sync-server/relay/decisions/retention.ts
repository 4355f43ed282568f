/**
 * What lies here and nobody went on with: half uploads; and holds, which keep all that an organisation has here from being
 * removed by an administrator. A laptop that still wants to send what was dropped begins it anew.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { orgStore } from '../store/orgs.ts';

export interface Half {
  readonly file: string;
  readonly org: OrgId;
  readonly bytes: ByteCount;
  readonly touched: Millis;
  /** Its organisation's things are held: it stays. */
  readonly held: boolean;
}

export interface Hold {
  readonly org: OrgId;
  readonly since: Millis;
  readonly by: string;
}

export const readHolds = (db: DatabaseSync): Hold[] =>
  db.prepare('SELECT org, since, by FROM holds ORDER BY since').all() as unknown as Hold[];

/** False: no such organisation, or it is held already. */
export function hold(db: DatabaseSync, org: string, by: string, now: Millis): boolean {
  if (orgStore(db).find(org as OrgId) === null) return false;
  const put = db.prepare('INSERT INTO holds (org, since, by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
  return put.run(org, now, by).changes === 1;
}

export const releaseHold = (db: DatabaseSync, org: string): boolean =>
  db.prepare('DELETE FROM holds WHERE org = ?').run(org).changes === 1;

/** Uploads untouched for so many days; `partial/CHUNK.ORG.AREA` is how they are named. */
export function findHalf(db: DatabaseSync, dir: string, days: number, now: Millis): Half[] {
  const folder = path.join(dir, 'partial');
  const held = new Set(readHolds(db).map(({ org }) => org));
  return (existsSync(folder) ? readdirSync(folder) : []).flatMap((name) => {
    const file = path.join(folder, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (!stat || stat.mtimeMs > now - days * DAY) return [];
    const org = name.split('.')[1] as OrgId;
    return [{ file, org, bytes: stat.size, touched: stat.mtimeMs, held: held.has(org) }];
  });
}

/** Drops those that nobody holds, and answers them. */
export function sweepHalf(found: readonly Half[]): Half[] {
  const free = found.filter(({ held }) => !held);
  for (const { file } of free) rmSync(file, { force: true });
  return free;
}

export const bytesIn = (found: readonly Half[]): ByteCount => found.reduce((all, one) => all + one.bytes, 0);
