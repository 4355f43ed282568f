/**
 * What the authority keeps of computers besides the directory: who must say that a new one is the right one, and whom it
 * lets do that for others. In the authority's own SQLite file.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { DeviceId, PersonId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';

export const DEVICE_SCHEMA = `
  CREATE TABLE IF NOT EXISTS approvals (
    code TEXT PRIMARY KEY, approver TEXT NOT NULL, nonce BLOB, sign_key BLOB, box_key BLOB, name TEXT, asked INTEGER,
    admitted INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE IF NOT EXISTS erasures (device TEXT PRIMARY KEY, ordered INTEGER NOT NULL, deleted INTEGER) STRICT;
  CREATE TABLE IF NOT EXISTS key_admins (person TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT;
`;

/** Stands for whoever may let in somebody else's computer, and for its owner. */
export const ANY_KEY_ADMIN = '';
export type Approver = PersonId | typeof ANY_KEY_ADMIN;

/** A code whose computer waits until somebody has said that it is the right one. */
export interface Approval {
  readonly code: string;
  /** The person whose word it takes; `ANY_KEY_ADMIN`: any key-admin's, or its owner's at another computer. */
  readonly approver: Approver;
  /** The computer that came with the code, the first alone; null: none yet. */
  readonly computer: NewComputer | null;
  readonly isAdmitted: boolean;
}

export interface NewComputer {
  readonly signKey: Uint8Array;
  readonly boxKey: Uint8Array;
  readonly name: string;
  readonly nonce: Uint8Array;
  readonly asked: Millis;
}

export interface DeviceStore {
  needApproval(code: string, approver: Approver): void;
  approval(code: string): Approval | null;
  /** Of the computers that have come and whose word is this person's to give. */
  waiting(approver: Approver): Approval[];
  /** False where another computer has come with that code. */
  putComputer(code: string, computer: NewComputer): boolean;
  admit(code: string): void;
  /** Of the copies on a computer that was shut out: when an order was signed, and when the computer said that it was done. */
  erasure(device: DeviceId): { readonly ordered: Millis; readonly deleted: Millis | null } | null;
  putErasure(device: DeviceId, ordered: Millis): void;
  endErasure(device: DeviceId, deleted: Millis): void;
  keyAdmins(): ReadonlySet<PersonId>;
  setKeyAdmin(person: PersonId, is: boolean, now: Millis): void;
}

const COLUMNS =
  'SELECT code, approver, nonce, sign_key AS signKey, box_key AS boxKey, name, asked, admitted FROM approvals';

export function deviceStore(db: DatabaseSync): DeviceStore {
  const add = db.prepare('INSERT INTO approvals (code, approver) VALUES (?, ?)');
  const one = db.prepare(`${COLUMNS} WHERE code = ?`);
  const of = db.prepare(`${COLUMNS} WHERE approver = ? AND asked IS NOT NULL AND admitted = 0 ORDER BY asked`);
  const put = db.prepare(
    'UPDATE approvals SET nonce = ?, sign_key = ?, box_key = ?, name = ?, asked = ? WHERE code = ? AND asked IS NULL',
  );
  const admit = db.prepare('UPDATE approvals SET admitted = 1 WHERE code = ?');
  const admins = db.prepare('SELECT person FROM key_admins');
  const addAdmin = db.prepare('INSERT INTO key_admins (person, since) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const dropAdmin = db.prepare('DELETE FROM key_admins WHERE person = ?');
  const erasure = db.prepare('SELECT ordered, deleted FROM erasures WHERE device = ?');
  const order = db.prepare('INSERT INTO erasures (device, ordered) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const erased = db.prepare('UPDATE erasures SET deleted = ? WHERE device = ?');
  return {
    needApproval: (code, approver) => void add.run(code, approver),
    approval: (code) => {
      const row = one.get(code);
      return row === undefined ? null : readRow(row);
    },
    waiting: (approver) => of.all(approver).map(readRow),
    putComputer: (code, { signKey, boxKey, name, nonce, asked }) =>
      put.run(nonce, signKey, boxKey, name, asked, code).changes === 1,
    admit: (code) => void admit.run(code),
    erasure: (device) => {
      const row = erasure.get(device);
      if (row === undefined) return null;
      return { ordered: Number(row['ordered']), deleted: row['deleted'] === null ? null : Number(row['deleted']) };
    },
    putErasure: (device, time) => void order.run(device, time),
    endErasure: (device, time) => void erased.run(time, device),
    keyAdmins: () => new Set(admins.all().map((row) => row['person'] as PersonId)),
    setKeyAdmin: (person, is, now) => void (is ? addAdmin.run(person, now) : dropAdmin.run(person)),
  };
}

const bytes = (value: unknown): Uint8Array => new Uint8Array(value as Uint8Array);

function readRow(row: Record<string, unknown>): Approval {
  const hasCome = row['asked'] !== null;
  return {
    code: String(row['code']),
    approver: row['approver'] as Approver,
    isAdmitted: row['admitted'] === 1,
    computer: hasCome
      ? {
          signKey: bytes(row['signKey']),
          boxKey: bytes(row['boxKey']),
          nonce: bytes(row['nonce']),
          name: String(row['name']),
          asked: Number(row['asked']),
        }
      : null,
  };
}
