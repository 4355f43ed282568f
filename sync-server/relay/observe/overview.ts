/**
 * All that `status` and the console show of one relay at one moment: what is stored, what the running relay says of itself,
 * each organisation, and what is stuck. Reads only; ids, counts, sizes and times only.
 */
import type { DatabaseSync } from 'node:sqlite';
import { statfs } from 'node:fs/promises';
import type { OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { spaceFloor } from '../chunks/files.ts';
import type { Directories } from '../directories.ts';
import type { Quotas } from '../limits/measures.ts';
import { overQuota } from '../limits/quotas.ts';
import { chunkStore } from '../store/chunks.ts';
import { orgStore } from '../store/orgs.ts';
import { ruleStore } from '../store/rules.ts';
import type { Running, StoredStatus } from './status.ts';
import { readContacts, readStored } from './status.ts';
import type { Stuck } from './stuck.ts';
import { findStuck } from './stuck.ts';

export interface OrgStatus {
  readonly org: OrgId;
  readonly devices: number;
  readonly linked: number;
  /** When one of its computers was last here; null: never. */
  readonly lastContact: Millis | null;
  readonly authorityLinked: boolean | null;
  /** Bytes of chunks that it keeps here, counted in each intake and area. */
  readonly bytes: ByteCount;
}

export interface Overview extends StoredStatus {
  readonly free: ByteCount;
  /** Uploads are turned away for want of room. */
  readonly isFull: boolean;
  /** Null: no relay runs on this folder, or it does not answer. */
  readonly running: Running | null;
  readonly organisations: readonly OrgStatus[];
  readonly stuck: readonly Stuck[];
}

export interface Looked {
  readonly db: DatabaseSync;
  readonly dir: string;
  /** What one organisation may keep where nothing was decided for it. */
  readonly quotas: Quotas;
  readonly now: Millis;
  readonly running: Running | null;
  readonly directories: Directories;
}

export async function lookOver({ db, dir, quotas, now, running, directories }: Looked): Promise<Overview> {
  const { bavail, blocks, bsize } = await statfs(dir).catch(() => ({ bavail: 0, blocks: 0, bsize: 0 }));
  const free = bavail * bsize;
  const isFull = free <= spaceFloor(blocks * bsize);
  const [rules, chunks] = [ruleStore(db), chunkStore(db)];
  const stuck = findStuck({
    db,
    dir,
    now,
    running,
    contacts: readContacts(db),
    intake: (area) => directories.intake(area),
    over: (area, org) => overQuota({ rules, quotas, directories, chunks }, org, area, 0),
    isFull,
  });
  const organisations = orgStore(db)
    .all()
    .map(({ org }) => describeOrg(db, directories, running, org));
  return { ...readStored(db), free, isFull, running, organisations, stuck };
}

function describeOrg(db: DatabaseSync, directories: Directories, running: Running | null, org: OrgId): OrgStatus {
  const directory = directories.state(org);
  const contacts = readContacts(db).filter((one) => one.org === org);
  const kept = db.prepare('SELECT coalesce(sum(bytes), 0) AS n FROM used WHERE org = ?');
  return {
    org,
    devices: directory?.devices.size ?? 0,
    linked: running?.linked.filter((device) => directory?.devices.has(device)).length ?? 0,
    lastContact: contacts[0]?.at ?? null,
    authorityLinked: running === null ? null : running.linkedAuthorities.includes(org),
    bytes: Number(kept.get(org)?.['n']),
  };
}
