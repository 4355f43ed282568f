/**
 * Names of things, as lower-case hex: 16 random bytes for an id, 32 bytes for a hash. Branded, so that an area is never
 * passed where a stream belongs. `derivedId` makes the ids that every device must compute alike.
 */
import { fromHex, toHex, utf8 } from './bytes.ts';
import type { Platform } from './platform.ts';
import { hashOf } from './platform.ts';

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
/** SHA-256, 64 hex digits. */
export type Hash = Id<'hash'>;

const ID = /^[0-9a-f]{32}$/;
const HASH = /^[0-9a-f]{64}$/;

export const isId = (text: unknown): text is string => typeof text === 'string' && ID.test(text);
export const isHash = (text: unknown): text is Hash => typeof text === 'string' && HASH.test(text);

/** A fresh random id of the kind asked for. */
export const newId = <T extends string>(platform: Platform): T => toHex(platform.random(16)) as T;

/** The id that every device computes alike from a label and its parts: the first 16 bytes of their labelled hash. */
export async function derivedId<T extends string>(platform: Platform, label: string, ...parts: string[]): Promise<T> {
  return (await hashOf(platform, label, ...parts.map(utf8))).slice(0, 32) as T;
}

export const idBytes = (id: string): Uint8Array => fromHex(id);
