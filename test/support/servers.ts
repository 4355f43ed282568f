/**
 * The servers of the demonstration, the end-to-end tests and development: a relay and the authorities of two fictional
 * organisations, each a process of its own, set up as an administrator would by their command lines. Started again on the
 * same folder they go on where they were, on the same relay address, with fresh enrolment codes.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Running } from './programs.ts';
import { runJson, startServer, until } from './programs.ts';

export type Which = 'relay' | 'police' | 'prosecution';
export type Role = 'officer' | 'officer2' | 'prosecutor' | 'prosecutor2';

export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly post: string;
  readonly organisation: string;
}

export interface Servers {
  readonly relayUrl: string;
  /** One use each. */
  readonly codes: Readonly<Record<Role, string>>;
  readonly people: Readonly<Record<Role, Actor>>;
  /** A fresh code for another device of the same person. */
  newCode(role: Role): Promise<string>;
  /** Runs a command of an organisation's authority, which need not be running. */
  authority(which: 'police' | 'prosecution', ...args: string[]): Promise<Record<string, unknown>>;
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
}

const ORGANISATIONS = { police: 'Fellshire Police', prosecution: 'Fellshire Prosecution Service' } as const;
type Organisation = keyof typeof ORGANISATIONS;
const ORGS: readonly Organisation[] = ['police', 'prosecution'];

const ACTORS: Readonly<Record<Role, { org: Organisation; name: string; post: string; unit: string }>> = {
  officer: { org: 'police', name: 'DC Priya Nair', post: 'Officer in the case, Kendal CID', unit: 'Kendal CID' },
  officer2: { org: 'police', name: 'DS Tom Okafor', post: 'Officer in the case, Kendal CID', unit: 'Kendal CID' },
  prosecutor: {
    org: 'prosecution',
    name: 'Helen Marsh',
    post: 'Charging lawyer, Fellshire',
    unit: 'Fellshire charging team',
  },
  prosecutor2: {
    org: 'prosecution',
    name: 'Idris Bell',
    post: 'Charging lawyer, Fellshire',
    unit: 'Fellshire charging team',
  },
};
const ROLES = Object.keys(ACTORS) as Role[];

export async function startServers({ dir, relayPort }: Options): Promise<Servers> {
  mkdirSync(dir, { recursive: true });
  const data = (which: Which): string => path.join(dir, which);
  const authority = (which: Organisation, ...args: string[]) => runJson('authority', ...args, '--data', data(which));
  const running = new Map<Which, Running>();

  const [cards, relayUrl] = await Promise.all([
    setUpAuthorities(data, authority),
    startRelay(relayPort ?? rememberedPort(dir)),
  ]);
  writeFileSync(path.join(dir, 'relay-port'), new URL(relayUrl).port);
  const [people] = await Promise.all([
    addPeople(authority),
    admit(data('relay'), cards),
    ...ORGS.map((org) => pinOthers(org, cards, authority)),
  ]);
  const [codes] = await Promise.all([byRole(newCode), ...ORGS.map(startAuthority)]);

  async function newCode(role: Role): Promise<string> {
    return String((await authority(ACTORS[role].org, 'enrol-code', '--person', people[role].id))['code']);
  }

  async function startRelay(port: number): Promise<string> {
    const relay = await startServer(
      'relay',
      ['serve', '--data', data('relay'), '--port', String(port)],
      path.join(dir, 'relay.log'),
    );
    running.set('relay', relay);
    return relay.url;
  }

  async function startAuthority(org: Organisation): Promise<void> {
    const server = await startServer(
      'authority',
      ['serve', '--data', data(org), '--relay', relayUrl],
      path.join(dir, `${org}.log`),
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
    codes,
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

interface PublicCard {
  readonly card: string;
  readonly fingerprint: string;
}
type Cards = Readonly<Record<Organisation, PublicCard>>;
type RunAuthority = Servers['authority'];

async function setUpAuthorities(data: (which: Which) => string, authority: RunAuthority): Promise<Cards> {
  const made = await Promise.all(
    ORGS.map(async (org) => {
      const exists = existsSync(path.join(data(org), 'authority.keys'));
      const said = await (exists ? authority(org, 'card') : authority(org, 'init', '--name', ORGANISATIONS[org]));
      return [org, { card: String(said['card']), fingerprint: String(said['fingerprint']) }] as const;
    }),
  );
  return Object.fromEntries(made) as Record<Organisation, PublicCard>;
}

async function admit(relayData: string, cards: Cards): Promise<void> {
  for (const org of ORGS) await runJson('relay', 'org', 'add', '--authority', cards[org].card, '--data', relayData);
}

async function pinOthers(org: Organisation, cards: Cards, authority: RunAuthority): Promise<void> {
  for (const other of ORGS.filter((o) => o !== org)) {
    await authority(org, 'partner', 'add', '--card', cards[other].card, '--fingerprint', cards[other].fingerprint);
  }
}

/** Adds whoever is not there yet. One organisation after the other's people would do too; two at once are faster. */
async function addPeople(authority: RunAuthority): Promise<Record<Role, Actor>> {
  const ids = new Map<Role, string>();
  await Promise.all(
    ORGS.map(async (org) => {
      const { people } = (await authority(org, 'person', 'list')) as {
        people: readonly { id: string; name: string }[];
      };
      for (const role of ROLES.filter((r) => ACTORS[r].org === org)) {
        const { name, post, unit } = ACTORS[role];
        const known = people.find((person) => person.name === name)?.id;
        ids.set(
          role,
          known ??
            String((await authority(org, 'person', 'add', '--name', name, '--post', post, '--unit', unit))['id']),
        );
      }
    }),
  );
  return byRole((role) => {
    const { org, name, post } = ACTORS[role];
    return Promise.resolve({ id: ids.get(role) ?? '', name, post, organisation: ORGANISATIONS[org] });
  });
}

async function byRole<T>(make: (role: Role) => Promise<T>): Promise<Record<Role, T>> {
  const made = await Promise.all(ROLES.map(async (role) => [role, await make(role)] as const));
  return Object.fromEntries(made) as Record<Role, T>;
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
