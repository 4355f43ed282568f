/**
 * Areas and their logs, as stored. Writing functions run inside the transaction of `commit.ts`; reading ones see only
 * what was committed.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { DeviceHead } from '../../../shared/seal/area/admit.ts';
import type { AccessState } from '../../../shared/seal/area/chain.ts';

/** A place in an area's order. */
export interface Place {
  readonly n: number;
  readonly h: Hash;
  readonly time: Millis;
}

/** One item of the order: an entry, or an anchor (`directory` not null). */
export interface LogRow extends Place {
  /** Hash of the entry's header, or of the anchor. */
  readonly item: Hash;
  /** Who wrote the entry, or whose directory is anchored. */
  readonly org: OrgId;
  readonly chain: boolean;
  readonly directory: Hash | null;
  readonly entry: Uint8Array | null;
}

export interface AreaRow extends Place {
  readonly row: number;
  readonly bytes: number;
}

export function logStore(db: DatabaseSync) {
  const findArea = db.prepare('SELECT row, n, h, time, bytes FROM areas WHERE area = ?');
  const addArea = db.prepare("INSERT INTO areas (area, n, h, time, bytes) VALUES (?, 0, '', 0, 0)");
  const moveArea = db.prepare('UPDATE areas SET n = ?, h = ?, time = ?, bytes = bytes + ? WHERE row = ?');
  const addItem = db.prepare(
    'INSERT INTO log (area, n, time, h, item, org, chain, directory, entry) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const items = db.prepare(
    'SELECT n, time, h, item, org, chain, directory, entry FROM log WHERE area = ? AND n > ? ORDER BY n LIMIT ?',
  );
  const chain = db.prepare('SELECT item, entry FROM log WHERE area = ? AND chain = 1 ORDER BY n');
  const findEntry = db.prepare('SELECT n, org FROM log WHERE area = ? AND item = ? AND entry IS NOT NULL');
  const entryOf = db.prepare('SELECT entry FROM log WHERE area = ? AND item = ? AND entry IS NOT NULL');
  const heads = db.prepare('SELECT device, incarnation, counter, header FROM heads WHERE area = ?');
  const setHead = db.prepare(
    'INSERT OR REPLACE INTO heads (area, device, incarnation, counter, header) VALUES (?, ?, ?, ?, ?)',
  );
  const anchors = db.prepare('SELECT org, directory FROM anchors WHERE area = ?');
  const setAnchor = db.prepare('INSERT OR REPLACE INTO anchors (area, org, directory) VALUES (?, ?, ?)');
  const dropGrants = db.prepare('DELETE FROM grants WHERE area = ?');
  const addGrant = db.prepare('INSERT INTO grants (org, seat, area) VALUES (?, ?, ?)');
  const granted = db.prepare('SELECT area FROM grants WHERE org = ? AND seat = ?');
  const writtenWhere = db.prepare(
    'SELECT 1 FROM grants JOIN areas ON areas.area = grants.area JOIN anchors ON anchors.area = areas.row AND anchors.org = ? WHERE grants.org = ? LIMIT 1',
  );
  const writtenIn = db.prepare(
    'SELECT 1 FROM areas JOIN anchors ON anchors.area = areas.row AND anchors.org = ? WHERE areas.area = ?',
  );

  return {
    /** Whether an organisation has written where a post of the other is let in; and whether it has in an area. */
    hasWrittenWhere: (org: OrgId, reader: OrgId): boolean => writtenWhere.get(org, reader) !== undefined,
    hasWrittenIn: (org: OrgId, area: AreaId): boolean => writtenIn.get(org, area) !== undefined,
    findArea: (area: AreaId): AreaRow | null => (findArea.get(area) as unknown as AreaRow | undefined) ?? null,
    addArea: (area: AreaId): number => Number(addArea.run(area).lastInsertRowid),
    append(area: number, row: LogRow): void {
      addItem.run(area, row.n, row.time, row.h, row.item, row.org, row.chain ? 1 : 0, row.directory, row.entry);
      moveArea.run(row.n, row.h, row.time, row.entry?.length ?? 0, area);
      if (row.directory !== null) setAnchor.run(area, row.org, row.directory);
    },
    /** Items after place `after`, read one by one so that the caller can stop at a frame's size. */
    *items(area: number, after: number, limit: number): Generator<LogRow> {
      for (const r of items.iterate(area, after, limit)) yield { ...(r as unknown as LogRow), chain: r['chain'] === 1 };
    },
    chain: (area: number) => chain.all(area) as unknown as { item: Hash; entry: Uint8Array }[],
    findEntry: (area: number, item: Hash) =>
      (findEntry.get(area, item) as { n: number; org: OrgId } | undefined) ?? null,
    entryOf: (area: number, item: Hash): Uint8Array | null =>
      (entryOf.get(area, item)?.['entry'] as Uint8Array | undefined) ?? null,
    heads: (area: number): Map<DeviceId, DeviceHead> =>
      new Map(
        heads
          .all(area)
          .map((r) => [
            r['device'] as DeviceId,
            { incarnation: Number(r['incarnation']), counter: Number(r['counter']), header: r['header'] as Hash },
          ]),
      ),
    setHead: (area: number, device: DeviceId, head: DeviceHead): void =>
      void setHead.run(area, device, head.incarnation, head.counter, head.header),
    anchors: (area: number): Map<OrgId, Hash> =>
      new Map(anchors.all(area).map((r) => [r['org'] as OrgId, r['directory'] as Hash])),
    setGrants(area: AreaId, access: AccessState): void {
      dropGrants.run(area);
      for (const grant of access.seats.values()) addGrant.run(grant.org, grant.seat, area);
      for (const { org, device } of access.emergencies.values()) addGrant.run(org, device, area);
    },
    /** Of a post; or of a device, in an emergency. */
    granted: (org: OrgId, seat: SeatId | DeviceId): AreaId[] => granted.all(org, seat).map((r) => r['area'] as AreaId),
  };
}
export type LogStore = ReturnType<typeof logStore>;
