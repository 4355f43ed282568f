/**
 * Paths that a person chose, sealed for the profile's own later runs. Owns their form; promises that nobody without the open
 * vault can read one, and that none is taken that was not sealed here: who keeps the seal cannot name a file with it.
 */
import { z } from 'zod';
import { decodeFrame, encodeCbor } from '../../shared/primitives/cbor.ts';
import { utf8 } from '../../shared/primitives/bytes.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import { decrypt, deriveKey, encrypt } from '../../shared/primitives/platform.ts';
import { LABEL } from '../../shared/seal/labels.ts';
import type { OpenVault } from './vault.ts';

export interface PathSeal {
  seal(paths: readonly string[]): Promise<Uint8Array>;
  /** None where the bytes were not sealed here. */
  open(sealed: Uint8Array): Promise<readonly string[]>;
}

const form = z.array(z.string());

export function pathSeal(platform: Platform, vault: Pick<OpenVault, 'contents'>): PathSeal {
  // Of a key that never leaves main: the store key is the sync worker's too.
  const key = (): Promise<Uint8Array> => deriveKey(platform, vault.contents().signKey, LABEL.chosenPaths);
  return {
    seal: async (paths) => encrypt(platform, await key(), utf8(LABEL.chosenPaths), encodeCbor(paths)),
    open: async (sealed) => {
      const plain = await decrypt(platform, await key(), utf8(LABEL.chosenPaths), sealed);
      return plain === null ? [] : form.parse(decodeFrame(plain));
    },
  };
}
