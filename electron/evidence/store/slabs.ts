/**
 * Owns the buffers that arriving bytes are gathered in: shared memory of one size, used again and again by whoever moves a
 * chunk. Keeps as many as were ever in use at once, which is as many as chunks move at once.
 */
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { KiB } from '../../../shared/primitives/units.ts';
import { sharedBytes } from '../hashing.ts';

export const SLAB: ByteCount = 512 * KiB;

const free: Uint8Array[] = [];

export const takeSlab = (): Uint8Array => free.pop() ?? sharedBytes(SLAB);
/** Nobody writes, hashes or sends it any more. */
export const giveSlab = (slab: Uint8Array): void => void free.push(slab);
