/**
 * What a directory can state, one thing a statement, and how it is written down (CBOR lists, each of an exact length).
 * Nothing is signed or folded here.
 */
import { fromHex } from '../primitives/bytes.ts';
import type { DeviceId, OrgId, PersonId, SeatId } from '../primitives/ids.ts';
import * as read from './read.ts';

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

export type Statement =
  | ({ readonly is: 'post' } & Post)
  | ({ readonly is: 'person' } & Person)
  | { readonly is: 'holds'; readonly person: PersonId; readonly seat: SeatId }
  | { readonly is: 'leaves'; readonly person: PersonId; readonly seat: SeatId }
  | ({ readonly is: 'device' } & Device)
  | { readonly is: 'revoked'; readonly device: DeviceId }
  | ({ readonly is: 'seat' } & SeatKey)
  | ({ readonly is: 'partner' } & Partner)
  | { readonly is: 'no partner'; readonly org: OrgId };

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
} as const;

export function readStatement(value: unknown): Statement {
  const list = read.list(value, 'statement', 1);
  const is = read.oneOf(list[0], 'statement', Object.keys(ITEMS) as (keyof typeof ITEMS)[]);
  const [, a, b, c, d, e] = read.tuple(list, is, ITEMS[is]);
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
  }
}
