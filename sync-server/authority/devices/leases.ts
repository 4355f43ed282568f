/**
 * Leases: for how long a computer may work without hearing from its authority. One is signed for whoever asks and is admitted;
 * in a long outage a file with one for every computer that stands is made by command. A revoked computer gets neither.
 */
import type { DeviceId } from '../../../shared/primitives/ids.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import type { SignedLease } from '../../../shared/seal/devices/lease.ts';
import { encodeLeaseFile, signLease } from '../../../shared/seal/devices/lease.ts';
import type { Authority } from '../authority.ts';

/** Days of a lease where nobody has said. */
export const LEASE_DAYS = 14;
const POLICY = 'lease days';

export const leaseDays = ({ people }: Authority): number => people.policy(POLICY) ?? LEASE_DAYS;
export const setLeaseDays = ({ people }: Authority, days: number): void =>
  people.change(() => people.setPolicy(POLICY, days));

export function leaseFor(authority: Authority, device: DeviceId): Promise<SignedLease> {
  return signFor(authority, [device], leaseDays(authority));
}

/** A file for every computer that is admitted now; the text, and for how many it is. */
export async function extension(
  authority: Authority,
  days: number,
): Promise<{ readonly text: string; readonly computers: number }> {
  const devices = [...(await authority.directory.state()).devices.keys()];
  return { text: encodeLeaseFile(await signFor(authority, devices, days)), computers: devices.length };
}

function signFor({ platform, keys }: Authority, devices: readonly DeviceId[], days: number): Promise<SignedLease> {
  const issued = platform.now();
  return signLease(platform, keys.signKey, { org: keys.org, devices, issued, until: issued + days * DAY });
}
