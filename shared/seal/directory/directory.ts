/**
 * An organisation's directory: a hash-linked list of statements signed by its authority - posts, people, who holds which
 * post, what a post may do, devices, seats' public keys, partners, revocations, rule data. Verified statement by statement;
 * judged by the directory that stood at an entry's own place. Staff are named here; suspects, victims, witnesses never.
 */
import { fromHex, toHex } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { DeviceId, Hash, OrgId, SeatId } from '../../primitives/ids.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { hashOf, importVerifyKey, sha256, sign, verify } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import { deviceIdOf, orgIdOf } from './card.ts';
import type { DirectoryState, PublishedRules } from './directoryState.ts';
import { draftOf, emptyDirectory, fold } from './directoryState.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';
import type { Guest, Statement } from './statements.ts';
import { readStatement, statementParts } from './statements.ts';

export { emptyDirectory };
export type { DirectoryState, PublishedRules };
export type { Device, Guest, SeatKey, Statement } from './statements.ts';

export interface SignedStatement {
  /** CBOR [org, n, previous, time, statement]. */
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

export const hashStatement = (platform: Platform, body: Uint8Array): Promise<Hash> =>
  hashOf(platform, LABEL.directory, body);

/** Signs the next statement of a directory; called by an authority alone. */
export async function signStatement(
  platform: Platform,
  key: Key,
  state: DirectoryState,
  time: Millis,
  statement: Statement,
): Promise<SignedStatement> {
  const previous = state.head === null ? null : fromHex(state.head);
  const body = encodeCbor([fromHex(state.org), state.n + 1, previous, time, statementParts(statement)]);
  return { body, signature: await sign(platform, key, LABEL.directorySignature, body) };
}

export type DirectoryCause = 'bad signature' | 'malformed' | 'update needed' | 'wrong organisation' | 'gap' | 'fork';

/** Whether every key is a point of the curve, and every id of a device or partner the hash of its key (nobody else can bear it), and rule data is what its hash says. */
async function holdsTogether(platform: Platform, s: Statement): Promise<boolean> {
  switch (s.is) {
    case 'device':
      return (await deviceIdOf(platform, s.signKey)) === s.device && (await arePoints(platform, s.signKey, s.boxKey));
    case 'partner':
      return (await orgIdOf(platform, s.signKey)) === s.org && (await arePoints(platform, s.signKey, s.boxKey));
    case 'seat':
      return arePoints(platform, s.publicKey);
    case 'post':
    case 'person':
    case 'holds':
    case 'leaves':
    case 'revoked':
    case 'no partner':
    case 'roles':
    case 'side':
    case 'attributes':
    case 'manager':
    case 'guest':
      return true;
    case 'rules':
      return toHex(await sha256(platform, s.bytes)) === s.sha256;
  }
}

async function arePoints(platform: Platform, ...keys: readonly Uint8Array[]): Promise<boolean> {
  try {
    await Promise.all(keys.map((key) => importVerifyKey(platform, key)));
    return true;
  } catch {
    return false; // WebCrypto tells a point off the curve only by throwing
  }
}

interface Step {
  readonly n: number;
  readonly head: Hash;
  readonly time: Millis;
  readonly statement: Statement;
}

/** What one statement says, wherever it stands: its signature is verified, its place is not. */
export async function readSigned(
  platform: Platform,
  key: Key,
  signed: SignedStatement,
): Promise<
  Result<{ org: OrgId; n: number; previous: Hash | null; time: Millis; statement: Statement }, DirectoryCause>
> {
  if (!(await verify(platform, key, signed.signature, LABEL.directorySignature, signed.body)))
    return { ok: false, cause: 'bad signature' };
  const parsed = read.reading(() => {
    const [org, n, previous, time, statement] = read.tuple(decodeCbor(signed.body), 'directory', 5);
    return {
      org: read.id<OrgId>(org, 'org'),
      n: read.count(n, 'n'),
      previous: read.hashOrNull(previous, 'previous'),
      time: read.count(time, 'time'),
      statement: readStatement(statement),
    };
  });
  if (!parsed.ok) return { ok: false, cause: read.fromLaterVersion(parsed.cause) ? 'update needed' : 'malformed' };
  return parsed;
}

/** What a statement says that is held already, and so was verified, and when; null where a later version wrote it. */
export function statedIn(body: Uint8Array): { readonly time: Millis; readonly statement: Statement } | null {
  const parsed = read.reading(() => {
    const [, , , time, statement] = read.tuple(decodeCbor(body), 'directory', 5);
    return { time: read.count(time, 'time'), statement: readStatement(statement) };
  });
  return parsed.ok ? parsed.value : null;
}
export const saidIn = (body: Uint8Array): Statement | null => statedIn(body)?.statement ?? null;

/**
 * Verifies the statement that follows this place. `gap`: statements between are missing; `fork`: another history;
 * `update needed`: a statement of a later version, past which this one must not judge.
 */
async function verifyStep(
  platform: Platform,
  key: Key,
  at: Pick<DirectoryState, 'org' | 'n' | 'head'>,
  signed: SignedStatement,
): Promise<Result<Step, DirectoryCause>> {
  const said = await readSigned(platform, key, signed);
  if (!said.ok) return said;
  const { org, n, previous, time, statement } = said.value;
  if (org !== at.org) return { ok: false, cause: 'wrong organisation' };
  if (n !== at.n + 1) return { ok: false, cause: n <= at.n ? 'fork' : 'gap' };
  if (previous !== at.head) return { ok: false, cause: 'fork' };
  if (!(await holdsTogether(platform, statement))) return { ok: false, cause: 'malformed' };
  return { ok: true, value: { n, head: await hashStatement(platform, signed.body), time, statement } };
}

/** Verifies the next statement and folds it in. */
export const extendDirectory = (
  platform: Platform,
  key: Key,
  state: DirectoryState,
  signed: SignedStatement,
): Promise<Result<DirectoryState, DirectoryCause>> => extendDirectoryBy(platform, key, state, [signed]);

/** The same for many in a row, without a copy of the whole directory for each. All of them, or the first cause. */
export async function extendDirectoryBy(
  platform: Platform,
  key: Key,
  state: DirectoryState,
  signed: readonly SignedStatement[],
): Promise<Result<DirectoryState, DirectoryCause>> {
  const draft = draftOf(state);
  let { n, head, time } = state;
  for (const one of signed) {
    const step = await verifyStep(platform, key, { org: state.org, n, head }, one);
    if (!step.ok) return step;
    ({ n, head, time } = step.value);
    fold(draft, step.value.statement, time);
  }
  return { ok: true, value: { ...draft.maps(), org: state.org, n, head, time } };
}

/** The posts a device may act for: those its person holds, while it is not revoked; of a guest their own alone, whatever else is said. */
export function seatsOf(state: DirectoryState, device: DeviceId): ReadonlySet<SeatId> {
  const person = state.devices.get(device)?.person;
  const held: ReadonlySet<SeatId> = (person !== undefined && state.holds.get(person)) || new Set();
  const guest = person === undefined ? undefined : state.guests.get(person);
  return guest === undefined ? held : new Set([...held].filter((seat) => seat === guest.seat));
}

/** Whether a device is, or was, a guest's: what they may write is less, whatever was granted. */
export function isGuestDevice(state: DirectoryState, device: DeviceId): boolean {
  const person = state.known.get(device)?.person;
  return person !== undefined && state.guests.has(person);
}

/** The guest whose post it is; undefined: it is a post of the organisation's own people. */
export const guestOfSeat = (state: DirectoryState, seat: SeatId): Guest | undefined => state.guestSeats.get(seat);

/**
 * Whoever holds posts of which the authority has never said a role: enough to add, release and answer, so that an
 * organisation can begin before it has said who decides what. A post whose roles were taken away has none, not this.
 */
const MEMBER = 'member';
/** What a guest is in the work: nothing that a permission names. */
export const GUEST = 'guest';

/** The roles of the posts that a device's person holds, as the directory says them. */
export function rolesOf(state: DirectoryState, device: DeviceId): readonly string[] {
  if (isGuestDevice(state, device)) return [GUEST];
  const seats = [...seatsOf(state, device)];
  if (seats.length > 0 && seats.every((seat) => !state.roles.has(seat))) return [MEMBER];
  return [...new Set(seats.flatMap((seat) => state.roles.get(seat) ?? []))];
}
