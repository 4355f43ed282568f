/**
 * Boxes, as stored: each device's box stands in a row of its own, so that nobody's box can push out another's. A reader
 * gets them newest first, so that a client that keeps one for a key is left with the first filed. Never opens one.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { AreaId, DeviceId, Hash } from '../../../shared/primitives/ids.ts';
import type { Box } from '../../../shared/seal/boxes.ts';

/** Boxes of different devices kept for one reader and subject: a second opinion where the first is wrong, no flood. */
const PER_READER = 4;

export function boxStore(db: DatabaseSync) {
  const same = db.prepare(
    'SELECT count(*) AS n, coalesce(sum(filer = ?1), 0) AS own FROM boxes WHERE subject = ?2 AND reader = ?3 AND generation = ?4',
  );
  const file = db.prepare(
    'INSERT INTO boxes (subject, reader, generation, filer, sealed) VALUES (?, ?, ?, ?, ?) ON CONFLICT (subject, reader, generation, filer) DO UPDATE SET sealed = excluded.sealed, given = 0 WHERE sealed <> excluded.sealed',
  );
  const find = db.prepare(
    'SELECT generation, sealed FROM boxes WHERE subject = ? AND reader = ? ORDER BY generation, rowid DESC',
  );
  const give = db.prepare('UPDATE boxes SET given = 1 WHERE subject = ? AND reader = ? AND given = 0');
  const given = db.prepare('SELECT count(*) AS n FROM boxes WHERE subject = ? AND reader = ? AND given = 1');
  const drop = db.prepare('DELETE FROM boxes WHERE subject = ?');
  const withdraw = db.prepare('INSERT INTO withdrawn (area, entry) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const isWithdrawn = db.prepare('SELECT 1 FROM withdrawn WHERE area = ? AND entry = ?');

  return {
    /** Whether something new is there for the reader. */
    file(filer: DeviceId, box: Box): boolean {
      const there = same.get(filer, box.subject, box.to, box.generation);
      if (Number(there?.['n']) >= PER_READER && Number(there?.['own']) === 0) return false;
      return file.run(box.subject, box.to, box.generation, filer, box.sealed).changes === 1;
    },
    find: (subject: Hash, reader: Box['to']): Box[] =>
      find
        .all(subject, reader)
        .map((r) => ({ subject, to: reader, generation: Number(r['generation']), sealed: r['sealed'] as Uint8Array })),
    give: (subject: Hash, reader: Box['to']): void => void give.run(subject, reader),
    wasGiven: (subject: Hash, reader: Box['to']): boolean => Number(given.get(subject, reader)?.['n']) > 0,
    withdraw(area: AreaId, entry: Hash): void {
      drop.run(entry);
      withdraw.run(area, entry);
    },
    isWithdrawn: (area: AreaId, entry: Hash): boolean => isWithdrawn.get(area, entry) !== undefined,
  };
}
export type BoxStore = ReturnType<typeof boxStore>;
