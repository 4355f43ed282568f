/**
 * Making names: fresh random ids, and the ids that every device must compute alike.
 */
import { toHex, utf8 } from './bytes.ts';
import type { Platform } from './platform.ts';
import { hashOf } from './platform.ts';

/** A fresh random id of the kind asked for. */
export const newId = <T extends string>(platform: Platform): T => toHex(platform.random(16)) as T;

/** The id that every device computes alike from a label and its parts: the first 16 bytes of their labelled hash. */
export async function derivedId<T extends string>(platform: Platform, label: string, ...parts: string[]): Promise<T> {
  return (await hashOf(platform, label, ...parts.map(utf8))).slice(0, 32) as T;
}
