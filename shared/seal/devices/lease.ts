/**
 * A lease: an authority's signed word that devices may work on, until a time. A device asks for one while it is on line; in
 * a long outage an administrator hands out a file with one for many. It binds honest clients only: whoever has the
 * passphrase and a client of their own making works on. Never names a person.
 */
import { fromBase64Url, fromHex, toBase64Url } from '../../primitives/bytes.ts';
import { decodeCbor, encodeCbor } from '../../primitives/cbor.ts';
import type { DeviceId, OrgId } from '../../primitives/ids.ts';
import type { Key, Platform } from '../../primitives/platform.ts';
import { sign, verify } from '../../primitives/platform.ts';
import type { Result } from '../../primitives/result.ts';
import { fail } from '../../primitives/result.ts';
import type { Millis } from '../../primitives/units.ts';
import { LABEL } from '../labels.ts';
import * as read from '../read.ts';

export interface Lease {
  readonly org: OrgId;
  readonly devices: readonly DeviceId[];
  /** By the authority's clock. */
  readonly issued: Millis;
  readonly until: Millis;
}

export interface SignedLease {
  /** CBOR [org, [device], issued, until]. */
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

/** Called by an authority alone. */
export async function signLease(platform: Platform, key: Key, lease: Lease): Promise<SignedLease> {
  const body = encodeCbor([fromHex(lease.org), lease.devices.map(fromHex), lease.issued, lease.until]);
  return { body, signature: await sign(platform, key, LABEL.lease, body) };
}

/** What a lease says, once its authority's signature holds. `key`: the authority's, of its card. */
export async function readLease(
  platform: Platform,
  key: Key,
  { body, signature }: SignedLease,
): Promise<Result<Lease, 'bad signature' | 'malformed'>> {
  if (!(await verify(platform, key, signature, LABEL.lease, body))) return fail('bad signature');
  const said = read.reading(() => {
    const [org, devices, issued, until] = read.tuple(decodeCbor(body), 'lease', 4);
    return {
      org: read.id<OrgId>(org, 'org'),
      devices: read.list(devices, 'devices').map((one) => read.id<DeviceId>(one, 'device')),
      issued: read.count(issued, 'issued'),
      until: read.count(until, 'until'),
    };
  });
  return said.ok ? said : fail('malformed');
}

const PREFIX = 'joinder-lease-1.';

/** The text of a lease file. */
export const encodeLeaseFile = ({ body, signature }: SignedLease): string =>
  `${PREFIX}${toBase64Url(encodeCbor([body, signature]))}\n`;

export function decodeLeaseFile(text: string): Result<SignedLease, string> {
  return read.reading(() => {
    const plain = text.trim();
    if (!plain.startsWith(PREFIX)) throw new read.Malformed(`a lease file begins with '${PREFIX}'`);
    const [body, signature] = read.tuple(decodeCbor(fromBase64Url(plain.slice(PREFIX.length))), 'lease', 2);
    return { body: read.bytes(body, 'body'), signature: read.bytes(signature, 'signature', 64) };
  });
}
