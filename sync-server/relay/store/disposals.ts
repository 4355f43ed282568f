/**
 * What organisations have disposed of, as stored: the order, and for each area who has left it, where it stood then, and
 * whether nothing is left of it. These rows outlive the area. Destroying happens here too, so that it is one transaction;
 * the database overwrites what it deletes (`schema.ts`).
 */
import type { DatabaseSync } from 'node:sqlite';
import { decodeFrame, encodeCbor } from '../../../shared/primitives/cbor.ts';
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { SignedOrder } from '../../../shared/seal/area/disposal.ts';
import type { Place } from './log.ts';

export interface DisposalRow extends Place {
  readonly area: AreaId;
  readonly org: OrgId;
  readonly order: SignedOrder;
  readonly gone: boolean;
}

const CONTENT = ['log', 'heads', 'anchors'] as const;
const AROUND = ['grants', 'refs', 'kept', 'used', 'gone', 'fetched', 'withdrawn'] as const;

export function disposalStore(db: DatabaseSync) {
  const lodge = db.prepare(
    'INSERT INTO orders (hash, org, body, signatures) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const isLodged = db.prepare('SELECT 1 FROM orders WHERE hash = ? AND org = ?');
  const leave = db.prepare(
    'INSERT INTO disposed (area, org, ord, n, h, time, gone) VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING',
  );
  const find = db.prepare(
    'SELECT d.n, d.h, d.time, d.gone, o.body, o.signatures FROM disposed d JOIN orders o ON o.hash = d.ord WHERE d.area = ? AND d.org = ?',
  );
  const left = db.prepare('SELECT org FROM disposed WHERE area = ?');
  const isGone = db.prepare('SELECT 1 FROM disposed WHERE area = ? AND gone = 1 LIMIT 1');
  const markGone = db.prepare('UPDATE disposed SET gone = 1 WHERE area = ?');
  const dropArea = db.prepare('DELETE FROM areas WHERE row = ?');
  const byRow = CONTENT.map((table) => db.prepare(`DELETE FROM ${table} WHERE area = ?`));
  const byArea = AROUND.map((table) => db.prepare(`DELETE FROM ${table} WHERE area = ?`));
  const chunksOf = db.prepare('SELECT DISTINCT chunk FROM refs WHERE area = ?');
  const dropBoxes = db.prepare('DELETE FROM boxes WHERE subject = ?');
  const dropBoxesOf = db.prepare('DELETE FROM boxes WHERE subject = ? AND reader = ?');
  const erase = db.prepare('UPDATE log SET entry = ? WHERE area = ? AND item = ? AND entry IS NOT NULL');
  const lighter = db.prepare('UPDATE areas SET bytes = bytes - ? WHERE row = ?');
  const dropGone = db.prepare('DELETE FROM gone WHERE area = ? AND chunk = ?');
  const dropFetched = db.prepare('DELETE FROM fetched WHERE area = ? AND chunk = ?');

  return {
    lodge: (hash: Hash, org: OrgId, order: SignedOrder): void =>
      void lodge.run(
        hash,
        org,
        order.body,
        encodeCbor(order.signatures.map(({ device, signature }) => [device, signature])),
      ),
    isLodged: (hash: Hash, org: OrgId): boolean => isLodged.get(hash, org) !== undefined,
    leave: (area: AreaId, org: OrgId, order: Hash, { n, h, time }: Place): void =>
      void leave.run(area, org, order, n, h, time),
    find(area: AreaId, org: OrgId): DisposalRow | null {
      const row = find.get(area, org);
      if (!row) return null;
      const signatures = decodeFrame(row['signatures'] as Uint8Array) as [DeviceId, Uint8Array][];
      const order = {
        body: row['body'] as Uint8Array,
        signatures: signatures.map(([device, signature]) => ({ device, signature })),
      };
      const place = { n: Number(row['n']), h: row['h'] as Hash, time: Number(row['time']) };
      return { area, org, order, ...place, gone: row['gone'] === 1 };
    },
    /** The organisations to which the area is served no more. */
    left: (area: AreaId): ReadonlySet<OrgId> => new Set(left.all(area).map((row) => row['org'] as OrgId)),
    isGone: (area: AreaId): boolean => isGone.get(area) !== undefined,
    /** Destroys all of an area; the chunks that it referred to are answered, to be looked at by who knows them. */
    destroy(area: AreaId, row: number, subjects: Iterable<Hash>): Hash[] {
      const chunks = chunksOf.all(area).map((ref) => ref['chunk'] as Hash);
      for (const statement of byRow) statement.run(row);
      for (const statement of byArea) statement.run(area);
      for (const subject of subjects) dropBoxes.run(subject);
      dropArea.run(row);
      markGone.run(area);
      return chunks;
    },
    /** The keys that one organisation's seats had of an area that others keep. */
    dropKeys(subjects: Iterable<Hash>, seats: readonly SeatId[]): void {
      for (const subject of subjects) for (const seat of seats) dropBoxesOf.run(subject, seat);
    },
    /** Puts an entry without content in place of one with. */
    erase(row: number, item: Hash, before: Uint8Array, after: Uint8Array): void {
      erase.run(after, row, item);
      lighter.run(before.length - after.length, row);
    },
    /** Who fetched a chunk here, and that it was once referred to. */
    forgetChunk(area: AreaId, chunk: Hash): void {
      dropFetched.run(area, chunk);
      dropGone.run(area, chunk);
    },
    /** Nothing of what was deleted stays behind in the write-ahead log; where another process reads it now, at the next start. */
    scrub(): void {
      try {
        db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        if (!isBusy(error)) throw error;
      }
    },
  };
}
const [BUSY, LOCKED] = [5, 6];
function isBusy(error: unknown): boolean {
  const primary = typeof error === 'object' && error !== null && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return primary === BUSY || primary === LOCKED;
}
export type DisposalStore = ReturnType<typeof disposalStore>;
