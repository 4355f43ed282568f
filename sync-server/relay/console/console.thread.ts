/**
 * The console's thread: its own event loop, its own connection to the database, its own listener. However much it is asked,
 * or whatever breaks here, the relay's links do not wait for it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { makeLog } from '../../common/log.ts';
import { nodePlatform } from '../../common/node.ts';
import { loadKeys } from '../keys.ts';
import { openDatabase } from '../store/schema.ts';
import { listenForConsole } from './listen.ts';
import type { ConsoleBegun, ConsoleSaid } from './settings.ts';

const begun = workerData as ConsoleBegun;
const log = makeLog(begun.level);
const db = openDatabase(begun.dir);
const keys = await loadKeys(nodePlatform, begun.dir);
if (keys === null) throw new Error('the relay’s key cannot be read');

const { dir, config } = begun;
const listening = await listenForConsole(
  begun,
  { platform: nodePlatform, db, dir, config, key: keys.signing, log },
  log,
);
parentPort?.postMessage(
  (listening.ok ? { url: listening.value.url } : { cause: listening.cause }) satisfies ConsoleSaid,
);
async function end(): Promise<void> {
  if (listening.ok) await listening.value.close();
  if (db.isOpen) db.close();
  parentPort?.close();
}
parentPort?.once('message', () => void end());
if (!listening.ok) await end();
