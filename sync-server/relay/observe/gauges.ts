/**
 * What is looked up when `/metrics` is asked: links, queues, space, readiness, the age of the newest copy. Figures of the
 * whole relay only; who and which area is said by `status`, on the relay's own machine.
 */
import type { DatabaseSync } from 'node:sqlite';
import { SECOND } from '../../../shared/primitives/units.ts';
import type { Authorities } from '../links/authorities.ts';
import { newestCopy } from '../backup/copies.ts';
import type { Relay } from '../context.ts';
import type { Registry } from './exposition.ts';
import type { Health } from './health.ts';
import { freeSpace } from './health.ts';

export interface GaugeParts {
  readonly relay: Relay;
  readonly db: DatabaseSync;
  readonly dir: string;
  readonly authorities: Authorities;
  readonly health: Health;
  readonly isDraining: () => boolean;
  /** Where copies are made; empty: nowhere that is known. */
  readonly copies: string;
  /** Delay of the event loop, in seconds: 99 of 100 are below. */
  readonly lag: () => number;
}

export function addGauges({ relay, db, dir, authorities, health, isDraining, copies, lag }: GaugeParts): void {
  const gauge = (...one: Parameters<Registry['gauge']>): void => relay.meters.registry.gauge(...one);
  const one = (sql: string): number => Number(db.prepare(sql).get()?.['n']);
  gauge('joinder_links', 'Links of computers that are open.', () => relay.links.count());
  gauge(
    'joinder_slow_links',
    'Links with more unsent than they take.',
    () => relay.links.all().filter((link) => link.isSlow()).length,
  );
  gauge('joinder_authority_links', 'Links of authorities that are open.', () => authorities.count());
  gauge('joinder_organisations', 'Organisations that are admitted.', () => one('SELECT count(*) AS n FROM orgs'));
  gauge('joinder_areas', 'Areas that are kept.', () => one('SELECT count(*) AS n FROM areas'));
  gauge('joinder_open_areas', 'Areas in memory.', () => relay.areas.count());
  gauge('joinder_commit_queue', 'Works that wait for the disk.', () => relay.commits.waiting());
  gauge('joinder_log_bytes', 'Bytes of all entries.', () => one('SELECT coalesce(sum(bytes), 0) AS n FROM areas'));
  gauge('joinder_chunk_stored_bytes', 'Bytes of all whole chunks.', () =>
    one('SELECT coalesce(sum(size), 0) AS n FROM chunks'),
  );
  gauge('joinder_incomplete_packages', 'Packages of which chunks have not come.', () =>
    one(
      'SELECT count(DISTINCT r.area || r.tag || r.org) AS n FROM refs r WHERE NOT EXISTS (SELECT 1 FROM kept k WHERE k.area = r.area AND k.chunk = r.chunk AND k.org = r.org AND k.whole = 1)',
    ),
  );
  gauge('joinder_free_bytes', 'Free space of the data folder.', () => freeSpace(dir));
  gauge('joinder_draining', '1 while the relay ends.', () => (isDraining() ? 1 : 0));
  gauge('joinder_ready', '1 where /readyz says ready.', async () => ((await health.look()).ready ? 1 : 0));
  gauge('joinder_backup_age_seconds', 'Age of the newest copy in backup.folder; -1: none.', () => {
    const newest = copies === '' ? null : newestCopy(copies);
    return newest === null ? -1 : Math.round((relay.platform.now() - newest.time) / SECOND);
  });
  gauge('nodejs_eventloop_lag_p99_seconds', 'Delay of the event loop: 99 of 100 are below.', () => {
    const seconds = lag();
    return Number.isFinite(seconds) ? seconds : 0;
  });
  gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  gauge(
    'process_cpu_seconds_total',
    'Time of the processor.',
    () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    'counter',
  );
}
