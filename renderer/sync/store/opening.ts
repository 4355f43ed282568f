/**
 * Opening the local database, and what it means when it does not open. Promises that a store of a newer version is left as
 * it is: Dexie would open one, and mend it to our own shape. Never wipes anything.
 */
import { Dexie } from 'dexie';
import type { StoreCause } from '../../../shared/status/storeCauses.ts';
import { Database } from './database.ts';

/** Opens it; throws what `storeCause` reads. `lost` is called once if the browser closes it while it is in use. */
export async function openDatabase(name: string, lost: () => void): Promise<Database> {
  const db = new Database(name);
  const factory = Dexie.dependencies.indexedDB;
  const held = (await factory.databases()).find((one) => one.name === name)?.version ?? 0;
  // A version of Dexie's is ten of the browser's.
  if (Math.floor(held / 10) > db.verno) throw new Dexie.VersionError('made by a newer version');
  await db.open();
  db.on('close', () => {
    if (!db.isClosing) lost();
  });
  return db;
}

/** What an error on the way to an open session says of the store. Browsers and Dexie tell everything by throwing. */
export function storeCause(error: unknown): StoreCause {
  const names = namesOf(error);
  if (names.some((name) => name.startsWith('QuotaExceeded'))) return 'disk full';
  if (names.includes('VersionError')) return 'newer';
  return names.some((name) => DAMAGE.has(name)) ? 'damaged' : 'fault';
}

/** As DOMException and Dexie name them. */
const DAMAGE: ReadonlySet<string> = new Set([
  'UnknownError',
  'InvalidStateError',
  'NotFoundError',
  'NotReadableError',
  'DataError',
  'DataCloneError',
  'ConstraintError',
  'AbortError',
  'SecurityError',
  'MissingAPIError',
  'OpenFailedError',
  'DatabaseClosedError',
  'TimeoutError',
  'InternalError',
]);

/** An error's name and those of the errors within it: Dexie wraps what the browser said. */
function namesOf(error: unknown): readonly string[] {
  const names: string[] = [];
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 5; depth++) {
    if ('name' in at && typeof at.name === 'string') names.push(at.name);
    at = 'inner' in at ? at.inner : null;
  }
  return names;
}
