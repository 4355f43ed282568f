/**
 * The people of an organisation on disk, in the authority's own SQLite file: facts, groups, baselines and the record of who
 * joined, moved and left. Several processes use it at once, so `change` decides and writes within one transaction. Never
 * holds a password; a token of the identity provider only as its hash.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { PersonId, SeatId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { inTransaction } from '../../common/sqlite.ts';
import type { Baseline, GroupRow, PersonFacts, PersonRow } from './facts.ts';
import { personFacts, plainText } from './facts.ts';
import type { RecordTable } from './record.ts';
import { RECORD_SCHEMA, recordTable } from './record.ts';

export const PEOPLE_SCHEMA = `
  ${RECORD_SCHEMA}
  CREATE TABLE IF NOT EXISTS people (
    id TEXT PRIMARY KEY, staff TEXT UNIQUE, user_name TEXT UNIQUE, external_id TEXT,
    facts TEXT NOT NULL, version INTEGER NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS provider_groups (
    id TEXT PRIMARY KEY, display TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
    version INTEGER NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS baselines (id TEXT PRIMARY KEY, seat TEXT NOT NULL, title TEXT, unit TEXT) STRICT;
  CREATE TABLE IF NOT EXISTS people_holds (person TEXT PRIMARY KEY, reason TEXT NOT NULL, time INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS people_policy (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS scim_tokens (hash TEXT PRIMARY KEY, made INTEGER NOT NULL) STRICT;
`;

export interface PeopleStore extends RecordTable {
  person(id: string): PersonRow | null;
  people(): PersonRow[];
  byUserName(userName: string): PersonRow | null;
  byStaffNumber(staff: string): PersonRow | null;
  /** Whoever has or had this id at the provider: newest first. */
  byExternalId(externalId: string): PersonRow[];
  /** False where another person has that sign-in name or staff number. */
  putPerson(id: PersonId, facts: PersonFacts, now: Millis): boolean;
  /** Forgets every fact of a person, and that they were in groups. What the directory says of them stays. */
  dropPerson(id: PersonId, now: Millis): void;
  /** Why what is known of a leaver must not be deleted, by person. */
  holds(): ReadonlyMap<PersonId, string>;
  putHold(id: PersonId, reason: string, now: Millis): void;
  dropHold(id: PersonId): boolean;
  /** Days after which what is known of a leaver is deleted; null where nobody has said. */
  daysKept(): number | null;
  keepDays(days: number): void;
  /** What an administrator said of how something is done here; null where nobody has. */
  policy(name: string): number | null;
  setPolicy(name: string, value: number): void;
  groups(): GroupRow[];
  group(id: string): GroupRow | null;
  /** False where another group has that name. */
  putGroup(group: Omit<GroupRow, 'version' | 'created' | 'modified'>, now: Millis): boolean;
  dropGroup(id: string): void;
  baselines(): Baseline[];
  putBaseline(baseline: Baseline): void;
  dropBaseline(id: string): boolean;
  addToken(hash: string, now: Millis): void;
  hasToken(hash: string): boolean;
  dropTokens(): number;
  /** Differs whenever facts, groups or baselines may have changed, by this process or another. */
  changes(): number;
  /** Decides and writes with nobody between. `work` must not wait. */
  change<T>(work: () => T): T;
}

type Row = Record<string, unknown>;

export function peopleStore(db: DatabaseSync): PeopleStore {
  const people = peopleTable(db);
  const groups = groupsTable(db);
  const drop = db.prepare('DELETE FROM people WHERE id = ?');
  const baselines = db.prepare('SELECT id, seat, title, unit FROM baselines ORDER BY rowid');
  const addBaseline = db.prepare('INSERT INTO baselines (id, seat, title, unit) VALUES (?, ?, ?, ?)');
  const dropBaseline = db.prepare('DELETE FROM baselines WHERE id = ?');
  const addToken = db.prepare('INSERT INTO scim_tokens (hash, made) VALUES (?, ?)');
  const hasToken = db.prepare('SELECT 1 FROM scim_tokens WHERE hash = ?');
  const dropTokens = db.prepare('DELETE FROM scim_tokens');
  const changes = db.prepare(`
    SELECT (SELECT coalesce(sum(version), 0) + count(*) FROM people) + (SELECT coalesce(sum(version), 0) FROM provider_groups)
      + 1000000007 * (SELECT count(*) FROM provider_groups) + 1000003 * (SELECT count(*) + coalesce(sum(rowid), 0) FROM baselines) AS n`);
  return {
    ...people,
    ...groups,
    ...retentionTables(db),
    ...recordTable(db),
    dropPerson: (id, now) => {
      drop.run(id);
      for (const group of groups.groups()) {
        const members = group.members.filter((member) => member !== id);
        if (members.length < group.members.length) groups.putGroup({ ...group, members }, now);
      }
    },
    baselines: () => baselines.all() as unknown as Baseline[],
    putBaseline: ({ id, seat, title, unit }) => void addBaseline.run(id, seat, title, unit),
    dropBaseline: (id) => dropBaseline.run(id).changes === 1,
    addToken: (hash, now) => void addToken.run(hash, now),
    hasToken: (hash) => hasToken.get(hash) !== undefined,
    dropTokens: () => Number(dropTokens.run().changes),
    changes: () => Number(changes.get()?.['n']),
    change: (work) => inTransaction(db, work),
  };
}

