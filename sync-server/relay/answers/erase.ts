/**
 * Destroys the content of entries of an organisation's own intake, which cannot go as a whole: other cases' letters lie
 * there too. Header and signature stay, so that the order still proves itself; the seal, the boxes and the chunk references
 * go, and cannot be filed again. Taken from who reads the intake, for an order of their organisation that was lodged.
 */
import type { Hash, OrgId } from '../../../shared/primitives/ids.ts';
import { decodeEntry, encodeEntry } from '../../../shared/seal/entry/entry.ts';
import type { Decline, ToRelay } from '../../../shared/wire/link.ts';
import type { OpenArea } from '../order/areas.ts';
import { entitlement } from '../order/areas.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { mayRead } from '../rights.ts';

interface Found {
  readonly item: Hash;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

export async function erase(
  relay: Relay,
  link: DeviceLink,
  message: Extract<ToRelay, { t: 'erase' }>,
): Promise<Decline | null> {
  const area = relay.areas.find(message.area);
  const directory = relay.directories.state(link.org);
  if (!area?.intake || area.row === null || directory === null) return 'not here';
  if (!mayRead(entitlement(area), directory, link.device) || !relay.disposals.isLodged(message.order, link.org))
    return 'no right';
  const row = area.row;
  const found = message.entries.flatMap((item) => erasedForm(relay, row, item) ?? []);
  return (await destroyEntries(relay, area, row, found)) ? null : 'storage full';
}

/** Puts them without content in their place, with all that hangs on them; false: the disk takes nothing. */
export async function destroyEntries(
  relay: Relay,
  area: OpenArea,
  row: number,
  found: readonly Found[],
): Promise<boolean> {
  const chunks: Hash[] = [];
  const parts: [Hash, OrgId][] = [];
  const orphans: Hash[] = [];
  const durable = await relay.commits.durably(() => {
    for (const { item, before, after } of found) {
      relay.disposals.erase(row, item, before, after);
      relay.boxes.withdraw(area.id, item);
      for (const org of relay.chunks.taggers(area.id, item)) {
        const tagged = relay.chunks.tagged(area.id, item, org);
        chunks.push(...tagged);
        for (const chunk of tagged) parts.push([chunk, org]);
        orphans.push(...relay.chunks.dropTag(area.id, item, org));
      }
    }
    for (const chunk of chunks) relay.disposals.forgetChunk(area.id, chunk);
  });
  if (!durable.ok) return false;
  area.bytes -= found.reduce((sum, { before, after }) => sum + before.length - after.length, 0);
  for (const chunk of orphans) relay.files.discard(chunk);
  for (const [chunk, org] of parts)
    if (!relay.chunks.referrers(area.id, chunk).includes(org)) relay.files.discardPart({ area: area.id, chunk, org });
  relay.disposals.scrub();
  return true;
}

/** The entry as it is and as it will be; null where it is not here, or erased already. */
export function erasedForm(relay: Relay, row: number, item: Hash): Found | null {
  const before = relay.logs.entryOf(row, item);
  const entry = before && decodeEntry(before);
  if (!before || !entry?.ok || entry.value.seal.by === 'erased') return null;
  return { item, before, after: encodeEntry({ ...entry.value, seal: { by: 'erased' } }) };
}
