/**
 * The short code that two computers show while one admits the other: six digits over the new computer's keys and a number that
 * the authority draws after it was given them, so that nobody can look for keys that give the same digits. Compared by eye.
 */
import { utf8 } from '../../primitives/bytes.ts';
import type { Platform } from '../../primitives/platform.ts';
import { framed, sha256 } from '../../primitives/platform.ts';
import { LABEL } from '../labels.ts';

export interface Compared {
  /** What names the enrolment code. */
  readonly code: string;
  /** 16 bytes, drawn by the authority. */
  readonly nonce: Uint8Array;
  readonly signKey: Uint8Array;
  readonly boxKey: Uint8Array;
}

/** As people read it out: `482 913`. */
export async function compareDigits(platform: Platform, { code, nonce, signKey, boxKey }: Compared): Promise<string> {
  const hash = await sha256(platform, framed(LABEL.compare, utf8(code), nonce, signKey, boxKey));
  const number = new DataView(hash.buffer, hash.byteOffset).getUint32(0) % 1_000_000; // uneven by less than one in four thousand
  const digits = String(number).padStart(6, '0');
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
}
