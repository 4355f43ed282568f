/**
 * Takes back what an organisation put into another's intake and nobody collected. Afterwards nobody can fetch it: its boxes
 * and the references tagged with it are gone, and cannot be filed again. The entry itself stays in the order, sealed.
 */
import type { Decline, ToRelay } from '../../../shared/wire/link.ts';
import type { OpenArea } from '../order/areas.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';

type Withdraw = Extract<ToRelay, { t: 'withdraw' }>;

export async function withdraw(relay: Relay, link: DeviceLink, message: Withdraw): Promise<Decline | null> {
  const area = relay.areas.find(message.area);
  if (!area?.intake || area.row === null) return 'not here';
  const entry = relay.logs.findEntry(area.row, message.entry);
  if (!entry) return 'not here';
  if (entry.org !== link.org) return 'no right';
  if (relay.boxes.isWithdrawn(area.id, message.entry)) return null;
  let collected = false;
  let orphans: ReturnType<Relay['chunks']['dropTag']> = [];
  const parts = relay.chunks.tagged(area.id, message.entry, link.org);
  const durable = await relay.commits.durably(() => {
    collected = isCollected(relay, area, message, link);
    if (collected) return;
    relay.boxes.withdraw(area.id, message.entry);
    orphans = relay.chunks.dropTag(area.id, message.entry, link.org);
  });
  if (!durable.ok) return 'storage full';
  if (collected) return 'already collected';
  for (const chunk of orphans) relay.files.discard(chunk);
  for (const chunk of parts)
    if (!relay.chunks.referrers(area.id, chunk).includes(link.org))
      relay.files.discardPart({ area: area.id, chunk, org: link.org });
  return null;
}

/** One device of the receiver has fetched every chunk; where there are none, its box was given to the receiver. */
function isCollected(relay: Relay, area: OpenArea, { entry }: Withdraw, link: DeviceLink): boolean {
  if (!area.intake) return false;
  if (relay.chunks.tagged(area.id, entry, link.org).length > 0)
    return relay.chunks.isCollected(area.id, entry, link.org, area.intake.org);
  return relay.boxes.wasGiven(entry, area.intake.seat);
}
