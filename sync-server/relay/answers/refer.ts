/**
 * Makes chunks reachable in an area. A reference is taken from who may write there, and opens nothing by itself: a chunk is
 * reachable through it once its organisation has sent the bytes, in whatever area, or could read them in `from`. The
 * answer is the same whether or not the bytes are at the relay.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Decline, ToRelay } from '../../../shared/wire/link.ts';
import { chunkRights } from '../chunks/access.ts';
import type { Relay } from '../context.ts';
import { quotaOf } from '../context.ts';
import type { DeviceLink } from '../links.ts';

export async function refer(
  relay: Relay,
  link: DeviceLink,
  { area, tag, chunks, from }: Extract<ToRelay, { t: 'refer' }>,
): Promise<Decline | null> {
  if (!chunkRights(relay, link, area).write) return 'no right';
  if (relay.boxes.isWithdrawn(area, tag)) return 'not here';
  if (relay.directories.intake(area) !== null && !fitsQuota(relay, link, area, chunks)) return 'quota';
  const carried = from !== null && chunkRights(relay, link, from).read ? from : null;
  const durable = await relay.commits.durably(() => {
    for (const chunk of chunks) {
      const size = carried !== null && relay.chunks.isReachable(carried, chunk) ? relay.chunks.wholeSize(chunk) : null;
      if (size !== null) relay.chunks.own(chunk, link.org, size);
      relay.chunks.refer(area, chunk, tag, link.org);
    }
  });
  if (!durable.ok) return 'storage full';
  relay.news.tell(chunks); // some may have been here before
  return null;
}

function fitsQuota(relay: Relay, link: DeviceLink, area: AreaId, chunks: readonly Hash[]): boolean {
  const sizes = chunks.map((chunk) => (relay.chunks.owns(chunk, link.org) ? (relay.chunks.wholeSize(chunk) ?? 0) : 0));
  return relay.chunks.used(area, link.org) + sizes.reduce((sum, size) => sum + size, 0) <= quotaOf(relay, link.org);
}
