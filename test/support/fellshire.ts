/**
 * Fellshire, where every demonstration and test takes place: two fictional organisations and their people. Sets their servers'
 * data up in a folder as an administrator would, by command lines, with no server running; a folder that is set up is left
 * as it is, and may be copied.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, runJson } from './programs.ts';

export type Which = 'relay' | 'police' | 'prosecution';
export type Role = 'officer' | 'officer2' | 'records' | 'prosecutor' | 'prosecutor2';

export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly post: string;
  readonly organisation: string;
}

const ORGANISATIONS = { police: 'Fellshire Police', prosecution: 'Fellshire Prosecution Service' } as const;
export type Organisation = keyof typeof ORGANISATIONS;
export const ORGS: readonly Organisation[] = ['police', 'prosecution'];

interface Post {
  readonly org: Organisation;
  readonly title: string;
  readonly unit: string;
  readonly roles: readonly string[];
}

/** The first of an organisation is the one that others release to. */
const POSTS = {
  officer: {
    org: 'police',
    title: 'Officer in the case, Kendal CID',
    unit: 'Kendal CID',
    roles: ['officer', 'file builder', 'disclosure officer'],
  },
  supervisor: { org: 'police', title: 'Supervisor, Kendal CID', unit: 'Kendal CID', roles: ['supervisor'] },
  records: { org: 'police', title: 'Records manager, Kendal', unit: 'Kendal', roles: ['records manager'] },
  lawyer: {
    org: 'prosecution',
    title: 'Charging lawyer, Fellshire',
    unit: 'Fellshire charging team',
    roles: ['prosecutor'],
  },
  manager: {
    org: 'prosecution',
    title: 'Prosecution manager, Fellshire',
    unit: 'Fellshire charging team',
    roles: ['prosecution manager'],
  },
} as const satisfies Readonly<Record<string, Post>>;

/** Two of one post each; the second of each pair may also do what their supervisor's or manager's post may, and a third of the police what a records manager's may. */
export const ACTORS: Readonly<
  Record<Role, { readonly org: Organisation; readonly name: string; readonly posts: readonly [Post, ...Post[]] }>
> = {
  officer: { org: 'police', name: 'DC Priya Nair', posts: [POSTS.officer] },
  officer2: { org: 'police', name: 'DS Tom Okafor', posts: [POSTS.officer, POSTS.supervisor] },
  records: { org: 'police', name: 'Mary Quill', posts: [POSTS.officer, POSTS.records] },
  prosecutor: { org: 'prosecution', name: 'Helen Marsh', posts: [POSTS.lawyer] },
  prosecutor2: { org: 'prosecution', name: 'Idris Bell', posts: [POSTS.lawyer, POSTS.manager] },
};
const ROLES = Object.keys(ACTORS) as Role[];

/** The rule data that comes with Joinder, which both publish. */
export const RULES = path.join(root, 'shared/model/rules/data');

/** Where a server keeps its data. */
export const dataOf = (dir: string, which: Which): string => path.join(dir, which);

export const authorityIn =
  (dir: string): RunAuthority =>
  (which, ...args) =>
    runJson('authority', ...args, '--data', dataOf(dir, which));

/** Names a folder that is set up already, of which every new one becomes a copy: a run of tests sets up once. */
export const READY_FELLSHIRE = 'JOINDER_READY_FELLSHIRE';

export async function setUpFellshire(dir: string): Promise<Record<Role, Actor>> {
  const done = path.join(dir, 'people.json');
  const ready = process.env[READY_FELLSHIRE];
  mkdirSync(dir, { recursive: true });
  if (ready !== undefined && !existsSync(done)) cpSync(ready, dir, { recursive: true });
  if (existsSync(done)) return JSON.parse(readFileSync(done, 'utf8')) as Record<Role, Actor>;
  const authority = authorityIn(dir);
  const cards = await setUpAuthorities(dir, authority);
  const [people] = await Promise.all([
    addPeople(authority),
    admit(dataOf(dir, 'relay'), cards),
    ...ORGS.map((org) => pinOthers(org, cards, authority)),
    ...ORGS.map((org) => authority(org, 'rules', 'publish', '--dir', RULES)),
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
      const said = await (exists
        ? authority(org, 'card')
        : authority(org, 'init', '--name', ORGANISATIONS[org], '--side', org));
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
    const { card, fingerprint } = cards[other];
    await authority(org, 'partner', 'add', '--card', card, '--fingerprint', fingerprint, '--side', other);
  }
}

/** Adds whoever and whatever is not there yet. One organisation after the other's people would do too; two at once are faster. */
async function addPeople(authority: RunAuthority): Promise<Record<Role, Actor>> {
  const ids = new Map<Role, string>();
  await Promise.all(
    ORGS.map(async (org) => {
      const { people, posts } = (await authority(org, 'person', 'list')) as {
        people: readonly { id: string; name: string }[];
        posts: readonly { title: string }[];
      };
      const missing = Object.values(POSTS).filter(
        (post) => post.org === org && !posts.some((p) => p.title === post.title),
      );
      for (const { title, unit, roles } of missing)
        await authority(org, 'post', 'add', '--title', title, '--unit', unit, ...repeat('--role', roles));
      for (const role of ROLES.filter((r) => ACTORS[r].org === org)) {
        const { name, posts: held } = ACTORS[role];
        const known = people.find((person) => person.name === name)?.id;
        const titles = held.map((post) => post.title);
        const add = ['person', 'add', '--name', name, ...repeat('--post', titles)];
        ids.set(role, known ?? String((await authority(org, ...add))['id']));
      }
    }),
  );
  return byRole((role) => {
    const { org, name, posts } = ACTORS[role];
    return Promise.resolve({
      id: ids.get(role) ?? '',
      name,
      post: posts[0].title,
      organisation: ORGANISATIONS[org],
    });
  });
}

const repeat = (flag: string, values: readonly string[]): string[] => values.flatMap((value) => [flag, value]);

async function byRole<T>(make: (role: Role) => Promise<T>): Promise<Record<Role, T>> {
  const made = await Promise.all(ROLES.map(async (role) => [role, await make(role)] as const));
  return Object.fromEntries(made) as Record<Role, T>;
}
