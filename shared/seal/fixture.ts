/**
 * A small world for tests: authorities, devices, posts and areas with real keys, and a writer that signs well-formed
 * entries, or ill-formed ones on purpose. Never imported by the application.
 */
import type { BoxKeys } from '../primitives/hpke.ts';
import { generateBoxKeys } from '../primitives/hpke.ts';
import type { AreaId, DeviceId, Hash, OrgId, PersonId, SeatId, StreamId } from '../primitives/ids.ts';
import { newId } from '../primitives/naming.ts';
import type { KeyPair, Platform, Subtle } from '../primitives/platform.ts';
import { exportPublicKey, generateSigningKeys, webPlatform } from '../primitives/platform.ts';
import type { AdmitCause, AreaState, DirectoryOf } from './area/admit.ts';
import { admit, emptyArea } from './area/admit.ts';
import { commitToKey, newAreaKey } from './area/areaKey.ts';
import type { Card } from './directory/card.ts';
import { deviceIdOf, orgIdOf } from './directory/card.ts';
import type { ChainOp, Grant, KeyChange } from './area/chain.ts';
import { encodeChainOp } from './area/chain.ts';
import type { DirectoryState, SignedStatement, Statement } from './directory/directory.ts';
import { emptyDirectory, extendDirectory, signStatement } from './directory/directory.ts';
import type { Entry, Seal } from './entry/entry.ts';
import { commitTo, commitToBody, salted, sealContent, signHeader, wrapStreamKey } from './entry/entry.ts';
import type { Header } from './entry/header.ts';
import { decodeHeader, encodeHeader, hashHeader } from './entry/header.ts';

declare const crypto: { readonly subtle: Subtle; getRandomValues(array: Uint8Array): Uint8Array };

/** A clock that stands at one moment: nothing here depends on time. */
export const NOON = Date.UTC(2026, 10, 22, 12);
export const platform: Platform = webPlatform(crypto, () => NOON);

/** An authority and its directory as it stands; `say` signs and folds one more statement. */
export interface Org {
  readonly org: OrgId;
  readonly card: Card;
  readonly keys: KeyPair;
  readonly boxKeys: BoxKeys;
  readonly statements: SignedStatement[];
  directory: DirectoryState;
}

export async function makeOrg(name: string): Promise<Org> {
  const keys = await generateSigningKeys(platform);
  const boxKeys = await generateBoxKeys();
  const card: Card = { name, signKey: await exportPublicKey(platform, keys.publicKey), boxKey: boxKeys.publicKey };
  const org = await orgIdOf(platform, card.signKey);
  return { org, card, keys, boxKeys, statements: [], directory: emptyDirectory(org) };
}

export async function say(org: Org, statement: Statement): Promise<void> {
  const made = await signStatement(platform, org.keys.privateKey, org.directory, NOON, statement);
  const next = await extendDirectory(platform, org.keys.publicKey, org.directory, made);
  if (!next.ok) throw new Error(`statement refused: ${next.cause}`);
  org.directory = next.value;
  org.statements.push(made);
}

/** A person at a device, with one post each; `counter` and `prev` are where their next entry goes on. */
export interface Writer {
  readonly org: Org;
  readonly person: PersonId;
  readonly device: DeviceId;
  readonly seat: SeatId;
  readonly keys: KeyPair;
  readonly boxKeys: BoxKeys;
  incarnation: number;
  counter: number;
  prev: Hash | null;
}

/** Enrols a person with a device; the post is made unless `seat` names one. */
export async function enrol(org: Org, name: string, seat = newId<SeatId>(platform)): Promise<Writer> {
  const keys = await generateSigningKeys(platform);
  const boxKeys = await generateBoxKeys();
  const signKey = await exportPublicKey(platform, keys.publicKey);
  const device = await deviceIdOf(platform, signKey);
  const person = newId<PersonId>(platform);
  if (!org.directory.posts.has(seat)) await say(org, { is: 'post', seat, title: `Post of ${name}`, unit: 'Unit' });
  await say(org, { is: 'person', person, name });
  await say(org, { is: 'holds', person, seat });
  await say(org, { is: 'device', device, person, name: `${name}'s laptop`, signKey, boxKey: boxKeys.publicKey });
  return { org, person, device, seat, keys, boxKeys, incarnation: 1, counter: 0, prev: null };
}

/** Each knows the other's authority. */
export async function pair(a: Org, b: Org): Promise<void> {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    await say(one, {
      is: 'partner',
      org: other.org,
      name: other.card.name,
      signKey: other.card.signKey,
      boxKey: other.card.boxKey,
    });
  }
}

export const directoriesOf =
  (...orgs: readonly Org[]): DirectoryOf =>
  (id) =>
    orgs.find((org) => org.org === id)?.directory ?? null;

