/**
 * Items of an area after a place, oldest first, as many as a frame takes; and the newest signed place, so that the client
 * knows how far it is behind. Who may not read an area hears what they would hear if it did not
 * exist; who could read it once hears the one entry that ended that.
 */
import type { LogItem, ToRelay } from '../../../shared/wire/link.ts';
import { LIMITS } from '../../../shared/wire/link.ts';
import { entitlement } from '../order/areas.ts';
import type { Relay } from '../context.ts';
import { farewellTo } from '../order/farewell.ts';
import type { DeviceLink } from '../links/links.ts';
import { mayRead } from '../rights.ts';
import { LOG_FRAME, itemOf } from '../order/tell.ts';

export async function pull(
  relay: Relay,
  link: DeviceLink,
  { q, area: id, after, limit }: Extract<ToRelay, { t: 'pull' }>,
): Promise<void> {
  const area = relay.areas.find(id);
  const directory = relay.directories.state(link.org);
  if (!area || area.row === null || !directory || !mayRead(entitlement(area), directory, link.device)) {
    const last = area ? farewellTo(relay, area, link) : null;
    if (!area || last === null) return link.tell({ t: 'declined', q, cause: 'not here' });
    return link.tell({ t: 'log', q, area: id, items: [itemOf(last)], tip: await relay.areas.tipOf(area) });
  }
  const tip = relay.areas.tipOf(area);
  const newest = area.durable.place?.n ?? 0; // what lies behind it may not be on disk yet
  const items: LogItem[] = [];
  let size = 0;
  for (const row of relay.logs.items(area.row, after, Math.min(limit, LIMITS.pull))) {
    if (row.n > newest) break;
    size += row.entry?.length ?? 0;
    if (items.length > 0 && size > LOG_FRAME) break;
    items.push(itemOf(row));
  }
  link.tell({ t: 'log', q, area: id, items, tip: await tip });
}
