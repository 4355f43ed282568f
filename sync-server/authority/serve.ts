/**
 * The running authority: one link to its relay, and a loopback page that says how it stands. One serves from a data folder
 * at a time (a lock that ends with the process, however it ends). Its log says what happens, never about whom.
 */
import type { FastifyInstance } from 'fastify';
import { rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { HOUR } from '../../shared/primitives/units.ts';
import type { AddressCause } from '../../shared/wire/address.ts';
import { readAddress, socketAddress } from '../../shared/wire/address.ts';
import { writePrivateFile } from '../common/files.ts';
import type { LogLevel } from '../common/log.ts';
import { makeLog } from '../common/log.ts';
import { nodePlatform } from '../common/node.ts';
import { openAuthority } from './authority.ts';
import type { LinkState, RelayLink } from './link/relayLink.ts';
import { keepLink } from './link/relayLink.ts';
import { addressOf, keepPort, keptPort, listeningFile } from './address.ts';
import type { Authority } from './authority.ts';
import { makeHttp } from './http.ts';
import type { SignInSettings } from './signIn/settings.ts';
import type { Step } from './people/keepStep.ts';
import { keepStep } from './people/keepStep.ts';

export interface ServeOptions {
  readonly dir: string;
  readonly relay: string;
  readonly port: number;
  readonly level?: LogLevel;
  /** Null: nobody signs in. */
  readonly signIn?: SignInSettings | null;
}

/** Commands tell a running server nothing: it looks this often whether one of them has committed. */
const LOOK: Millis = 200;

/** The address of /healthz; the server then runs until it is told to stop. */
export async function serve({
  dir,
  relay,
  port,
  level = 'info',
  signIn = null,
}: ServeOptions): Promise<
  Result<
    string,
    AddressCause | 'no authority here' | 'keys damaged' | 'store is later' | 'already running' | 'port in use'
  >
> {
  const address = readAddress(relay);
  if (!address.ok) return address;
  const opened = await openAuthority(nodePlatform, dir);
  if (!opened.ok) return opened;
  const authority = ok(signIn === null ? opened.value : await signingIn(opened.value, signIn));
  const lock = holdLock(dir);
  if (lock === null) return fail('already running');
  const { store } = authority.value;
  const log = makeLog(level);

  const failed = (error: unknown): void =>
    log.error(
      { error: error instanceof Error ? error.name : 'unknown', code: (error as NodeJS.ErrnoException).code },
      'could not answer or publish',
    );
  const http = await makeHttp({ authority: authority.value, changed: () => link.poke(), failed }, () => ({
    statements: store.count(),
    relay: shown(link.state()),
  }));
  const link = keepLink(authority.value, `${socketAddress(address.value)}/v1/authority`, {
    changed: (state) => log.info(shown(state), 'relay link'),
    asked: (status) => log.info({ status }, 'answered a laptop'),
    failed,
  });
  const listening = await listen(http, dir, port);
  if (listening === null) {
    await link.stop();
    lock.close();
    return fail('port in use');
  }
  const step = keepStep(authority.value, () => link.poke(), failed);
  const watch = watchStore(authority.value, link, step);
  writePrivateFile(listeningFile(dir), listening);

  onceTold(async () => {
    watch.stop();
    await http.close();
    await step.stop();
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

/** The address, or null where the port is another's. One that nobody named gives way, and is kept for the next time. */
async function listen(http: FastifyInstance, dir: string, port: number): Promise<string | null> {
  const kept = keptPort(dir);
  for (const one of port > 0 ? [port] : kept === null ? [0] : [kept, 0]) {
    try {
      await http.listen({ host: '127.0.0.1', port: one });
      const taken = (http.server.address() as AddressInfo).port;
      keepPort(dir, taken);
      return addressOf(taken);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  return null;
}

/** With the library for it, which nobody else waits for. */
async function signingIn(authority: Authority, settings: SignInSettings): Promise<Authority> {
  const { withSignIn } = await import('./signIn/withSignIn.ts');
  return withSignIn(authority, settings);
}

function watchStore({ store, platform }: Authority, link: RelayLink, step: Step): { stop(): void } {
  let version = store.version();
  const look = setInterval(() => {
    step.look();
    const now = store.version();
    if (now === version) return;
    version = now;
    link.poke();
  }, LOOK);
  const tidy = setInterval(() => store.tidyCodes(platform.now()), HOUR);
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
