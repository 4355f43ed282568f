/**
 * The public card of an organisation's authority: its name and public keys. The organisation's id is a hash of the
 * signing key, so that nobody can present another key under that id. The fingerprint is what people compare.
 */
import { concat, fromBase64Url, toBase64Url, toCrockford, toHex } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { DeviceId, OrgId } from '../../primitives/ids.ts';
import { derivedId } from '../../primitives/naming.ts';
import type { Platform } from '../../primitives/platform.ts';
import { sha256 } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

export interface Card {
  readonly name: string;
  /** 65 bytes: ECDSA P-256, signs the directory. */
  readonly signKey: Uint8Array;
  /** 65 bytes: ECDH P-256, opens enrolment requests. */
  readonly boxKey: Uint8Array;
}

const PREFIX = 'joinder-card-1.';

export const encodeCard = (card: Card): string =>
  PREFIX + toBase64Url(encodeCbor([card.name, card.signKey, card.boxKey]));

export function decodeCard(text: string): Result<Card, string> {
  return read.reading(() => {
    const plain = text.trim();
    if (!plain.startsWith(PREFIX)) throw new read.Malformed(`a card begins with '${PREFIX}'`);
    const [name, signKey, boxKey] = read.tuple(decodeCbor(fromBase64Url(plain.slice(PREFIX.length))), 'card', 3);
    return {
      name: read.text(name, 'name', 200),
      signKey: read.bytes(signKey, 'signKey', 65),
      boxKey: read.bytes(boxKey, 'boxKey', 65),
    };
  });
}

export const orgIdOf = (platform: Platform, signKey: Uint8Array): Promise<OrgId> =>
  derivedId<OrgId>(platform, LABEL.org, toHex(signKey));

export const deviceIdOf = (platform: Platform, signKey: Uint8Array): Promise<DeviceId> =>
  derivedId<DeviceId>(platform, LABEL.device, toHex(signKey));

/** Hash over both keys of an authority: 32 bytes. An enrolment code carries its first 100 bits. */
export const keyHash = (platform: Platform, card: Card): Promise<Uint8Array> =>
  sha256(platform, concat(new Uint8Array([1]), card.signKey, card.boxKey));

/** What people read out to each other: the first 100 bits of the key hash as five groups of four. */
export async function fingerprint(platform: Platform, card: Card): Promise<string> {
  const digits = toCrockford((await keyHash(platform, card)).subarray(0, 13)).slice(0, 20);
  return digits.match(/.{4}/g)?.join('-') ?? digits;
}
