/**
 * The running authority: one link to its relay, and a loopback page that says how it stands. One serves from a data folder
 * at a time (a lock that ends with the process, however it ends). Its log says what happens, never about whom.
 */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { HOUR } from '../../shared/primitives/units.ts';
import type { AddressCause } from '../../shared/wire/address.ts';
import { readAddress, socketAddress } from '../../shared/wire/address.ts';
import { writePrivateFile } from '../common/files.ts';
import { makeLog } from '../common/log.ts';
import { nodePlatform } from '../common/node.ts';
import { openAuthority } from './authority.ts';
import type { LinkState, RelayLink } from './relayLink.ts';
import { keepLink } from './relayLink.ts';
import type { Store } from './store.ts';

export interface ServeOptions {
  readonly dir: string;
  readonly relay: string;
  readonly port: number;
}

/** Commands tell a running server nothing: it looks this often whether one of them has committed. */
const LOOK: Millis = 200;

/** Where a running server says that it listens, for `status`. */
export const listeningFile = (dir: string): string => path.join(dir, 'listening');

/** The address of /healthz; the server then runs until it is told to stop. */
export async function serve({
  dir,
  relay,
  port,
}: ServeOptions): Promise<
  Result<string, AddressCause | 'no authority here' | 'keys damaged' | 'already running' | 'port in use'>
> {
  const address = readAddress(relay);
  if (!address.ok) return address;
  const authority = await openAuthority(nodePlatform, dir);
  if (!authority.ok) return authority;
  const lock = holdLock(dir);
  if (lock === null) return fail('already running');
  const { store } = authority.value;
  const log = makeLog('info');

  const health = createServer();
  if (!(await listen(health, port))) return fail('port in use');
  const link = keepLink(authority.value, `${socketAddress(address.value)}/v1/authority`, {
    changed: (state) => log.info(shown(state), 'relay link'),
    asked: (status) => log.info({ status }, 'answered a laptop'),
    failed: (error) =>
      log.error(
        { error: error instanceof Error ? error.name : 'unknown', code: (error as NodeJS.ErrnoException).code },
        'could not answer or publish',
      ),
  });
  const watch = watchStore(store, link);
  health.on('request', (request, response) => {
    const found = request.method === 'GET' && request.url === '/healthz';
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        found
          ? { status: 'ok', statements: store.count(), relay: shown(link.state()) }
          : { error: 'only GET /healthz is answered here' },
      ),
    );
  });
  const listening = `http://127.0.0.1:${(health.address() as { port: number }).port}`;
  writePrivateFile(listeningFile(dir), listening);

  onceTold(async () => {
    watch.stop();
    health.close();
    health.closeAllConnections();
    await link.stop();
    rmSync(listeningFile(dir), { force: true });
    store.close();
    lock.close();
  });
  return ok(listening);
}

const shown = (state: LinkState): object =>
  state.state === 'waiting' ? { ...state, again: new Date(state.again).toISOString() } : state;

/** A lock of the operating system, held through SQLite: gone with the process that held it. */
function holdLock(dir: string): DatabaseSync | null {
  const lock = new DatabaseSync(path.join(dir, 'serving.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close(); // SQLite tells a lock that another holds only by throwing
    return null;
  }
}

const listen = (server: Server, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });

function watchStore(store: Store, link: RelayLink): { stop(): void } {
  let version = store.version();
  const look = setInterval(() => {
    const now = store.version();
    if (now === version) return;
    version = now;
    link.poke();
  }, LOOK);
  const tidy = setInterval(() => store.tidyCodes(Date.now()), HOUR);
  return {
    stop: () => {
      clearInterval(look);
      clearInterval(tidy);
    },
  };
}

/** Stops in order on the first signal; a second one ends the process at once. */
function onceTold(stop: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
}
