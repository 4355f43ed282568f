/**
 * What `shared/` needs of a machine, from Node: WebCrypto, random bytes and the clock. Nothing else in sync-server
 * makes a `Platform`, so that a test can hand in a clock of its own.
 */
import { clockFor } from './clock.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import { webPlatform } from '../../shared/primitives/platform.ts';

export const nodePlatform: Platform = webPlatform(
  {
    subtle: globalThis.crypto.subtle,
    getRandomValues: (array) => {
      globalThis.crypto.getRandomValues(array as Uint8Array<ArrayBuffer>);
      return array;
    },
  },
  clockFor(process.env),
);
