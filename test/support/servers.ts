/**
 * The servers of the demonstration, the end-to-end tests and development: a relay and the authorities of Fellshire's two
 * organisations, each a process of its own. Started again on the same folder they go on where they were, on the same relay
 * address.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Actor, Organisation, Role, RunAuthority, Which } from './fellshire.ts';
import { ACTORS, authorityIn, dataOf, ORGS, setUpFellshire } from './fellshire.ts';
import type { Running } from './programs.ts';
import { startServer, until } from './programs.ts';

export interface Servers {
  readonly relayUrl: string;
  readonly people: Readonly<Record<Role, Actor>>;
  /** A fresh enrolment code, good for one device of that person. */
  newCode(role: Role): Promise<string>;
  /** Runs a command of an organisation's authority, which need not be running. */
  readonly authority: RunAuthority;
  /** The process id, for faults that signals make; null while it is down. */
  pid(which: Which): number | null;
  kill(which: Which): Promise<void>;
  /** Stops it if it runs, and starts it on the same address. Every authority that runs is connected when this returns. */
  restart(which: Which): Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  readonly dir: string;
  /** Default: the port of the last time in this folder, else any free one. */
  readonly relayPort?: number;
  /** The file that sets the clock of relay and authorities. */
  readonly clock?: string;
}

export async function startServers({ dir, relayPort, clock }: Options): Promise<Servers> {
  const people = await setUpFellshire(dir);
  const authority = authorityIn(dir);
  const running = new Map<Which, Running>();
  const env = clock === undefined ? {} : { JOINDER_TEST_CLOCK: clock };
  const relayUrl = await startRelay(relayPort ?? rememberedPort(dir));
  writeFileSync(path.join(dir, 'relay-port'), new URL(relayUrl).port);
  await Promise.all(ORGS.map(startAuthority));

  async function newCode(role: Role): Promise<string> {
    return String((await authority(ACTORS[role].org, 'enrol-code', '--person', people[role].id))['code']);
  }

  async function startRelay(port: number): Promise<string> {
    const relay = await startServer(
      'relay',
      ['serve', '--data', dataOf(dir, 'relay'), '--port', String(port)],
      path.join(dir, 'relay.log'),
      env,
    );
    running.set('relay', relay);
    return relay.url;
  }

  async function startAuthority(org: Organisation): Promise<void> {
    const server = await startServer(
      'authority',
      ['serve', '--data', dataOf(dir, org), '--relay', relayUrl],
      path.join(dir, `${org}.log`),
      env,
    );
    running.set(org, server);
    await waitForLink(org);
  }

  /** Until the relay has this authority's whole directory; at once where the authority is down. */
  async function waitForLink(org: Organisation): Promise<void> {
    const server = running.get(org);
    if (server !== undefined) await until(`${org}'s link to the relay`, () => isConnected(server.url));
  }

  async function end(which: Which, how: 'stop' | 'kill'): Promise<void> {
    await running.get(which)?.[how]();
    running.delete(which);
  }

  return {
    relayUrl,
    people,
    newCode,
    authority,
    pid: (which) => running.get(which)?.pid ?? null,
    kill: (which) => end(which, 'kill'),
    restart: async (which) => {
      await end(which, 'stop');
      if (which !== 'relay') return startAuthority(which);
      await startRelay(Number(new URL(relayUrl).port));
      await Promise.all(ORGS.map((org) => waitForLink(org)));
    },
    stop: async () => {
      await Promise.all(ORGS.map((org) => end(org, 'stop')));
      await end('relay', 'stop');
    },
  };
}

function rememberedPort(dir: string): number {
  const file = path.join(dir, 'relay-port');
  return existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
}

async function isConnected(url: string): Promise<true | null> {
  const answer = await fetch(`${url}/healthz`).catch(() => null); // not listening yet, or gone: ask again
  const health = (await answer?.json()) as
    | { statements: number; relay: { state: string; published?: number } }
    | undefined;
  return health?.relay.state === 'connected' && health.relay.published === health.statements ? true : null;
}
