/**
 * What a device may read when its link opens: areas whose chain grants one of its posts, and the intakes of its posts that
 * have begun; and which directories it may ask for, with their newest places.
 */
import type { AreaId, DeviceId, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import type { OpenArea } from '../order/areas.ts';
import { entitlement } from '../order/areas.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from './links.ts';
import { mayKnow, mayRead } from '../rights.ts';
import { isShownTo } from './showing.ts';

/** Tips that one frame takes; what is beyond follows one by one. */
const IN_WELCOME = 8192;

/** Areas that these seats open, as granted now. */
export function areasOf(
  relay: Relay,
  directory: DirectoryState,
  seats: Iterable<SeatId>,
  link: DeviceLink,
): OpenArea[] {
  const ids = new Set<AreaId>();
  for (const seat of seats) {
    for (const area of relay.logs.granted(directory.org, seat)) ids.add(area);
    const intake = relay.directories.intakeOf(directory.org, seat);
    if (intake !== null) ids.add(intake);
  }
  for (const area of relay.logs.granted(directory.org, link.device)) ids.add(area);
  return [...ids].flatMap((id) => {
    const area = relay.areas.find(id);
    return area && mayRead(entitlement(area), directory, link.device) ? [area] : [];
  });
}

/** Organisations whose directories a device may have: its own, and its partners as far as this relay serves them. */
export function readableOrgs(relay: Relay, directory: DirectoryState, device: DeviceId): OrgId[] {
  const orgs = [directory.org, ...directory.partners.keys()].filter((org) =>
    mayKnow(directory, device, org, isShownTo(relay, org, directory.org)),
  );
  return orgs.filter((org) => relay.directories.known(org) !== null);
}

export async function welcome(relay: Relay, link: DeviceLink): Promise<void> {
  const own = relay.directories.state(link.org);
  if (own === null) throw new Error('a link without a directory was let in');
  for (const partner of own.partners.keys()) await relay.directories.find(partner);
  const readable = areasOf(relay, own, seatsOf(own, link.device), link);
  const areas = await Promise.all(readable.slice(0, IN_WELCOME).map((area) => relay.areas.tipOf(area)));
  for (const area of readable.slice(IN_WELCOME)) link.move(area);
  const directories = readableOrgs(relay, own, link.device).flatMap((org) => {
    const state = relay.directories.state(org);
    return state ? [{ org, n: state.n, head: state.head }] : [];
  });
  const generation = relay.word ? { generation: relay.word } : {};
  link.tell({
    t: 'welcome',
    token: link.token,
    time: relay.platform.now(),
    areas,
    directories,
    ...generation,
    words: true,
  });
}
