/**
 * The vault's file: a clear part for the locked screen (a member of staff and their organisation), how the passphrase is
 * stretched, the vault key wrapped, and the contents sealed under it. Owns its form on disk; never sees a passphrase.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../../shared/primitives/cbor.ts';
import type { Result } from '../../shared/primitives/result.ts';
import { fail, ok } from '../../shared/primitives/result.ts';
import * as f from '../../shared/wire/fields.ts';
import { isMissing } from '../disk/causes.ts';
import { MOST } from './passphrase.ts';

const clear = z.object({ person: z.string().max(512), org: z.string().max(512) });
const schema = z.object({
  format: z.literal(1),
  clear,
  salt: f.bytes(32),
  hardness: z.object({
    memory: z.int().min(8).max(MOST.memory),
    rounds: z.int().min(1).max(MOST.rounds),
    lanes: z.int().min(1).max(MOST.lanes),
  }),
  /** Which key store took part in wrapping the key, and its part as that store sealed it; null: the passphrase alone. */
  keyStore: z.object({ name: z.string(), sealed: f.bytes(8192) }).nullable(),
  wrappedKey: f.bytes(128),
  sealed: f.bytes(16 * 1024 * 1024),
});
export type VaultFile = z.infer<typeof schema>;
/** What anybody who has the disk can read. */
export type ClearPart = z.infer<typeof clear>;

export const encodeVaultFile = (file: VaultFile): Uint8Array => encodeCbor(file);

export async function readVaultFile(file: string): Promise<Result<VaultFile, 'none' | 'damaged'>> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await readFile(file));
  } catch (error) {
    return fail(isMissing(error) ? 'none' : 'damaged');
  }
  try {
    return ok(schema.parse(decodeFrame(bytes)));
  } catch {
    return fail('damaged');
  }
}
