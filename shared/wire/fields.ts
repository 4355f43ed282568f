/**
 * Field types of the wire, as zod schemas: what comes from the network is parsed here before anything looks at it.
 */
import { z } from 'zod';
import { isHash, isId } from '../primitives/ids.ts';
import type { AreaId, DeviceId, Hash, OrgId, PersonId, SeatId } from '../primitives/ids.ts';

z.config({ jitless: true }); // the window's CSP forbids `new Function`, which zod would probe for

export const bytes = (limit: number) =>
  z.custom<Uint8Array>((v) => v instanceof Uint8Array && v.length <= limit, 'bytes expected, or too many');
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
export const statement = z.object({ body: bytes(8192), signature: bytes(64) });
