/**
 * Who may fetch or send a chunk where. A token names an open link; a chunk is reachable in an area by a reference in that
 * area alone. What is here in other areas, of whichever organisation, decides nothing here and is never told.
 */
import type { AreaId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import type { OpenArea } from '../order/areas.ts';
import { entitlement } from '../order/areas.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { mayRead, mayWrite } from '../rights.ts';

export interface ChunkRights {
  readonly read: boolean;
  readonly write: boolean;
}

const NONE: ChunkRights = { read: false, write: false };

/** The area to judge chunks by: an intake may be sent to before its first entry. */
export function areaForChunks(relay: Relay, id: AreaId): OpenArea | null {
  return relay.areas.find(id) ?? (relay.directories.intake(id) === null ? null : relay.areas.get(id));
}

export function chunkRights(relay: Relay, link: DeviceLink, id: AreaId): ChunkRights {
  const area = areaForChunks(relay, id);
  const directory = relay.directories.state(link.org);
  if (area === null || directory === null) return NONE;
  const entitled = entitlement(area);
  const owner = area.intake ? relay.directories.state(area.intake.org) : null;
  return { read: mayRead(entitled, directory, link.device), write: mayWrite(entitled, directory, owner, link.device) };
}

/** What is here of a chunk: bytes that came, and whether it can be fetched. */
export interface Held {
  readonly held: ByteCount;
  readonly whole: boolean;
}
export const HELD_NOTHING: Held = { held: 0, whole: false };

/**
 * What is held of a chunk as far as the area refers to it. Readers see every reference; who may only write, as a partner in
 * an intake, sees those of their own organisation.
 */
export function heldIn(relay: Relay, link: DeviceLink, rights: ChunkRights, area: AreaId, chunk: Hash): Held {
  const orgs = relay.chunks.referrers(area, chunk).filter((org) => rights.read || org === link.org);
  return orgs
    .map((org) => heldOf(relay, area, chunk, org))
    .reduce((most, one) => (one.whole || (!most.whole && one.held > most.held) ? one : most), HELD_NOTHING);
}

/**
 * What one organisation has sent of a chunk in this area, whatever it has sent in others. All of its bytes can be here before
 * they were hashed: then it is not whole.
 */
export function heldOf(relay: Relay, area: AreaId, chunk: Hash, org: OrgId): Held {
  const size = relay.chunks.owns(area, chunk, org) ? relay.chunks.wholeSize(chunk) : null;
  return size === null ? { held: relay.files.held({ area, chunk, org }), whole: false } : { held: size, whole: true };
}
