/**
 * Owns sealing and opening of segments: AES-256-GCM by Node's crypto, in slices small enough that what it allocates is
 * reused and given back at once (large outputs cost more in page faults and collections than in AES). Promises that nothing of a segment that does not verify
 * stays in the buffer it was opened into.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { VersionId } from '../../shared/primitives/ids.ts';
import { freeBytes } from '../../shared/primitives/freeing.ts';
import { KiB } from '../../shared/primitives/units.ts';
import { nonceOf, segmentAad, TAG } from './format.ts';
import type { Place } from './format.ts';

const SLICE = 120 * KiB;
const SUITE = 'aes-256-gcm';

/** A file's key and associated data, while its content is in use. */
export interface Sealing {
  readonly key: Uint8Array;
  readonly aad: Uint8Array;
}

export const sealingOf = (key: Uint8Array, version: VersionId): Sealing => ({ key, aad: segmentAad(version) });

/** Writes ciphertext and tag into `out` and answers how many bytes that were. */
export function sealSegment(sealing: Sealing, place: Place, plain: Uint8Array, out: Uint8Array): number {
  const cipher = createCipheriv(SUITE, sealing.key, nonceOf(place), { authTagLength: TAG });
  cipher.setAAD(sealing.aad);
  for (let at = 0; at < plain.length; at += SLICE) put(cipher.update(plain.subarray(at, at + SLICE)), out, at);
  cipher.final();
  out.set(cipher.getAuthTag(), plain.length);
  return plain.length + TAG;
}

/** Writes the plaintext into `out`; false where key, version, place or bytes are not the ones that were sealed. */
export function openSegment(sealing: Sealing, place: Place, sealed: Uint8Array, out: Uint8Array): boolean {
  const length = sealed.length - TAG;
  if (length < 0) return false;
  const decipher = createDecipheriv(SUITE, sealing.key, nonceOf(place), { authTagLength: TAG });
  decipher.setAAD(sealing.aad);
  decipher.setAuthTag(sealed.subarray(length));
  for (let at = 0; at < length; at += SLICE)
    put(decipher.update(sealed.subarray(at, Math.min(at + SLICE, length))), out, at);
  try {
    decipher.final();
    return true;
  } catch {
    out.fill(0, 0, length); // Node tells a wrong tag only by throwing
    return false;
  }
}

function put(piece: Uint8Array, out: Uint8Array, at: number): void {
  out.set(piece, at);
  freeBytes(piece);
}
