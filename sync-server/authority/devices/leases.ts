/**
 * Leases: for how long a computer may work without hearing from its authority. One is signed for whoever asks and is admitted;
 * in a long outage a file with one for every computer that stands is made by command. A revoked computer gets neither.
 */
import type { DeviceId, PersonId } from '../../../shared/primitives/ids.ts';
import { DAY } from '../../../shared/primitives/units.ts';
import { isGuestDevice } from '../../../shared/seal/directory/directory.ts';
import type { SignedLease } from '../../../shared/seal/devices/lease.ts';
import { encodeLeaseFile, signLease } from '../../../shared/seal/devices/lease.ts';
import type { Authority } from '../authority.ts';
import { endOfDay } from '../guests/ending.ts';

/** Days of a lease where nobody has said. */
export const LEASE_DAYS = 14;
const POLICY = 'lease days';

export const leaseDays = ({ people }: Authority): number => people.policy(POLICY) ?? LEASE_DAYS;
export const setLeaseDays = ({ people }: Authority, days: number): void =>
  people.change(() => people.setPolicy(POLICY, days));

/** A guest's ends with their last day, so that their computer locks by itself, off line too. */
export async function leaseFor(authority: Authority, device: DeviceId): Promise<SignedLease> {
  const state = await authority.directory.state();
  const guest = state.guests.get(state.known.get(device)?.person ?? ('' as PersonId));
  return signFor(authority, [device], leaseDays(authority), guest === undefined ? Infinity : endOfDay(guest.until));
}

/** A file for every computer of our own people that is admitted now; the text, and for how many it is. */
export async function extension(
  authority: Authority,
  days: number,
): Promise<{ readonly text: string; readonly computers: number }> {
  const state = await authority.directory.state();
  const devices = [...state.devices.keys()].filter((device) => !isGuestDevice(state, device)); // their end is another
  return { text: encodeLeaseFile(await signFor(authority, devices, days)), computers: devices.length };
}

function signFor(
  { platform, keys }: Authority,
  devices: readonly DeviceId[],
  days: number,
  atMost = Infinity,
): Promise<SignedLease> {
  const issued = platform.now();
  const until = Math.max(issued, Math.min(issued + days * DAY, atMost));
  return signLease(platform, keys.signKey, { org: keys.org, devices, issued, until });
}
