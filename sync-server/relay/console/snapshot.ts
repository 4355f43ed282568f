/**
 * What the pages show, gathered at one moment for everybody who looks: at most once a second, and never more than a fifth
 * of the time. Reads the data folder through a connection of its own, and asks the running relay as `status` does.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Platform } from '../../../shared/primitives/platform.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { Copy } from '../backup/copies.ts';
import { listCopies } from '../backup/copies.ts';
import type { Config } from '../config/schema.ts';
import type { ComputerLine } from '../decisions/computers.ts';
import { listComputers } from '../decisions/computers.ts';
import { directoriesOf } from '../decisions/directories.ts';
import type { Proposal } from '../decisions/proposals.ts';
import { openProposals } from '../decisions/proposals.ts';
import type { QuotaLine } from '../decisions/quotas.ts';
import { listQuotas, quotasOf } from '../decisions/quotas.ts';
import type { Half, Hold } from '../decisions/retention.ts';
import { findHalf, readHolds } from '../decisions/retention.ts';
import type { Directories } from '../directories.ts';
import type { Finding } from '../observe/doctor.ts';
import { examine } from '../observe/doctor.ts';
import type { Overview } from '../observe/overview.ts';
import { lookOver } from '../observe/overview.ts';
import type { OrgSummary } from '../observe/status.ts';
import { askRunning, summary } from '../observe/status.ts';
import { readLogLevel } from '../decisions/logLevel.ts';
import { orgStore } from '../store/orgs.ts';

export interface Snapshot {
  readonly at: Millis;
  readonly overview: Overview;
  readonly findings: readonly Finding[];
  readonly orgs: readonly OrgSummary[];
  readonly quotas: readonly QuotaLine[];
  readonly computers: readonly ComputerLine[];
  readonly halves: readonly Half[];
  readonly holds: readonly Hold[];
  readonly proposals: readonly Proposal[];
  readonly copies: readonly Copy[];
  /** Null: nobody decided; it is as the settings say. */
  readonly logLevel: string | null;
}

export interface SnapshotParts {
  readonly platform: Platform;
  readonly db: DatabaseSync;
  readonly dir: string;
  readonly config: Config;
}

/** What it took, times this, is how long it rests. */
const REST = 4;

export function openSnapshots({ platform, db, dir, config }: SnapshotParts) {
  let directories: { readonly of: string; readonly read: Promise<Directories> } | null = null;
  let last: { readonly until: Millis; readonly taken: Promise<Snapshot> } | null = null;

  /** Verifying every statement takes long: only where there are new ones. */
  function currentDirectories(): Promise<Directories> {
    const row = db.prepare('SELECT (SELECT count(*) FROM statements) AS s, (SELECT count(*) FROM orgs) AS o').get();
    const of = `${String(row?.['s'])}.${String(row?.['o'])}`;
    if (directories?.of !== of) directories = { of, read: directoriesOf(db) };
    return directories.read;
  }

  async function take(): Promise<Snapshot> {
    const now = platform.now();
    const [running, known] = await Promise.all([askRunning(dir), currentDirectories()]);
    const overview = await lookOver({ db, dir, quotas: quotasOf(config), now, running, directories: known });
    return {
      at: now,
      overview,
      findings: await examine(platform, db, dir, config, true),
      orgs: orgStore(db).all().map(summary),
      quotas: listQuotas(db, quotasOf(config), known),
      computers: listComputers(db, known, running, now),
      halves: findHalf(db, dir, config['retention.half-uploads'], now),
      holds: readHolds(db),
      proposals: openProposals(db, now),
      copies: config['backup.folder'] === '' ? [] : listCopies(config['backup.folder']),
      logLevel: readLogLevel(db),
    };
  }

  return {
    directories: currentDirectories,
    look(): Promise<Snapshot> {
      if (last !== null && performance.now() < last.until) return last.taken;
      const began = performance.now();
      const mine = { until: Number.POSITIVE_INFINITY, taken: take() };
      last = mine;
      const ended = (): void => {
        const now = performance.now();
        if (last === mine) last = { ...mine, until: now + Math.max(SECOND, REST * (now - began)) };
      };
      mine.taken.then(ended, () => {
        if (last === mine) last = null;
      });
      return mine.taken;
    },
    /** Something was changed here: what was gathered before is not shown any more. */
    forget: (): void => void (last = null),
  };
}
