/** Bytes that look random, many of them fast, and come again with the same seed. */
import { createHash } from 'node:crypto';

export const bytesOf = (size: number, seed: number): Buffer =>
  createHash('shake256', { outputLength: size }).update(`faults ${seed}`).digest();
