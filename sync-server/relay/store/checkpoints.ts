/** Checkpoints as stored: the signed words, and which places each covers. Writing functions run inside a transaction. */
import type { DatabaseSync } from 'node:sqlite';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { SignedCheckpoint } from '../../../shared/seal/area/checkpoint.ts';

export interface StoredCheckpoint extends SignedCheckpoint {
  readonly n: number;
  readonly hash: Hash;
}

export interface Covered {
  readonly area: AreaId;
  readonly n: number;
  readonly h: Hash;
}

export function checkpointStore(db: DatabaseSync) {
  const add = db.prepare('INSERT INTO checkpoints (n, hash, body, signature) VALUES (?, ?, ?, ?)');
  const cover = db.prepare('INSERT INTO covered (checkpoint, area, n, h) VALUES (?, ?, ?, ?)');
  const newest = db.prepare('SELECT n, hash, body, signature FROM checkpoints ORDER BY n DESC LIMIT 1');
  const find = db.prepare('SELECT n, hash, body, signature FROM checkpoints WHERE n = ?');
  const after = db.prepare('SELECT n, hash, body, signature FROM checkpoints WHERE n > ? ORDER BY n LIMIT ?');
  const all = db.prepare('SELECT n, hash, body, signature FROM checkpoints ORDER BY n');
  const covered = db.prepare('SELECT area, n, h FROM covered WHERE checkpoint = ?');
  const moved = db.prepare(
    'SELECT a.area, a.n, a.h FROM areas a WHERE a.n > coalesce((SELECT max(c.n) FROM covered c WHERE c.area = a.area), 0)',
  );
  const act = db.prepare('SELECT n, hash FROM acts ORDER BY n DESC LIMIT 1');

  return {
    add({ n, hash, body, signature }: StoredCheckpoint, places: readonly Covered[]): void {
      add.run(n, hash, body, signature);
      for (const one of places) cover.run(n, one.area, one.n, one.h);
    },
    newest: (): StoredCheckpoint | null => (newest.get() as StoredCheckpoint | undefined) ?? null,
    find: (n: number): StoredCheckpoint | null => (find.get(n) as StoredCheckpoint | undefined) ?? null,
    /** Oldest first. */
    after: (n: number, limit: number): StoredCheckpoint[] => after.all(n, limit) as unknown as StoredCheckpoint[],
    all: (): StoredCheckpoint[] => all.all() as unknown as StoredCheckpoint[],
    covered: (n: number): Covered[] => covered.all(n) as unknown as Covered[],
    /** Places that no checkpoint covers yet. Looks at every area. */
    uncovered: (): Covered[] => moved.all() as unknown as Covered[],
    newestAct: (): { n: number; hash: Hash } | null => (act.get() as { n: number; hash: Hash } | undefined) ?? null,
  };
}
export type CheckpointStore = ReturnType<typeof checkpointStore>;
