/**
 * What a computer that was shut out had not sent: entries that it had signed and sealed, brought by its main process after it
 * has locked, over HTTP and without a link (`POST /v1/late`, CBOR). Each speaks for itself by its signature.
 */
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../primitives/cbor.ts';
import { MiB } from '../primitives/units.ts';
import * as f from './fields.ts';
import { LIMITS } from './link.ts';

/** Bytes of one request, and entries in it. */
export const LATE = { bytes: 4 * MiB, entries: 256 } as const;

const schema = z.object({
  org: f.org,
  device: f.device,
  entries: z.array(f.bytes(LIMITS.entry)).max(LATE.entries),
});
export type LateWork = z.infer<typeof schema>;

export const encodeLate = (work: LateWork): Uint8Array => encodeCbor(work);

/** Null where the bytes are no such request. */
export function decodeLate(bytes: Uint8Array): LateWork | null {
  try {
    const parsed = schema.safeParse(decodeFrame(bytes));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // no CBOR
  }
}