/** An area under test: its state, and the keys in use. */
export interface Area {
  readonly area: AreaId;
  readonly stream: StreamId;
  readonly streamKey: Uint8Array;
  areaKey: Uint8Array;
  epoch: number;
  state: AreaState;
  readonly orgs: readonly Org[];
}

export function makeArea(...orgs: readonly Org[]): Area {
  const area = newId<AreaId>(platform);
  return {
    area,
    stream: newId(platform),
    streamKey: platform.random(32),
    areaKey: newAreaKey(platform),
    epoch: 1,
    state: emptyArea(area),
    orgs,
  };
}

export const HASH_0 = '0'.repeat(64) as Hash;
export const grantTo = (writer: Writer, role: Grant['role']): Grant => ({
  seat: writer.seat,
  org: writer.org.org,
  role,
});

export const keyChange = async (area: Area, epoch: number, key = area.areaKey): Promise<KeyChange> => ({
  epoch,
  key: await commitToKey(platform, area.area, epoch, key),
  boxes: HASH_0,
  link: null,
});

export const createOp = async (area: Area, owner: OrgId, seats: readonly Grant[]): Promise<ChainOp> => ({
  op: 'create',
  kind: 'case file',
  owner,
  seats,
  key: await keyChange(area, 1),
  policy: null,
  agreement: null,
  from: null,
});

/** What a test may set otherwise than a good writer would. */
export type Twist = Partial<Header> & { readonly seal?: Seal };

const baseHeader = (writer: Writer, area: Area, twist: Twist): Omit<Header, 'commit' | 'body' | 'kind'> => ({
  version: 1,
  suite: 1,
  critical: false,
  area: area.area,
  stream: area.stream,
  org: writer.org.org,
  device: writer.device,
  incarnation: writer.incarnation,
  counter: twist.counter ?? writer.counter + 1,
  prev: writer.prev,
  seen: { generation: 1, n: 0, h: null, heads: [] },
  chain: area.state.access?.head ?? null,
  directory: writer.org.directory.head,
  time: NOON,
  more: {},
});

async function signed(writer: Writer, header: Header): Promise<{ entry: Omit<Entry, 'seal'>; hash: Hash }> {
  const encoded = encodeHeader(header);
  return {
    entry: { header: encoded, signature: await signHeader(platform, writer.keys.privateKey, encoded) },
    hash: await hashHeader(platform, encoded),
  };
}

/** An entry with sealed content, sealed under the area's epoch unless `twist` says otherwise. */
export async function write(
  writer: Writer,
  area: Area,
  kind: string,
  plain: Uint8Array,
  twist: Twist = {},
): Promise<Entry> {
  const { seal, ...fields } = twist;
  const content = salted(platform, plain);
  const header: Header = {
    ...baseHeader(writer, area, twist),
    kind,
    commit: await commitTo(platform, content),
    body: null,
    ...fields,
  };
  const { entry, hash } = await signed(writer, header);
  return { ...entry, seal: seal ?? (await streamSeal(area, hash, content)) };
}

export async function streamSeal(area: Area, hash: Hash, content: Uint8Array): Promise<Seal> {
  const where = { area: area.area, stream: area.stream, epoch: area.epoch };
  const slot = await wrapStreamKey(platform, where, area.areaKey, area.streamKey);
  return { by: 'stream', epoch: area.epoch, slot, sealed: await sealContent(platform, area.streamKey, hash, content) };
}

export async function writeChain(
  writer: Writer,
  area: Area,
  op: ChainOp | Uint8Array,
  twist: Twist = {},
): Promise<Entry> {
  const { seal, ...fields } = twist;
  const body = op instanceof Uint8Array ? op : encodeChainOp(op);
  const header: Header = {
    ...baseHeader(writer, area, twist),
    kind: 'chain',
    critical: true,
    commit: await commitToBody(platform, body),
    body,
    ...fields,
  };
  return { ...(await signed(writer, header)).entry, seal: seal ?? { by: 'none' } };
}

/** Judges, and moves the area and its writer on where the verdict is yes. */
export async function tryAdmit(area: Area, writer: Writer, entry: Entry): Promise<'ok' | AdmitCause> {
  const verdict = await admit(platform, area.state, directoriesOf(...area.orgs), entry);
  if (!verdict.ok) return verdict.cause;
  area.state = verdict.value.state;
  writer.incarnation = verdict.value.header.incarnation;
  writer.counter = verdict.value.header.counter;
  writer.prev = verdict.value.hash;
  return 'ok';
}

export function headerOf(entry: Entry): Header {
  const header = decodeHeader(entry.header);
  if (!header.ok) throw new Error(header.cause);
  return header.value;
}

/** The same bytes with one bit turned. */
export function flip(bytes: Uint8Array, bit = 0): Uint8Array {
  const copy = new Uint8Array(bytes);
  const at = Math.floor(bit / 8) % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8));
  return copy;
}
