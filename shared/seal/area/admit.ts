/**
 * The verdict on an entry at its own place in an area's order: is it whole, signed by a device that may write this here,
 * the next of that device, and judged by the chain in force? Relay and clients call the same function, so that they
 * reach the same verdict; no clock takes part. Content is not looked at: the relay cannot, the client does so after.
 */
import { equalBytes } from '../../primitives/bytes.ts';
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../../primitives/ids.ts';
import type { Platform } from '../../primitives/platform.ts';
import { importVerifyKey } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import type { AccessState, ChainCause, ChainOp, Role } from './chain.ts';
import { currentEpoch, decodeChainOp, foldChain } from './chain.ts';
import { emergencyAt, refusedEmergency } from './emergency.ts';
import type { DirectoryState } from '../directory/directory.ts';
import { guestOfSeat, isGuestDevice, seatsOf } from '../directory/directory.ts';
import type { Entry } from '../entry/entry.ts';
import { commitToBody, verifyHeader } from '../entry/entry.ts';
import type { Header } from '../entry/header.ts';
import { KINDS, decodeHeader, hashHeader } from '../entry/header.ts';
import { fromLaterVersion } from '../read.ts';

/** Where a device stands in an area: its newest entry there. */
export interface DeviceHead {
  readonly incarnation: number;
  readonly counter: number;
  readonly header: Hash;
}

/** What is known of an area at a place: enough to judge the next entry. Immutable. */
export interface AreaState {
  readonly area: AreaId;
  /** For an intake, whose it is; it has no chain. */
  readonly intake: { readonly org: OrgId; readonly seat: SeatId } | null;
  readonly access: AccessState | null;
  readonly heads: ReadonlyMap<DeviceId, DeviceHead>;
}

export const emptyArea = (area: AreaId, intake: AreaState['intake'] = null): AreaState => ({
  area,
  intake,
  access: null,
  heads: new Map(),
});

export type AdmitCause =
  | 'malformed'
  | 'wrong area'
  | 'unknown version'
  | 'unknown device'
  | 'bad signature'
  | 'no right'
  | 'stale epoch'
  | 'wrong seal'
  | 'gap'
  | 'equivocation'
  | 'update needed'
  | 'over-wide'
  | ChainCause;

/** The directories in force: of the writer's organisation, and (for an intake) of the one that owns it. */
export type DirectoryOf = (org: OrgId) => DirectoryState | null;

export interface Admitted {
  readonly state: AreaState;
  readonly header: Header;
  readonly hash: Hash;
}

const isKnown = (kind: string): boolean => (KINDS as readonly string[]).includes(kind);

/**
 * Judges `entry` as the next in `state`, at the order's time of its place; where it has none yet, at its writer's. The cause says
 * which rule it breaks; nothing is changed by a refusal.
 */
export async function admit(
  platform: Platform,
  state: AreaState,
  directoryOf: DirectoryOf,
  entry: Entry,
  at?: Millis,
): Promise<Result<Admitted, AdmitCause>> {
  const header = decodeHeader(entry.header);
  if (!header.ok) return fail('malformed');
  const hash = await hashHeader(platform, entry.header);
  return admitRead(platform, state, directoryOf, { ...entry, read: header.value, hash }, at);
}

/** An entry whose header was read and hashed before. */
export type ReadEntry = Entry & {
  /** What `decodeHeader` made of its header. */
  readonly read: Header;
  /** What `hashHeader` made of it. */
  readonly hash: Hash;
  /** Whether the signature is of this key, where that was asked before. */
  readonly signed?: { readonly by: Uint8Array; readonly good: Promise<boolean> };
};

/** `admit`, for who had to look into the header before. */
export async function admitRead(
  platform: Platform,
  state: AreaState,
  directoryOf: DirectoryOf,
  entry: ReadEntry,
  at?: Millis,
): Promise<Result<Admitted, AdmitCause>> {
  const { read: header, hash } = entry;
  if (header.area !== state.area) return fail('wrong area');
  if (header.version !== 1 || header.suite !== 1) return fail('unknown version');
  const directory = directoryOf(header.org);
  const device = directory?.known.get(header.device);
  if (!directory || !device) return fail('unknown device');
  if (!(await isSigned(platform, device.signKey, entry))) return fail('bad signature');
  if (header.critical && !isKnown(header.kind)) return fail('update needed');
  const next = nextOfDevice(state, header, hash);
  if (!next.ok) return next;
  const rights = await judge(platform, state, directoryOf, { directory, header, hash, entry, at: at ?? header.time });
  if (!rights.ok) return rights;
  const heads = new Map(state.heads).set(header.device, {
    incarnation: header.incarnation,
    counter: header.counter,
    header: hash,
  });
  return ok({ state: { ...state, access: rights.value, heads }, header, hash });
}

async function isSigned(platform: Platform, key: Uint8Array, entry: ReadEntry): Promise<boolean> {
  if (entry.signed && equalBytes(entry.signed.by, key)) return entry.signed.good;
  return verifyHeader(platform, await importVerifyKey(platform, key), entry);
}

function nextOfDevice(state: AreaState, header: Header, hash: Hash): Result<null, AdmitCause> {
  const head = state.heads.get(header.device);
  if (head === undefined || header.incarnation > head.incarnation) {
    return header.counter === 1 && header.prev === null ? ok(null) : fail('gap');
  }
  if (header.incarnation < head.incarnation) return fail('equivocation');
  if (header.counter === head.counter + 1) return header.prev === head.header ? ok(null) : fail('equivocation');
  return header.counter > head.counter || hash === head.header ? fail('gap') : fail('equivocation');
}

