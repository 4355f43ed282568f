/**
 * What a directory can state, one thing a statement, and how it is written down (CBOR lists, each of an exact length).
 * Nothing is signed or folded here.
 */
import { fromHex } from '../../primitives/bytes.ts';
import type { DeviceId, Hash, OrgId, PersonId, SeatId } from '../../primitives/ids.ts';
import { KiB } from '../../primitives/units.ts';
import * as read from '../read.ts';

/** Largest bundle of rule data that a statement carries. */
export const MAX_RULES = 512 * KiB;
const MAX_ROLES = 32;
/** Letters of a role or side. */
const MAX_WORD = 64;

export interface Post {
  readonly seat: SeatId;
  readonly title: string;
  readonly unit: string;
}
export interface Person {
  readonly person: PersonId;
  readonly name: string;
}
export interface Device {
  readonly device: DeviceId;
  readonly person: PersonId;
  readonly name: string;
  readonly signKey: Uint8Array;
  readonly boxKey: Uint8Array;
}
export interface SeatKey {
  readonly seat: SeatId;
  readonly generation: number;
  readonly publicKey: Uint8Array;
  readonly madeBy: DeviceId;
}
export interface Partner {
  readonly org: OrgId;
  readonly name: string;
  readonly signKey: Uint8Array;
  readonly boxKey: Uint8Array;
}
/** An organisation's rule data, as its authority published it: the newest is in force from its date on. */
export interface Rules {
  readonly name: string;
  readonly version: string;
  /** First day on which it judges, YYYY-MM-DD. */
  readonly from: string;
  /** Of `bytes`, which are at most `MAX_RULES`. */
  readonly sha256: Hash;
  readonly bytes: Uint8Array;
}

/**
 * A person of an organisation outside, let in for a time, and the one post that they can ever act from. Said anew when the end
 * or the sponsor changes; who was a guest once stays one.
 */
export interface Guest {
  readonly person: PersonId;
  readonly seat: SeatId;
  /** The organisation that they come from, as who invited them wrote it. */
  readonly from: string;
  /** Who answers for them, as the holder of which post. */
  readonly sponsor: PersonId;
  readonly sponsorSeat: SeatId;
  /** Their last day, YYYY-MM-DD. No clock judges it here: their authority ends them. */
  readonly until: string;
}

export type Statement =
  | ({ readonly is: 'post' } & Post)
  | ({ readonly is: 'person' } & Person)
  | { readonly is: 'holds'; readonly person: PersonId; readonly seat: SeatId }
  | { readonly is: 'leaves'; readonly person: PersonId; readonly seat: SeatId }
  | ({ readonly is: 'device' } & Device)
  | { readonly is: 'revoked'; readonly device: DeviceId }
  | ({ readonly is: 'seat' } & SeatKey)
  | ({ readonly is: 'partner' } & Partner)
  | { readonly is: 'no partner'; readonly org: OrgId }
  /** What the holders of a post may do in a case: all of its roles. Words that a later version knows are kept. */
  | { readonly is: 'roles'; readonly seat: SeatId; readonly roles: readonly string[] }
  /** What else is known of a person that cases may ask for, such as a vetting level or a training: all of it. Words that a later version knows are kept. */
  | { readonly is: 'attributes'; readonly person: PersonId; readonly has: readonly string[] }
  /** Who manages a person, as personnel or provider say: they approve requests for access where the rules ask for it. Null: nobody is named. */
  | { readonly is: 'manager'; readonly person: PersonId; readonly manager: PersonId | null }
  | ({ readonly is: 'guest' } & Guest)
  | ({ readonly is: 'rules' } & Rules)
  /** On which side an organisation is, this one or a partner, as this authority holds it. Words that a later version knows are kept. */
  | { readonly is: 'side'; readonly org: OrgId; readonly side: string };

export function statementParts(s: Statement): unknown[] {
  switch (s.is) {
    case 'post':
      return [s.is, fromHex(s.seat), s.title, s.unit];
    case 'person':
      return [s.is, fromHex(s.person), s.name];
    case 'holds':
    case 'leaves':
      return [s.is, fromHex(s.person), fromHex(s.seat)];
    case 'device':
      return [s.is, fromHex(s.device), fromHex(s.person), s.name, s.signKey, s.boxKey];
    case 'revoked':
      return [s.is, fromHex(s.device)];
    case 'seat':
      return [s.is, fromHex(s.seat), s.generation, s.publicKey, fromHex(s.madeBy)];
    case 'partner':
      return [s.is, fromHex(s.org), s.name, s.signKey, s.boxKey];
    case 'no partner':
      return [s.is, fromHex(s.org)];
    case 'roles':
      return [s.is, fromHex(s.seat), [...s.roles]];
    case 'manager':
      return [s.is, fromHex(s.person), s.manager === null ? null : fromHex(s.manager)];
    case 'attributes':
      return [s.is, fromHex(s.person), [...s.has]];
    case 'guest':
      return [s.is, fromHex(s.person), fromHex(s.seat), s.from, fromHex(s.sponsor), fromHex(s.sponsorSeat), s.until];
    case 'side':
      return [s.is, fromHex(s.org), s.side];
    case 'rules':
      return [s.is, s.name, s.version, s.from, fromHex(s.sha256), s.bytes];
  }
}

