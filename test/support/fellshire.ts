/**
 * Fellshire, where every demonstration and test takes place: two fictional organisations and their people. Sets their servers'
 * data up in a folder as an administrator would, by command lines, with no server running; a folder that is set up is left
 * as it is, and may be copied.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runJson } from './programs.ts';

export type Which = 'relay' | 'police' | 'prosecution';
export type Role = 'officer' | 'officer2' | 'prosecutor' | 'prosecutor2';

export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly post: string;
  readonly organisation: string;
}

const ORGANISATIONS = { police: 'Fellshire Police', prosecution: 'Fellshire Prosecution Service' } as const;
export type Organisation = keyof typeof ORGANISATIONS;
export const ORGS: readonly Organisation[] = ['police', 'prosecution'];

export const ACTORS: Readonly<Record<Role, { org: Organisation; name: string; post: string; unit: string }>> = {
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

/** Where a server keeps its data. */
export const dataOf = (dir: string, which: Which): string => path.join(dir, which);

export const authorityIn =
  (dir: string): RunAuthority =>
  (which, ...args) =>
    runJson('authority', ...args, '--data', dataOf(dir, which));

export async function setUpFellshire(dir: string): Promise<Record<Role, Actor>> {
  const done = path.join(dir, 'people.json');
  if (existsSync(done)) return JSON.parse(readFileSync(done, 'utf8')) as Record<Role, Actor>;
  mkdirSync(dir, { recursive: true });
  const authority = authorityIn(dir);
  const cards = await setUpAuthorities(dir, authority);
  const [people] = await Promise.all([
    addPeople(authority),
    admit(dataOf(dir, 'relay'), cards),
    ...ORGS.map((org) => pinOthers(org, cards, authority)),
  ]);
  // Last: a set-up that was broken off is gone through again.
  writeFileSync(done, JSON.stringify(people));
  return people;
}

interface PublicCard {
  readonly card: string;
  readonly fingerprint: string;
}
type Cards = Readonly<Record<Organisation, PublicCard>>;
export type RunAuthority = (which: Organisation, ...args: string[]) => Promise<Record<string, unknown>>;

async function setUpAuthorities(dir: string, authority: RunAuthority): Promise<Cards> {
  const made = await Promise.all(
    ORGS.map(async (org) => {
      const exists = existsSync(path.join(dataOf(dir, org), 'authority.keys'));
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
