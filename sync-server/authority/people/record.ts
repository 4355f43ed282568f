/**
 * The authority's record of who joined, moved and left, and of what is kept of leavers: what happened, when, what brought it
 * about, and in words which posts or reason it was about. Rows are added and never changed; those of an earlier version say
 * no more than they did.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { PersonId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';

/** The words stand in a table of their own: a data file of an earlier version has the first table without them. */
export const RECORD_SCHEMA = `
  CREATE TABLE IF NOT EXISTS people_record (
    n INTEGER PRIMARY KEY, time INTEGER NOT NULL, person TEXT NOT NULL, what TEXT NOT NULL, source TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS people_record_about (n INTEGER PRIMARY KEY, about TEXT NOT NULL) STRICT;
`;

export type Happened =
  | 'joined'
  | 'moved'
  | 'left'
  | 'renamed'
  | 'returned'
  | 'held'
  | 'hold ended'
  | 'deleted'
  /** Of the copies on a leaver's computer: an order was signed; the computer said that it was done. */
  | 'copies ordered'
  | 'copies deleted';

export interface PeopleRecord {
  readonly time: Millis;
  readonly person: PersonId;
  readonly what: Happened;
  /** What brought it about: `scim`, `hr import`, `command`, or `the day` where a date had come, `the computer` where one said so. */
  readonly source: string;
  /** In words, as things were called then: from which posts to which, under which name before, why it is held. Null: nothing more. */
  readonly about: string | null;
}

/** Letters of `about` that are kept; as many the wire takes. */
const MOST = 600;

export interface RecordTable {
  note(row: Omit<PeopleRecord, 'about'> & { readonly about?: string | null }): void;
  record(person?: PersonId): PeopleRecord[];
}

export function recordTable(db: DatabaseSync): RecordTable {
  const add = db.prepare('INSERT INTO people_record (time, person, what, source) VALUES (?, ?, ?, ?)');
  const addAbout = db.prepare('INSERT INTO people_record_about (n, about) VALUES (?, ?)');
  const all = db.prepare(`
    SELECT time, person, what, source, about FROM people_record AS r LEFT JOIN people_record_about AS a ON a.n = r.n
    ORDER BY r.n`);
  return {
    note: ({ time, person, what, source, about = null }) => {
      const { lastInsertRowid } = add.run(time, person, what, source);
      if (about !== null && about !== '') addAbout.run(lastInsertRowid, about.slice(0, MOST));
    },
    record: (person) =>
      (all.all() as unknown as PeopleRecord[]).filter((one) => person === undefined || one.person === person),
  };
}