type RetentionTables = Pick<
  PeopleStore,
  'holds' | 'putHold' | 'dropHold' | 'daysKept' | 'keepDays' | 'policy' | 'setPolicy'
>;

function retentionTables(db: DatabaseSync): RetentionTables {
  const holds = db.prepare('SELECT person, reason FROM people_holds');
  const hold = db.prepare(
    'INSERT INTO people_holds (person, reason, time) VALUES (?, ?, ?) ON CONFLICT (person) DO UPDATE SET reason = excluded.reason',
  );
  const release = db.prepare('DELETE FROM people_holds WHERE person = ?');
  const policy = db.prepare('SELECT value FROM people_policy WHERE name = ?');
  const setPolicy = db.prepare(
    'INSERT INTO people_policy (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const read = (name: string): number | null => {
    const row = policy.get(name);
    return row === undefined ? null : Number(row['value']);
  };
  return {
    holds: () => new Map(holds.all().map((row) => [row['person'] as PersonId, String(row['reason'])])),
    putHold: (id, reason, now) => void hold.run(id, reason, now),
    dropHold: (id) => release.run(id).changes === 1,
    daysKept: () => read('days kept'),
    keepDays: (days) => void setPolicy.run('days kept', days),
    policy: read,
    setPolicy: (name, value) => void setPolicy.run(name, value),
  };
}

type PeopleTable = Pick<
  PeopleStore,
  'person' | 'people' | 'byUserName' | 'byStaffNumber' | 'byExternalId' | 'putPerson'
>;

function peopleTable(db: DatabaseSync): PeopleTable {
  const columns = 'SELECT id, facts, version, created, modified FROM people';
  const all = db.prepare(`${columns} ORDER BY rowid`);
  const one = db.prepare(`${columns} WHERE id = ?`);
  const named = db.prepare(`${columns} WHERE user_name = ?`);
  const numbered = db.prepare(`${columns} WHERE staff = ?`);
  const foreign = db.prepare(`${columns} WHERE external_id = ? ORDER BY modified DESC`);
  const put = db.prepare(`
    INSERT INTO people (id, staff, user_name, external_id, facts, version, created, modified) VALUES (?, ?, ?, ?, ?, 1, ?, ?)
    ON CONFLICT (id) DO UPDATE SET staff = excluded.staff, user_name = excluded.user_name, external_id = excluded.external_id,
      facts = excluded.facts, version = version + 1, modified = excluded.modified`);
  return {
    people: () => all.all().map(readPerson),
    person: (id) => read(one.get(id)),
    byUserName: (userName) => read(named.get(plainText(userName))),
    byStaffNumber: (staff) => read(numbered.get(plainText(staff))),
    byExternalId: (externalId) => foreign.all(externalId).map(readPerson),
    putPerson: (id, facts, now) => {
      const { account, staffNumber } = facts;
      const userName = account === null || account.state === 'deleted' ? null : plainText(account.userName);
      const staff = staffNumber === null ? null : plainText(staffNumber);
      const taken = [userName && named.get(userName), staff && numbered.get(staff)];
      if (taken.some((row) => row && (row as Row)['id'] !== id)) return false;
      put.run(id, staff, userName, account?.externalId ?? null, JSON.stringify(facts), now, now);
      return true;
    },
  };
}

const read = (row: Row | undefined): PersonRow | null => (row === undefined ? null : readPerson(row));

const readPerson = (row: Row): PersonRow => ({
  id: row['id'] as PersonId,
  facts: personFacts.parse(JSON.parse(String(row['facts']))),
  ...times(row),
});

type GroupsTable = Pick<PeopleStore, 'groups' | 'group' | 'putGroup' | 'dropGroup'>;

function groupsTable(db: DatabaseSync): GroupsTable {
  const columns = 'SELECT id, body, version, created, modified FROM provider_groups';
  const all = db.prepare(`${columns} ORDER BY rowid`);
  const one = db.prepare(`${columns} WHERE id = ?`);
  const named = db.prepare('SELECT id FROM provider_groups WHERE display = ?');
  const drop = db.prepare('DELETE FROM provider_groups WHERE id = ?');
  const put = db.prepare(`
    INSERT INTO provider_groups (id, display, body, version, created, modified) VALUES (?, ?, ?, 1, ?, ?)
    ON CONFLICT (id) DO UPDATE SET display = excluded.display, body = excluded.body, version = version + 1,
      modified = excluded.modified`);
  return {
    groups: () => all.all().map(readGroup),
    group: (id) => {
      const row = one.get(id);
      return row === undefined ? null : readGroup(row);
    },
    putGroup: ({ id, displayName, externalId, members, seat }, now) => {
      const taken = named.get(plainText(displayName));
      if (taken !== undefined && taken['id'] !== id) return false;
      put.run(id, plainText(displayName), JSON.stringify({ displayName, externalId, members, seat }), now, now);
      return true;
    },
    dropGroup: (id) => void drop.run(id),
  };
}

interface GroupBody {
  readonly displayName: string;
  readonly externalId: string | null;
  readonly members: readonly PersonId[];
  readonly seat: SeatId | null;
}
const readGroup = (row: Row): GroupRow => ({
  id: String(row['id']),
  ...(JSON.parse(String(row['body'])) as GroupBody),
  ...times(row),
});

const times = (row: Row) => ({
  version: Number(row['version']),
  created: Number(row['created']),
  modified: Number(row['modified']),
});
