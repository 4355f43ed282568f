/**
 * The computers of all organisations as an administrator sees them, and keeping one out for a time. Ids, times and states
 * only; a running relay heeds what is decided here within a second. Whoever calls puts the act down.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { DeviceId, OrgId } from '../../../shared/primitives/ids.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { HOUR } from '../../../shared/primitives/units.ts';
import type { Directories } from '../directories.ts';
import type { Running } from '../observe/status.ts';
import { readContacts } from '../observe/status.ts';
import { LONGEST_SUSPENSION } from '../store/rules.ts';

export interface ComputerLine {
  readonly device: DeviceId;
  readonly org: OrgId;
  readonly revoked: boolean;
  readonly linked: boolean;
  readonly lastContact: Millis | null;
  readonly suspendedUntil: Millis | null;
}

/** Every computer that a directory names, revoked ones included. */
export function listComputers(
  db: DatabaseSync,
  directories: Directories,
  running: Running | null,
  now: Millis,
): ComputerLine[] {
  const contacts = new Map(readContacts(db).map((one) => [one.device, one.at]));
  const linked = new Set(running?.linked);
  const until = db.prepare('SELECT until FROM suspended WHERE device = ? AND until > ?');
  return [...directories.all()].flatMap(({ org, directory }) =>
    [...directory.known.keys()].map((device) => ({
      device,
      org,
      revoked: !directory.devices.has(device),
      linked: linked.has(device),
      lastContact: contacts.get(device) ?? null,
      suspendedUntil: Number(until.get(device, now)?.['until'] ?? 0) || null,
    })),
  );
}

export const isKnown = (directories: Directories, device: string): boolean =>
  [...directories.all()].some(({ directory }) => directory.known.has(device as DeviceId));

/** Keeps it out for `hours`; answers until when. For good, only its authority may. */
export function suspend(
  db: DatabaseSync,
  directories: Directories,
  device: string,
  hours: number,
  now: Millis,
): Result<{ readonly until: Millis }, 'unknown computer' | 'too long'> {
  if (!isKnown(directories, device)) return fail('unknown computer');
  const until = now + hours * HOUR;
  if (!Number.isInteger(hours) || hours < 1 || until - now > LONGEST_SUSPENSION) return fail('too long');
  db.prepare('INSERT OR REPLACE INTO suspended (device, since, until) VALUES (?, ?, ?)').run(device, now, until);
  return ok({ until });
}

/** Lets it in again; false where it was not kept out. */
export const resume = (db: DatabaseSync, device: string): boolean =>
  Number(db.prepare('DELETE FROM suspended WHERE device = ?').run(device).changes) > 0;
