/**
 * What has happened: the content of `event`, `package` and `receipt` entries, as schemas. Facts are appended and never
 * edited; state is a fold over them. A payload of a later version is kept and passed on: unknown `is` parses to null.
 */
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../primitives/cbor.ts';
import type { CaseEvent } from './facts/event.ts';
import type { PackageContent, Receipt } from './facts/sharing.ts';
import { count } from './facts/parts.ts';

export { CASE_KINDS, PURPOSES, URGENCIES } from './facts/parts.ts';
export type { CaseKind, FileRecord, Origin, Party, Purpose, Urgency } from './facts/parts.ts';
export { packageContent, receipt } from './facts/sharing.ts';
export type { PackageContent, Receipt, ReleaseWhen } from './facts/sharing.ts';
export { event } from './facts/event.ts';
export type { CaseEvent } from './facts/event.ts';

/** The content of an `edit` entry: one Yjs V1 update, all of whose structs are of `client`. */
export const edit = z.object({ client: count, update: z.custom<Uint8Array>((v) => v instanceof Uint8Array) });
export type Edit = z.infer<typeof edit>;

export const encodeFact = (fact: CaseEvent | PackageContent | Receipt | Edit): Uint8Array => encodeCbor(fact);

/** Parses a payload; null where it is not one this version knows. */
export function decodeFact<T>(schema: z.ZodType<T>, bytesOf: Uint8Array): T | null {
  try {
    const parsed = schema.safeParse(decodeFrame(bytesOf));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** The kind that a payload says it is; null where it says none: it is no fact of any version. */
export function kindIn(plain: Uint8Array): string | null {
  try {
    const is = (decodeFrame(plain) as { is?: unknown } | null)?.is;
    return typeof is === 'string' ? is : null;
  } catch {
    return null;
  }
}
