/** What administrators did from the application, in the authority's own SQLite file: on record for good, each once. */
import type { DatabaseSync } from 'node:sqlite';
import type { DeviceId, PersonId } from '../../shared/primitives/ids.ts';
import type { Millis } from '../../shared/primitives/units.ts';

export const ADMIN_SCHEMA = `
  CREATE TABLE IF NOT EXISTS admin_acts (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, time INTEGER NOT NULL, person TEXT NOT NULL, device TEXT NOT NULL,
    act TEXT NOT NULL, answer TEXT) STRICT;
`;

/** An act as it stands on record: who did what, from which computer, and how it was answered. */
export interface AdminRow {
  readonly id: string;
  readonly time: Millis;
  readonly person: PersonId;
  readonly device: DeviceId;
  readonly act: string;
  readonly answer: string | null;
}

export interface AdminStore {
  /** Null: fresh. */
  act(id: string): AdminRow | null;
  begin(row: Omit<AdminRow, 'answer'>): void;
  end(id: string, answer: string): void;
  acts(): AdminRow[];
}

export function adminStore(db: DatabaseSync): AdminStore {
  const COLUMNS = 'SELECT id, time, person, device, act, answer FROM admin_acts';
  const one = db.prepare(`${COLUMNS} WHERE id = ?`);
  const all = db.prepare(`${COLUMNS} ORDER BY n`);
  const begin = db.prepare(
    'INSERT INTO admin_acts (id, time, person, device, act) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const end = db.prepare('UPDATE admin_acts SET answer = ? WHERE id = ?');
  return {
    act: (id) => (one.get(id) as unknown as AdminRow | undefined) ?? null,
    begin: ({ id, time, person, device, act }) => void begin.run(id, time, person, device, act),
    end: (id, answer) => void end.run(answer, id),
    acts: () => all.all() as unknown as AdminRow[],
  };
}
