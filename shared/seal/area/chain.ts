/**
 * The access chain of an area: its signed record of seats granted and removed, and of key changes, as operations that
 * stand clear in `chain` entries. State is a pure fold. Areas grant seats, never devices; seats to devices is the
 * directory's matter. A key change commits to the new key and to the set of its boxes.
 */
import { fromHex } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../../primitives/ids.ts';
import type { Result } from '../../primitives/result.ts';
import { fail, ok } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import * as read from '../read.ts';

export const ROLES = ['reader', 'contributor', 'lead'] as const;
/** Reader: receipts and audit only. Contributor: also content, and a new key. Lead: the whole chain. */
export type Role = (typeof ROLES)[number];
export const AREA_KINDS = ['working papers', 'case file', 'guest', 'sensitive', 'disposal record'] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

export interface Grant {
  readonly seat: SeatId;
  readonly org: OrgId;
  readonly role: Role;
}

/** A key in force: its epoch, its commitment, the set of boxes made with it, and the key before it sealed under it. */
export interface KeyChange {
  readonly epoch: number;
  readonly key: Hash;
  readonly boxes: Hash;
  readonly link: Uint8Array | null;
}

/** Break-glass: one device of one person reads the area until then, in an emergency. The reason is sealed elsewhere; its hash stands here. */
export interface Emergency {
  readonly device: DeviceId;
  readonly org: OrgId;
  readonly until: Millis;
  /** `hashReason` (`emergency.ts`): it names this one emergency, since a salt is in it. */
  readonly reason: Hash;
}

export type ChainOp =
  | {
      readonly op: 'create';
      readonly kind: AreaKind;
      readonly owner: OrgId;
      readonly seats: readonly Grant[];
      readonly key: KeyChange;
      readonly policy: Hash | null;
      readonly agreement: Hash | null;
      readonly from: AreaId | null;
    }
  | { readonly op: 'grant'; readonly seats: readonly Grant[] }
  | { readonly op: 'remove'; readonly seats: readonly SeatId[] }
  | { readonly op: 'key'; readonly key: KeyChange }
  | { readonly op: 'succeed'; readonly by: AreaId }
  /** Signed by the device that it is for. */
  | { readonly op: 'emergency'; readonly until: Millis; readonly reason: Hash }
  | { readonly op: 'emergency over'; readonly devices: readonly DeviceId[] };

export interface AccessState {
  readonly kind: AreaKind;
  readonly owner: OrgId;
  /** Header hash of the newest chain entry. */
  readonly head: Hash;
  readonly seats: ReadonlyMap<SeatId, Grant>;
  /** Those that nobody has ended, by device; whether the time of one is over, the order's time says. */
  readonly emergencies: ReadonlyMap<DeviceId, Emergency>;
  readonly keys: readonly KeyChange[];
  readonly policy: Hash | null;
  readonly agreement: Hash | null;
  readonly from: AreaId | null;
  readonly succeededBy: AreaId | null;
}

export const currentEpoch = (state: AccessState): number => state.keys[state.keys.length - 1]?.epoch ?? 0;

const grantParts = (g: Grant): unknown => [fromHex(g.seat), fromHex(g.org), g.role];
const keyParts = (k: KeyChange): unknown => [k.epoch, fromHex(k.key), fromHex(k.boxes), k.link];
const maybe = (hex: string | null): Uint8Array | null => (hex === null ? null : fromHex(hex));

export function encodeChainOp(op: ChainOp): Uint8Array {
  switch (op.op) {
    case 'create':
      return encodeCbor([
        'create',
        op.kind,
        fromHex(op.owner),
        op.seats.map(grantParts),
        keyParts(op.key),
        maybe(op.policy),
        maybe(op.agreement),
        maybe(op.from),
      ]);
    case 'grant':
      return encodeCbor(['grant', op.seats.map(grantParts)]);
    case 'remove':
      return encodeCbor(['remove', op.seats.map(fromHex)]);
    case 'key':
      return encodeCbor(['key', keyParts(op.key)]);
    case 'succeed':
      return encodeCbor(['succeed', fromHex(op.by)]);
    case 'emergency':
      return encodeCbor(['emergency', op.until, fromHex(op.reason)]);
    case 'emergency over':
      return encodeCbor(['emergency over', op.devices.map(fromHex)]);
  }
}

