/**
 * Names of things, as lower-case hex: 16 random bytes for an id, 32 bytes for a hash. Branded, so that an area is never
 * passed where a stream belongs. `naming.ts` makes them.
 */
import { fromHex } from './bytes.ts';

declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type OrgId = Id<'org'>;
export type PersonId = Id<'person'>;
/** A post; its id is also the id of its seat. */
export type SeatId = Id<'seat'>;
export type DeviceId = Id<'device'>;
export type AreaId = Id<'area'>;
export type StreamId = Id<'stream'>;
export type CaseId = Id<'case'>;
export type ItemId = Id<'item'>;
export type VersionId = Id<'version'>;
export type PackageId = Id<'package'>;
/** Something of the work on a case that later facts speak of: an action, a review, a decision, a message … */
export type WorkId = Id<'work'>;
/** SHA-256, 64 hex digits. */
export type Hash = Id<'hash'>;

const ID = /^[0-9a-f]{32}$/;
const HASH = /^[0-9a-f]{64}$/;

export const isId = (text: unknown): text is string => typeof text === 'string' && ID.test(text);
export const isHash = (text: unknown): text is Hash => typeof text === 'string' && HASH.test(text);

export const idBytes = (id: string): Uint8Array => fromHex(id);
