/**
 * Accounts of the console: who may sign in, in which role. Passwords are kept as scrypt hashes only. Promises that a name
 * that is not here costs a sign-in as much time as one that is. Accounts are made by command, never over the network.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Millis } from '../../../shared/primitives/units.ts';
import { MiB } from '../../../shared/primitives/units.ts';

/** An operator may act; an auditor looks and verifies. */
export const ROLES = ['operator', 'auditor'] as const;
export type ConsoleRole = (typeof ROLES)[number];

export interface Account {
  readonly name: string;
  readonly role: ConsoleRole;
  /** When its password was last set: sessions from before are over. */
  readonly since: Millis;
}

/** OWASP's figures for scrypt: 128 MiB and some 400 ms for each try. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 160 * MiB };
const LENGTH = 32;
export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 256;

/** What an account may be called: it is shown, and put down with each act. */
export const isAccountName = (name: string): boolean => /^[a-z0-9][a-z0-9._-]{0,31}$/.test(name);
export const isPassword = (password: string): boolean =>
  password.length >= SHORTEST_PASSWORD && password.length <= LONGEST_PASSWORD;

const stretch = (password: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) =>
    scrypt(password.normalize('NFKC'), salt, LENGTH, COST, (error, key) => (error ? reject(error) : resolve(key))),
  );

export function accountStore(db: DatabaseSync) {
  const all = db.prepare('SELECT name, role, since FROM accounts ORDER BY name');
  const find = db.prepare('SELECT name, role, since FROM accounts WHERE name = ?');
  const secret = db.prepare('SELECT salt, hash FROM accounts WHERE name = ?');
  const put = db.prepare('INSERT OR REPLACE INTO accounts (name, role, salt, hash, since) VALUES (?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM accounts WHERE name = ?');
  const nobody = { salt: randomBytes(16), hash: randomBytes(LENGTH) };

  return {
    all: (): Account[] => all.all() as unknown as Account[],
    find: (name: string): Account | null => (find.get(name) as Account | undefined) ?? null,
    /** Makes the account, or gives it this role and password. */
    async set(name: string, role: ConsoleRole, password: string, now: Millis): Promise<void> {
      const salt = randomBytes(16);
      put.run(name, role, salt, await stretch(password, salt), now);
    },
    remove: (name: string): boolean => drop.run(name).changes === 1,
    /** The account, if this is its password. */
    async verify(name: string, password: string): Promise<Account | null> {
      const kept = (secret.get(name) as { salt: Uint8Array; hash: Uint8Array } | undefined) ?? nobody;
      const isRight = timingSafeEqual(await stretch(password.slice(0, LONGEST_PASSWORD), kept.salt), kept.hash);
      return isRight && kept !== nobody ? ((find.get(name) as Account | undefined) ?? null) : null;
    },
  };
}