function readGrant(value: unknown): Grant {
  const [seat, org, role] = read.tuple(value, 'grant', 3);
  return {
    seat: read.id<SeatId>(seat, 'grant.seat'),
    org: read.id<OrgId>(org, 'grant.org'),
    role: read.oneOf(role, 'grant.role', ROLES),
  };
}
function readKey(value: unknown): KeyChange {
  const [epoch, key, boxes, link] = read.tuple(value, 'key', 4);
  return {
    epoch: read.count(epoch, 'key.epoch'),
    key: read.hash(key, 'key.key'),
    boxes: read.hash(boxes, 'key.boxes'),
    link: link === null ? null : read.bytes(link, 'key.link', 60),
  };
}
const areaOrNull = (value: unknown): AreaId | null => (value === null ? null : read.id<AreaId>(value, 'area'));

/** Items of each operation, its name included. */
const ITEMS = { create: 8, grant: 2, remove: 2, key: 2, succeed: 2, emergency: 3, 'emergency over': 2 } as const;

/** Reads an operation; `read.fromLaterVersion` tells whether a cause is a word that this version does not know. */
export function decodeChainOp(body: Uint8Array): Result<ChainOp, string> {
  return read.reading((): ChainOp => {
    const list = read.list(decodeCbor(body), 'chain operation', 1);
    const op = read.oneOf(list[0], 'chain operation', Object.keys(ITEMS) as (keyof typeof ITEMS)[]);
    const [, a, b, c, d, e, f, g] = read.tuple(list, op, ITEMS[op]);
    switch (op) {
      case 'create':
        return {
          op,
          kind: read.oneOf(a, 'kind', AREA_KINDS),
          owner: read.id<OrgId>(b, 'owner'),
          seats: read.list(c, 'seats', 1).map(readGrant),
          key: readKey(d),
          policy: read.hashOrNull(e, 'policy'),
          agreement: read.hashOrNull(f, 'agreement'),
          from: areaOrNull(g),
        };
      case 'grant':
        return { op, seats: read.list(a, 'seats', 1).map(readGrant) };
      case 'remove':
        return { op, seats: read.list(a, 'seats', 1).map((seat) => read.id<SeatId>(seat, 'seat')) };
      case 'key':
        return { op, key: readKey(a) };
      case 'succeed':
        return { op, by: read.id<AreaId>(a, 'by') };
      case 'emergency':
        return { op, until: read.count(a, 'until'), reason: read.hash(b, 'reason') };
      case 'emergency over':
        return { op, devices: read.list(a, 'devices', 1).map((device) => read.id<DeviceId>(device, 'device')) };
    }
  });
}

/** Who writes an operation: by which role of theirs, in an entry whose header's hash is `head` and which replaces `replaces`. */
export interface ChainWriter {
  readonly org: OrgId;
  readonly device: DeviceId;
  readonly role: Role | null;
  readonly head: Hash;
  readonly replaces: Hash | null;
}

/** Who wrote an operation that was admitted before: their rights were judged then. */
export const admittedBy = (
  { org, device, chain }: { readonly org: OrgId; readonly device: DeviceId; readonly chain: Hash | null },
  head: Hash,
): ChainWriter => ({ org, device, role: 'lead', head, replaces: chain });

export type ChainCause =
  | 'stale head'
  | 'not a lead'
  | 'not the owner'
  | 'wrong epoch'
  | 'no lead left'
  | 'already succeeded'
  | 'already created'
  | 'not created';

function checkGrants(state: AccessState, writer: OrgId, grants: readonly Grant[]): ChainCause | null {
  for (const grant of grants) {
    const held = state.seats.get(grant.seat);
    if (held !== undefined && held.org !== grant.org) return 'not the owner'; // a seat never passes to another organisation
    const known = [...state.seats.values()].some((seat) => seat.org === grant.org);
    if (!known && writer !== state.owner) return 'not the owner';
    if (known && grant.org !== writer) return 'not the owner'; // a lead grants seats of their own organisation
  }
  return null;
}