/** The role a device holds in an area: the highest of its posts' grants. Of a guest none but in an area made for guests: a post may have been let in before it was said to be a guest's. */
export function roleIn(access: AccessState, directory: DirectoryState, device: DeviceId): Role | null {
  if (access.kind !== 'guest' && isGuestDevice(directory, device)) return null;
  let best: Role | null = null;
  for (const seat of seatsOf(directory, device)) {
    const grant = access.seats.get(seat);
    if (grant === undefined || grant.org !== directory.org) continue;
    if (grant.role === 'lead' || best === null || (best === 'reader' && grant.role === 'contributor'))
      best = grant.role;
  }
  return best;
}

interface Judged {
  readonly directory: DirectoryState;
  readonly header: Header;
  readonly hash: Hash;
  readonly entry: Entry;
  /** The order's time of its place. */
  readonly at: Millis;
}

async function judge(
  platform: Platform,
  state: AreaState,
  directoryOf: DirectoryOf,
  judged: Judged,
): Promise<Result<AccessState | null, AdmitCause>> {
  const { directory, header, entry, at } = judged;
  const isGuest = isGuestDevice(directory, header.device);
  if (state.intake) return judgeIntake(state.intake, directoryOf, directory, header, entry, isGuest);
  if (header.kind === 'chain') return judgeChain(platform, state, judged);
  if (state.access === null) return fail('not created');
  const inEmergency = emergencyAt(state.access, directory, header.device, at) === null ? null : 'reader';
  const role = roleIn(state.access, directory, header.device) ?? inEmergency;
  if (role === null) return fail('no right');
  if (role === 'reader' && header.kind !== 'receipt' && header.kind !== 'audit') return fail('no right');
  if (entry.seal.by === 'none' || header.body !== null) return fail('wrong seal');
  if (entry.seal.by === 'stream' && entry.seal.epoch !== currentEpoch(state.access)) return fail('stale epoch');
  return ok(state.access);
}

async function judgeChain(
  platform: Platform,
  state: AreaState,
  { directory, header, hash, entry, at }: Judged,
): Promise<Result<AccessState, AdmitCause>> {
  if (header.body === null || entry.seal.by !== 'none') return fail('wrong seal');
  if ((await commitToBody(platform, header.body)) !== header.commit) return fail('malformed');
  const op = decodeChainOp(header.body);
  if (!op.ok) return fail(fromLaterVersion(op.cause) ? 'update needed' : 'malformed');
  // A guest lets nobody in, makes no area and changes no key; and whoever leads lets a guest in nowhere but in an area made for guests.
  if (isGuestDevice(directory, header.device)) return fail('no right');
  if (letsGuestsInElsewhere(state.access, directory, op.value)) return fail('no right');
  const own = seatsOf(directory, header.device);
  const creator = op.value.op === 'create' && op.value.seats.some((g) => g.org === header.org && own.has(g.seat));
  const role = state.access === null ? (creator ? 'lead' : null) : roleIn(state.access, directory, header.device);
  if (op.value.op === 'emergency') {
    if (state.access === null) return fail('not created');
    const times = { until: op.value.until, time: header.time, at };
    const refused = refusedEmergency(state.access, directory, header.device, times);
    if (refused !== null) return fail(refused);
  } else if (role === null && !(op.value.op === 'emergency over' && state.access?.emergencies.has(header.device))) {
    return fail('no right');
  }
  const { org, device, chain } = header;
  return foldChain(state.access, op.value, { org, device, role, head: hash, replaces: chain });
}

/** An area made for guests is its owner's alone, and a guest there never leads; in no other area is one granted anything. */
function letsGuestsInElsewhere(access: AccessState | null, directory: DirectoryState, op: ChainOp): boolean {
  if (op.op !== 'create' && op.op !== 'grant') return false;
  const kind = op.op === 'create' ? op.kind : access?.kind;
  return op.seats.some((grant) => {
    const isGuests = grant.org === directory.org && guestOfSeat(directory, grant.seat) !== undefined;
    if (kind !== 'guest') return isGuests;
    return grant.org !== directory.org || (isGuests && grant.role === 'lead');
  });
}

const INTAKE_KINDS = ['package', 'receipt', 'event', 'audit'];

function judgeIntake(
  intake: NonNullable<AreaState['intake']>,
  directoryOf: DirectoryOf,
  directory: DirectoryState,
  header: Header,
  entry: Entry,
  isGuest: boolean,
): Result<null, AdmitCause> {
  // A guest writes their audit, and nothing else, into an intake; and none of another organisation.
  if (isGuest && (header.kind !== 'audit' || header.org !== intake.org)) return fail('no right');
  if (isKnown(header.kind) && !INTAKE_KINDS.includes(header.kind)) return fail('no right');
  if (!directory.devices.has(header.device)) return fail('no right');
  if (header.body !== null || (entry.seal.by !== 'boxes' && entry.seal.by !== 'erased')) return fail('wrong seal');
  const own = header.org === intake.org;
  const partner = directoryOf(intake.org)?.partners.has(header.org) ?? false;
  return own || partner ? ok(null) : fail('no right');
}
