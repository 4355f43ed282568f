/**
 * Who may fetch from an area and who may put into it, by the access chain and directories in force now. Pure. Appending is
 * judged by `shared/seal/area/admit.ts`; these are for everything around it: pulls, pushes, chunks, presence.
 */
import type { DeviceId, OrgId, SeatId } from '../../shared/primitives/ids.ts';
import type { Millis } from '../../shared/primitives/units.ts';
import { roleIn } from '../../shared/seal/area/admit.ts';
import type { AccessState } from '../../shared/seal/area/chain.ts';
import { emergencyAt } from '../../shared/seal/area/emergency.ts';
import type { DirectoryState } from '../../shared/seal/directory/directory.ts';
import { isGuestDevice, seatsOf } from '../../shared/seal/directory/directory.ts';

/** What rights in an area hang on: an intake's owner, or the access chain as far as it is durable. */
export interface Entitlement {
  readonly intake: { readonly org: OrgId; readonly seat: SeatId } | null;
  readonly access: AccessState | null;
  /** Organisations that have disposed of their copy. */
  readonly left: ReadonlySet<OrgId>;
  /** The relay's time: an emergency is over at its limit, whether or not anybody has said so. */
  readonly at: Millis;
}

export function mayRead(area: Entitlement, directory: DirectoryState, device: DeviceId): boolean {
  if (area.intake) return area.intake.org === directory.org && seatsOf(directory, device).has(area.intake.seat);
  if (area.left.has(directory.org) || area.access === null) return false;
  return (
    roleIn(area.access, directory, device) !== null || emergencyAt(area.access, directory, device, area.at) !== null
  );
}

/** `owner`: the directory of the organisation whose intake it is. */
export function mayWrite(
  area: Entitlement,
  directory: DirectoryState,
  owner: DirectoryState | null,
  device: DeviceId,
): boolean {
  if (area.intake) {
    const partner = directory.org === area.intake.org || (owner?.partners.has(directory.org) ?? false);
    return partner && directory.devices.has(device) && !isGuestDevice(directory, device);
  }
  if (area.left.has(directory.org)) return false;
  const role = area.access === null ? null : roleIn(area.access, directory, device);
  return role === 'contributor' || role === 'lead';
}

/** Organisations of which a device could read the area. */
export const readingOrgs = (area: Entitlement): ReadonlySet<OrgId> =>
  new Set(
    area.intake
      ? [area.intake.org]
      : [...(area.access?.seats.values() ?? [])].map((grant) => grant.org).filter((org) => !area.left.has(org)),
  );

/**
 * Whether a device is given an organisation's directory: its own, and its partners' that show it; a guest no partner's. `isShown`: whether
 * that organisation shows its own to this one, which naming it a partner alone does not bring about.
 */
export const mayKnow = (own: DirectoryState, device: DeviceId, org: OrgId, isShown: boolean): boolean =>
  org === own.org || (own.partners.has(org) && isShown && !isGuestDevice(own, device));
