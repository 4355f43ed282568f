/**
 * Makes chunks reachable in an area. A reference is taken from who may write there, and opens nothing by itself: a chunk is
 * reachable through it once its organisation has sent the bytes in this very area, or carried them from an area that it
 * names (`from`) and in which the device can see that they are whole, or from the lane of a device of its own that was shut
 * out. The answer is the same whether or not the bytes are
 * at the relay; of an area that nobody named nothing is ever told.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import type { Decline, ToRelay } from '../../../shared/wire/link.ts';
import { chunkRights, heldIn } from '../chunks/access.ts';
import type { Relay } from '../context.ts';
import { overQuota } from '../limits/quotas.ts';
import { waitingIn } from '../late/chunks.ts';
import type { DeviceLink } from '../links/links.ts';

export async function refer(
  relay: Relay,
  link: DeviceLink,
  { area, tag, chunks, from }: Extract<ToRelay, { t: 'refer' }>,
): Promise<Decline | null> {
  if (!chunkRights(relay, link, area).write) return 'no right';
  if (relay.boxes.isWithdrawn(area, tag)) return 'not here';
  const carried =
    from === null ? [] : [...visible(relay, link, from, chunks), ...waitingIn(relay, link.org, from, chunks)];
  const durable = await relay.commits.durably(() => {
    for (const chunk of chunks) relay.chunks.refer(area, chunk, tag, link.org);
    for (const { chunk, size } of carried) {
      const more = size - relay.chunks.counted(area, chunk, link.org);
      // What does not fit is told when its bytes are sent, with the word for what is full.
      if (overQuota(relay, link.org, area, more) === null) relay.chunks.own(area, chunk, link.org, size);
    }
  });
  if (!durable.ok) return 'storage full';
  relay.news.tell(area, chunks); // some may be here now
  return null;
}

/** Those that the device can see to be whole in an area: as a reader, or as one that may only write, of its organisation's own. */
function visible(
  relay: Relay,
  link: DeviceLink,
  area: AreaId,
  chunks: readonly Hash[],
): { readonly chunk: Hash; readonly size: ByteCount }[] {
  const rights = chunkRights(relay, link, area);
  if (!rights.read && !rights.write) return [];
  return chunks.flatMap((chunk) => {
    const { held, whole } = heldIn(relay, link, rights, area, chunk);
    return whole ? [{ chunk, size: held }] : [];
  });
}
