/**
 * What a computer that was shut out had not sent: entries that it had signed and sealed, brought by its main process after it
 * has locked, over HTTP and without a link (`POST /v1/late`, CBOR). Each speaks for itself by its signature. Then the sealed
 * chunks of its disk that the relay lacks (`PUT /v1/late/chunks/HASH`), which speak for themselves by their hash.
 */
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../primitives/cbor.ts';
import { MiB } from '../primitives/units.ts';
import * as f from './fields.ts';
import { MAX_CHUNK } from './http.ts';
import { LIMITS } from './link.ts';

/** Bytes of one request, and entries in it. */
export const LATE = { bytes: 4 * MiB, entries: 256, chunks: 4096 } as const;

const schema = z.object({
  org: f.org,
  device: f.device,
  entries: z.array(f.bytes(LIMITS.entry)).max(LATE.entries),
  /** Of areas that the relay has never heard of: their first keys, for the posts that their makers let in. */
  boxes: z.array(f.box).max(LATE.entries).optional(),
});
export type LateWork = z.infer<typeof schema>;

/** Which sealed chunks its disk holds, signed: the relay answers those that it lacks (`POST /v1/late/chunks`). */
export const lateChunks = z.object({
  org: f.org,
  device: f.device,
  chunks: z.array(z.object({ hash: f.hash, size: f.count.min(1).max(MAX_CHUNK) })).max(LATE.chunks),
  signature: f.bytes(64),
});
export type LateChunks = z.infer<typeof lateChunks>;

/** What is signed under `LABEL.lateChunks`. */
export const lateChunksBody = ({ org, device, chunks }: Omit<LateChunks, 'signature'>): Uint8Array =>
  encodeCbor([org, device, chunks.map(({ hash, size }) => [hash, size])]);

export const encodeLateChunks = (work: LateChunks): Uint8Array => encodeCbor(work);
export const decodeLateChunks = (bytes: Uint8Array): LateChunks | null => decodeAs(lateChunks, bytes);

export const encodeLate = (work: LateWork): Uint8Array => encodeCbor(work);

/** Null where the bytes are no such request. */
export const decodeLate = (bytes: Uint8Array): LateWork | null => decodeAs(schema, bytes);

function decodeAs<T>(as: z.ZodType<T>, bytes: Uint8Array): T | null {
  try {
    const parsed = as.safeParse(decodeFrame(bytes));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // no CBOR
  }
}