/** Items of each statement, its name included. */
const ITEMS = {
  post: 4,
  person: 3,
  holds: 3,
  leaves: 3,
  device: 6,
  revoked: 2,
  seat: 5,
  partner: 5,
  'no partner': 2,
  roles: 3,
  attributes: 3,
  manager: 3,
  guest: 7,
  rules: 6,
  side: 3,
} as const;

export function readStatement(value: unknown): Statement {
  const list = read.list(value, 'statement', 1);
  const is = read.oneOf(list[0], 'statement', Object.keys(ITEMS) as (keyof typeof ITEMS)[]);
  const [, a, b, c, d, e, g] = read.tuple(list, is, ITEMS[is]);
  switch (is) {
    case 'post':
      return { is, seat: read.id<SeatId>(a, 'seat'), title: read.text(b, 'title'), unit: read.text(c, 'unit') };
    case 'person':
      return { is, person: read.id<PersonId>(a, 'person'), name: read.text(b, 'name') };
    case 'holds':
    case 'leaves':
      return { is, person: read.id<PersonId>(a, 'person'), seat: read.id<SeatId>(b, 'seat') };
    case 'device':
      return {
        is,
        device: read.id<DeviceId>(a, 'device'),
        person: read.id<PersonId>(b, 'person'),
        name: read.text(c, 'name'),
        signKey: read.bytes(d, 'signKey', 65),
        boxKey: read.bytes(e, 'boxKey', 65),
      };
    case 'revoked':
      return { is, device: read.id<DeviceId>(a, 'device') };
    case 'seat':
      return {
        is,
        seat: read.id<SeatId>(a, 'seat'),
        generation: read.count(b, 'generation'),
        publicKey: read.bytes(c, 'publicKey', 65),
        madeBy: read.id<DeviceId>(d, 'madeBy'),
      };
    case 'partner':
      return {
        is,
        org: read.id<OrgId>(a, 'org'),
        name: read.text(b, 'name'),
        signKey: read.bytes(c, 'signKey', 65),
        boxKey: read.bytes(d, 'boxKey', 65),
      };
    case 'no partner':
      return { is, org: read.id<OrgId>(a, 'org') };
    case 'roles':
      return { is, seat: read.id<SeatId>(a, 'seat'), roles: readRoles(b) };
    case 'manager':
      return {
        is,
        person: read.id<PersonId>(a, 'person'),
        manager: b === null ? null : read.id<PersonId>(b, 'manager'),
      };
    case 'attributes':
      return { is, person: read.id<PersonId>(a, 'person'), has: readRoles(b) };
    case 'guest':
      return {
        is,
        person: read.id<PersonId>(a, 'person'),
        seat: read.id<SeatId>(b, 'seat'),
        from: read.text(c, 'from'),
        sponsor: read.id<PersonId>(d, 'sponsor'),
        sponsorSeat: read.id<SeatId>(e, 'sponsorSeat'),
        until: read.text(g, 'until', 10),
      };
    case 'side':
      return { is, org: read.id<OrgId>(a, 'org'), side: read.text(b, 'side', MAX_WORD) };
    case 'rules':
      return {
        is,
        name: read.text(a, 'name'),
        version: read.text(b, 'version'),
        from: read.text(c, 'from'),
        sha256: read.hash(d, 'sha256'),
        bytes: readRules(e),
      };
  }
}

function readRoles(value: unknown): string[] {
  const roles = read.list(value, 'roles');
  if (roles.length > MAX_ROLES) throw new read.Malformed(`roles: more than ${MAX_ROLES}`);
  return roles.map((role) => read.text(role, 'role', MAX_WORD));
}

function readRules(value: unknown): Uint8Array {
  const bytes = read.bytes(value, 'rules');
  if (bytes.length > MAX_RULES) throw new read.Malformed(`rules: more than ${MAX_RULES} bytes`);
  return bytes;
}
