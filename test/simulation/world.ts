/**
 * A relay and the authorities of fictional organisations, real ones, within the test's own process: set up in a moment, so
 * that a simulation is about what computers do. The end-to-end tests start the same servers as processes
 * (test/support/servers.ts). Owns a folder, and everything that runs in it until `end`.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeCard, fingerprint, orgIdOf } from '../../shared/seal/directory/card.ts';
import { authorityDigits } from '../../shared/seal/devices/enrolment.ts';
import type { SeatId } from '../../shared/primitives/ids.ts';
import type { Result } from '../../shared/primitives/result.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { MiB } from '../../shared/primitives/units.ts';
import { addPerson, addPost } from '../../sync-server/authority/acts.ts';
import { givePost } from '../../sync-server/authority/people/byHand.ts';
import { addPartner, setSide } from '../../sync-server/authority/partners.ts';
import type { Authority } from '../../sync-server/authority/authority.ts';
import { openAuthority } from '../../sync-server/authority/authority.ts';
import { issueCode } from '../../sync-server/authority/enrol/codes.ts';
import { makeKeys } from '../../sync-server/authority/keys.ts';
import type { RelayLink } from '../../sync-server/authority/link/relayLink.ts';
import { keepLink } from '../../sync-server/authority/link/relayLink.ts';
import { makeLog } from '../../sync-server/common/log.ts';
import { nodePlatform as platform } from '../../sync-server/common/node.ts';
import { newestCopy } from '../../sync-server/relay/backup/copies.ts';
import { makeCopy } from '../../sync-server/relay/backup/create.ts';
import { putBack } from '../../sync-server/relay/backup/putBack.ts';
import type { RunningRelay } from '../../sync-server/relay/serveSettings.ts';
import { serveRelay } from '../../sync-server/relay/serve.ts';
import { orgStore } from '../../sync-server/relay/store/orgs.ts';
import { openDatabase } from '../../sync-server/relay/store/schema.ts';
import { Computer, until } from './computer.ts';

const POSTS = {
  officer: { title: 'Officer in the case, Kendal CID', roles: ['officer', 'file builder', 'disclosure officer'] },
  supervisor: { title: 'Supervisor, Kendal CID', roles: ['supervisor'] },
  lawyer: { title: 'Charging lawyer, Fellshire', roles: ['prosecutor'] },
  manager: { title: 'Prosecution manager, Fellshire', roles: ['prosecution manager'] },
  clerk: { title: 'Clerk', roles: [] },
} as const;
const PEOPLE = {
  officer: { org: 'police', name: 'DC Priya Nair', posts: [POSTS.officer] },
  officer2: { org: 'police', name: 'DS Tom Okafor', posts: [POSTS.officer, POSTS.supervisor] },
  sergeant: { org: 'police', name: 'PS Ruth Vane', posts: [POSTS.supervisor] },
  prosecutor: { org: 'prosecution', name: 'Helen Marsh', posts: [POSTS.lawyer] },
  prosecutor2: { org: 'prosecution', name: 'Idris Bell', posts: [POSTS.lawyer, POSTS.manager] },
  stranger: { org: 'strangers', name: 'Sam Roe', posts: [POSTS.clerk] },
} as const;
export type Role = keyof typeof PEOPLE;
/** `strangers`: admitted at the relay, and nobody's partner. */
const ORGS = {
  police: 'Fellshire Police',
  prosecution: 'Fellshire Prosecution Service',
  strangers: 'Another Force',
} as const;
type Org = keyof typeof ORGS;
const SIDES: Partial<Readonly<Record<Org, string>>> = { police: 'police', prosecution: 'prosecution' };

interface Organisation {
  readonly authority: Authority;
  link: RelayLink | null;
}

const take = <T>(result: Result<T, string>): T => {
  if (!result.ok) throw new Error(result.cause);
  return result.value;
};

export class World {
  readonly dir: string;
  private readonly organisations = new Map<Org, Organisation>();
  private readonly computers: Computer[] = [];
  private relay: RunningRelay | null = null;
  private port = 0;
  /** By how much the authorities' clocks are ahead. */
  private ahead: Millis = 0;

  private constructor(dir: string) {
    this.dir = dir;
  }

  static async begin(): Promise<World> {
    const world = new World(await mkdtemp(path.join(tmpdir(), 'joinder-world-')));
    for (const org of Object.keys(ORGS) as Org[]) await world.addOrganisation(org);
    await world.pin('police', 'prosecution');
    await world.pin('prosecution', 'police');
    await world.startRelay();
    return world;
  }

  get relayFolder(): string {
    return path.join(this.dir, 'relay');
  }
  get relayUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  /** So much time passes for the authorities, and for these computers. */
  pass(time: Millis, ...computers: readonly Computer[]): void {
    this.ahead += time;
    for (const computer of computers) computer.setClock(time);
  }
  authority(org: Org): Authority {
    return (this.organisations.get(org) as Organisation).authority;
  }

  /** What its authority has just been told to say goes to the relay. */
  publish(org: Org): void {
    this.organisations.get(org)?.link?.poke();
  }

