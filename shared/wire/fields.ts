/**
 * Field types of the wire, as zod schemas: what comes from the network is parsed here before anything looks at it.
 */
import { z } from 'zod';
import { KiB } from '../primitives/units.ts';
import { MAX_RULES } from '../seal/directory/statements.ts';
import { isHash, isId } from '../primitives/ids.ts';
import type { AreaId, DeviceId, Hash, OrgId, PersonId, SeatId } from '../primitives/ids.ts';

z.config({ jitless: true }); // the window's CSP forbids `new Function`, which zod would probe for

export const bytes = (limit: number) =>
  z.custom<Uint8Array>((v) => v instanceof Uint8Array && v.length <= limit, 'bytes expected, or too many');
/** Largest body of a directory's statement: one that carries rule data. */
const MAX_STATEMENT = MAX_RULES + 8 * KiB;
const id = <T extends string>() => z.custom<T>(isId, 'id expected');
export const hash = z.custom<Hash>(isHash, 'hash expected');
export const area = id<AreaId>();
export const org = id<OrgId>();
export const device = id<DeviceId>();
export const person = id<PersonId>();
export const seat = id<SeatId>();
export const boxReader = id<SeatId | DeviceId>();
export const count = z.int().min(0);

export const tip = z.object({ area, generation: count, n: count, h: hash, time: count, signature: bytes(64) });
export const box = z.object({ subject: hash, to: boxReader, generation: count, sealed: bytes(4096) });
/** A relay's word on all that it has accepted: `shared/seal/area/checkpoint.ts`. */
export const word = z.object({ body: bytes(256), signature: bytes(64) });
/** Rule data is by far the largest that one holds. */
export const statement = z.object({ body: bytes(MAX_STATEMENT), signature: bytes(64) });
/** An order to dispose, with the signatures of the two who gave it. */
export const order = z.object({
  body: bytes(4 * KiB),
  signatures: z.array(z.object({ device, signature: bytes(64) })).length(2),
});
/** The relay's signed word that it serves an area no more: to this organisation, or (`gone`) to nobody, all of it destroyed. */
export const disposed = z.object({
  area,
  order,
  generation: count,
  n: count,
  h: hash,
  time: count,
  gone: z.boolean(),
  signature: bytes(64),
});
