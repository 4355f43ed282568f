/** One signature check, as `shared` defines it over bytes that were framed before. */
import type { Platform } from '../../../shared/primitives/platform.ts';
import { importVerifyKey, verifyFramed } from '../../../shared/primitives/platform.ts';
import type { Check } from './packing.ts';

/** Whether the signature is good; bytes that are no key have signed nothing. */
export async function check(platform: Platform, { key, signature, signed }: Check): Promise<boolean> {
  try {
    return await verifyFramed(platform, await importVerifyKey(platform, key), signature, signed);
  } catch {
    return false;
  }
}
