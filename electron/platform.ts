/**
 * Owns the one platform of the main process: Node's WebCrypto and clock. Promises that `globalThis.crypto` is there for
 * libraries that look for it (Node 18 inside older Electrons lacks it); so it is imported before them.
 */
import { webcrypto } from 'node:crypto';
import { now } from './clock.ts';
import { webPlatform } from '../shared/primitives/platform.ts';
import type { Platform } from '../shared/primitives/platform.ts';

if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });

const source = {
  subtle: webcrypto.subtle,
  getRandomValues: (array: Uint8Array): Uint8Array => webcrypto.getRandomValues(array as Uint8Array<ArrayBuffer>),
};

export const platform: Platform = webPlatform(source, now);