  async startRelay(): Promise<void> {
    const settings = { data: this.relayFolder, host: '127.0.0.1', port: this.port, quota: 1024 * MiB };
    this.relay = take(await serveRelay(platform, makeLog('silent'), settings));
    this.port = Number(new URL(this.relay.url).port);
    const silent = { changed: () => {}, asked: () => {}, failed: () => {} };
    for (const organisation of this.organisations.values())
      organisation.link = keepLink(organisation.authority, `ws://127.0.0.1:${this.port}/v1/authority`, silent);
    await until(() => [...this.organisations.values()].every(isPublished), 'every directory at the relay');
  }
  async stopRelay(): Promise<void> {
    for (const organisation of this.organisations.values()) await organisation.link?.stop();
    await this.relay?.drain();
    this.relay = null;
  }

  /** A copy of what the relay keeps now, as `relay backup create` makes it: while it runs. */
  async copyRelay(): Promise<void> {
    await makeCopy({ dir: this.relayFolder, folder: this.copies, withKey: true, keep: 1, now: platform.now() });
  }
  /** The relay's disk is lost, and the copy put back as `relay backup restore` does it; or by hand, and nothing is said. */
  async putCopyBack(isSaid: boolean): Promise<void> {
    await this.stopRelay();
    await rm(this.relayFolder, { recursive: true });
    const copy = newestCopy(this.copies);
    if (copy === null) throw new Error('there is no copy');
    if (isSaid) take(await putBack(platform, { folder: this.copies, copy, dir: this.relayFolder, key: null }));
    else await cp(copy.dir, this.relayFolder, { recursive: true });
    await this.startRelay();
    for (const computer of this.computers) computer.dialNow();
  }
  private get copies(): string {
    return `${this.relayFolder} copies`;
  }

  /** A fresh enrolment code for this person. */
  async code(role: Role): Promise<string> {
    const { org, name } = PEOPLE[role];
    const state = await this.authority(org).directory.state();
    const person = [...state.people.values()].find((one) => one.name === name);
    if (!person) throw new Error('nobody of that name');
    return take(await issueCode(this.authority(org), person.person, 1)).code;
  }

  /** Gives people another post, and says it to the relay: as an administrator does while everything runs. */
  async givePost(title: string, ...roles: readonly [Role, ...Role[]]): Promise<SeatId> {
    const { authority, link } = this.organisations.get(PEOPLE[roles[0]].org) as Organisation;
    const seat = take(await addPost(authority, title, 'Kendal'));
    for (const role of roles) take(await givePost(authority, PEOPLE[role].name, seat));
    link?.poke();
    return seat;
  }

  /** A computer of this person, enrolled over this relay's address, or another that leads to it. */
  async computer(name: string, role: Role, relay = this.relayUrl): Promise<Computer> {
    const computer = this.add(new Computer(path.join(this.dir, name)));
    await computer.enrol(relay, await this.code(role));
    return computer;
  }
  /** One on either side. */
  officerAndProsecutor(): Promise<[Computer, Computer]> {
    return Promise.all([this.computer('officer', 'officer'), this.computer('prosecutor', 'prosecutor')]);
  }
  /** An officer, a colleague in the same post who supervises as well, and a sergeant who only does that. */
  officerAndSupervisors(): Promise<[Computer, Computer, Computer]> {
    return Promise.all([
      this.computer('officer', 'officer'),
      this.computer('tom', 'officer2'),
      this.computer('ruth', 'sergeant'),
    ]);
  }
  /** A computer of a person in a post that this adds to an organisation. */
  async computerInNewPost(name: string, org: Org, title: string): Promise<{ seat: SeatId; computer: Computer }> {
    const authority = this.authority(org);
    const seat = take(await addPost(authority, title, 'Kendal'));
    const person = take(await addPerson(authority, name, [title]));
    const computer = this.add(new Computer(path.join(this.dir, name)));
    await computer.enrol(this.relayUrl, take(await issueCode(authority, person, 1)).code);
    return { seat, computer };
  }
  /** One that was made elsewhere, to be closed with the others. */
  add(computer: Computer): Computer {
    this.computers.push(computer);
    return computer;
  }

  async end(): Promise<void> {
    for (const computer of this.computers) await computer.close();
    await this.stopRelay();
    for (const { authority } of this.organisations.values()) authority.store.close();
    await rm(this.dir, { recursive: true, force: true });
  }

  private async addOrganisation(org: Org): Promise<void> {
    const folder = path.join(this.dir, org);
    const card = take(await makeKeys(platform, folder, ORGS[org]));
    const clock = { ...platform, now: () => platform.now() + this.ahead };
    const authority = take(await openAuthority(clock, folder));
    this.organisations.set(org, { authority, link: null });
    const people = Object.values(PEOPLE).filter((person) => person.org === org);
    for (const { title, roles } of new Set(people.flatMap(({ posts }) => [...posts])))
      take(await addPost(authority, title, 'Kendal', roles));
    for (const { name, posts } of people)
      take(
        await addPerson(
          authority,
          name,
          posts.map((post) => post.title),
        ),
      );
    const side = SIDES[org];
    if (side !== undefined) take(await setSide(authority, 'own', side));
    const db = openDatabase(this.relayFolder);
    orgStore(db).add({
      org: await orgIdOf(platform, card.signKey),
      digits: await authorityDigits(platform, card),
      card: encodeCard(card),
      since: platform.now(),
    });
    db.close();
  }
  async pin(org: Org, partner: Org): Promise<void> {
    const { card } = this.authority(partner).keys;
    const side = SIDES[partner];
    take(await addPartner(this.authority(org), encodeCard(card), await fingerprint(platform, card), side));
  }
}

function isPublished({ authority, link }: Organisation): boolean {
  const state = link?.state();
  return state?.state === 'connected' && state.published === authority.store.count();
}
