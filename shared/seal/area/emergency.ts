/**
 * Break-glass: who may open an area in an emergency, for how long, and what stands of it at a time. Pure functions of chain,
 * directory and the order's own time, so that the relay and every client reach the same verdict. Only ever reading, on the one
 * device whose entry asked for it; only where the writer's organisation reads already; never for a guest.
 */
import { utf8 } from '../../primitives/bytes.ts';
import type { DeviceId, Hash } from '../../primitives/ids.ts';
import type { Platform } from '../../primitives/platform.ts';
import { hashOf } from '../../primitives/platform.ts';
import type { Millis } from '../../primitives/units.ts';
import { HOUR } from '../../primitives/units.ts';
import type { DirectoryState } from '../directory/directory.ts';
import { rolesOf } from '../directory/directory.ts';
import { LABEL } from '../labels.ts';
import type { AccessState, AreaKind, Emergency } from './chain.ts';

/** The role of posts whose holders may: an organisation that gives it to nobody has no break-glass. */
export const EMERGENCY_ROLE = 'emergency access';
const GUEST_ROLE = 'guest';
/** The longest that one lasts, from when it was written. */
export const LONGEST_EMERGENCY: Millis = 24 * HOUR;
/** How far its writer's clock may be ahead of the order's time: as far as a clock may be wrong unnoticed. */
const CLOCK_AHEAD: Millis = 2 * HOUR;
/** Bytes of salt in the hash of a reason: without it a short reason could be guessed by the relay. */
export const REASON_SALT = 16;
/** Sensitive material, guests' areas and records of disposal are opened by nobody in haste. */
const KINDS: readonly AreaKind[] = ['working papers', 'case file'];

/** What a chain entry holds of a reason. */
export const hashReason = (platform: Platform, salt: Uint8Array, reason: string): Promise<Hash> =>
  hashOf(platform, LABEL.emergency, salt, utf8(reason));

/** Whether a device's person holds a post that the organisation lets do this. */
export function mayInEmergency(directory: DirectoryState, device: DeviceId): boolean {
  const roles = rolesOf(directory, device);
  return roles.includes(EMERGENCY_ROLE) && !roles.includes(GUEST_ROLE);
}

/**
 * Why an emergency until `until`, written at `time`, which stands in the order at `at`, is refused; null: it is not. One whose time
 * is over already is taken and gives nothing: a relay that was restored orders it once more, to the same verdict.
 */
export function refusedEmergency(
  access: AccessState,
  directory: DirectoryState,
  device: DeviceId,
  { until, time, at }: { readonly until: Millis; readonly time: Millis; readonly at: Millis },
): 'no right' | 'over-wide' | null {
  const reads = [...access.seats.values()].some(({ org }) => org === directory.org);
  if (!reads || !KINDS.includes(access.kind) || !mayInEmergency(directory, device)) return 'no right';
  return time > at + CLOCK_AHEAD || until > time + LONGEST_EMERGENCY ? 'over-wide' : null;
}

/** The emergency by which a device reads at a time; null: by none. */
export function emergencyAt(
  access: AccessState,
  directory: DirectoryState,
  device: DeviceId,
  at: Millis,
): Emergency | null {
  const one = access.emergencies.get(device);
  return one && one.org === directory.org && at < one.until && mayInEmergency(directory, device) ? one : null;
}
