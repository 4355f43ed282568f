/**
 * What a vault file holds once opened: who this device is, its private keys and its seats' keys. Owns its form on disk;
 * never its sealing.
 */
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../../shared/primitives/cbor.ts';
import { isId } from '../../shared/primitives/ids.ts';
import type { DeviceId, OrgId, PersonId, SeatId } from '../../shared/primitives/ids.ts';
import { MiB } from '../../shared/primitives/units.ts';
import * as f from '../../shared/wire/fields.ts';
import { ownBytes } from '../ipc/ownBytes.ts';

const id = <T extends string>() => z.custom<T>(isId, 'id expected');
/** A lease of a file names every computer of an organisation. */
const MOST_LEASE = 4 * MiB;
const boxKeys = z.object({ publicKey: f.bytes(65), privateKey: f.bytes(32) });

export const contentsSchema = z.object({
  org: id<OrgId>(),
  person: id<PersonId>(),
  device: id<DeviceId>(),
  relay: z.string().max(2048),
  relayKey: f.bytes(65),
  card: z.string().max(8192),
  statements: z.array(f.statement),
  /** PKCS #8. */
  signKey: f.bytes(512),
  boxKeys,
  seatKeys: z.array(z.object({ seat: id<SeatId>(), generation: f.count, keys: boxKeys })),
  /** Keys made here for posts: the first of one that had none, or the next of one whose key somebody has who left. The authority has been asked, the directory has not answered. */
  proposed: z.array(z.object({ seat: id<SeatId>(), generation: f.count.default(1), keys: boxKeys })).default([]),
  storeKey: f.bytes(32),
  /** The authority's word that this device may work on. */
  lease: z
    .object({ body: f.bytes(MOST_LEASE), signature: f.bytes(64) })
    .nullable()
    .default(null),
  /** When this profile was first open, and the latest time it has seen. */
  clock: z.object({ begun: z.number().min(0), mark: z.number().min(0) }).default({ begun: 0, mark: 0 }),
  storeId: z.string().max(64),
  incarnation: z.int().min(1),
});
export type VaultContents = z.infer<typeof contentsSchema>;

const FORMAT = 1;
const form = z.object({ format: z.literal(FORMAT), contents: contentsSchema });

export const encodeContents = (contents: VaultContents): Uint8Array => encodeCbor({ format: FORMAT, contents });

/** Null where the bytes are not what this version writes. */
export function decodeContents(bytes: Uint8Array): VaultContents | null {
  try {
    return ownBytes(form.parse(decodeFrame(bytes)).contents);
  } catch {
    return null; // a closed answer for every way of being unreadable
  }
}