/** Whether a role is enough for an operation; who may begin an emergency, `admit` asks the directory. */
function mayChange({ op, ...rest }: ChainOp, by: ChainWriter): boolean {
  if (by.role === 'lead' || op === 'emergency') return true;
  if (op === 'key') return by.role === 'contributor'; // whoever writes next renews the key
  if (op !== 'emergency over' || !('devices' in rest)) return false;
  return by.role === 'contributor' || rest.devices.every((device) => device === by.device);
}

/** The state after `op`. */
export function foldChain(state: AccessState | null, op: ChainOp, by: ChainWriter): Result<AccessState, ChainCause> {
  if (op.op === 'create') return createArea(state, op, by);
  if (state === null) return fail('not created');
  // Who asks in an emergency does not see the chain, and takes nothing from anybody.
  if (by.replaces !== state.head && op.op !== 'emergency') return fail('stale head');
  if (!mayChange(op, by)) return fail('not a lead');
  const next = { ...state, head: by.head };
  switch (op.op) {
    case 'grant': {
      const cause = checkGrants(state, by.org, op.seats);
      if (cause !== null) return fail(cause);
      return withSeats(next, new Map([...state.seats, ...op.seats.map((g) => [g.seat, g] as const)]));
    }
    case 'remove':
      return removeSeats(state, next, op.seats, by.org);
    case 'key':
      if (op.key.epoch !== currentEpoch(state) + 1) return fail('wrong epoch');
      return ok({ ...next, keys: [...state.keys, op.key] });
    case 'succeed':
      if (by.org !== state.owner) return fail('not the owner');
      if (state.succeededBy !== null) return fail('already succeeded');
      return ok({ ...next, succeededBy: op.by });
    case 'emergency': {
      const one: Emergency = { device: by.device, org: by.org, until: op.until, reason: op.reason };
      return ok({ ...next, emergencies: new Map([...state.emergencies, [by.device, one]]) });
    }
    case 'emergency over': {
      if (op.devices.some((device) => (state.emergencies.get(device)?.org ?? by.org) !== by.org))
        return fail('not the owner');
      const gone = new Set(op.devices);
      return ok({ ...next, emergencies: new Map([...state.emergencies].filter(([device]) => !gone.has(device))) });
    }
  }
}

function createArea(
  state: AccessState | null,
  op: Extract<ChainOp, { op: 'create' }>,
  by: { readonly org: OrgId; readonly head: Hash; readonly replaces: Hash | null },
): Result<AccessState, ChainCause> {
  if (state !== null) return fail('already created');
  if (by.replaces !== null) return fail('stale head');
  if (op.owner !== by.org) return fail('not the owner');
  if (op.key.epoch !== 1) return fail('wrong epoch');
  const { kind, owner, policy, agreement, from } = op;
  const seats = new Map(op.seats.map((g) => [g.seat, g] as const));
  return withSeats(
    {
      kind,
      owner,
      head: by.head,
      seats,
      emergencies: new Map(),
      keys: [op.key],
      policy,
      agreement,
      from,
      succeededBy: null,
    },
    seats,
  );
}

function removeSeats(
  state: AccessState,
  next: AccessState,
  gone: readonly SeatId[],
  writer: OrgId,
): Result<AccessState, ChainCause> {
  const seats = new Map(state.seats);
  for (const seat of gone) {
    if (writer !== state.owner && seats.get(seat)?.org !== writer) return fail('not the owner');
    seats.delete(seat);
  }
  return withSeats(next, seats);
}

/** Every state keeps a lead of the owner: otherwise nobody could ever let anyone in or out again. */
function withSeats(next: AccessState, seats: ReadonlyMap<SeatId, Grant>): Result<AccessState, ChainCause> {
  const led = [...seats.values()].some((g) => g.role === 'lead' && g.org === next.owner);
  return led ? ok({ ...next, seats }) : fail('no lead left');
}
