/**
 * The chain entry by which a device's last right in an area was taken: the one thing of the area that it may still have, so
 * that it can tell an end from a relay that holds back. It stands clear in the log and says nothing of content.
 */
import { decodeChainOp } from '../../../shared/seal/area/chain.ts';
import type { SeatId } from '../../../shared/primitives/ids.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import { decodeEntry } from '../../../shared/seal/entry/entry.ts';
import { decodeHeader } from '../../../shared/seal/entry/header.ts';
import type { OpenArea } from './areas.ts';
import { entitlement } from './areas.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { mayRead } from '../rights.ts';
import type { LogRow } from '../store/log.ts';

/** Null: the device reads it still, or never did. */
export function farewellTo(relay: Relay, area: OpenArea, link: Pick<DeviceLink, 'org' | 'device'>): LogRow | null {
  const directory = relay.directories.state(link.org);
  if (area.row === null || area.intake || !directory || mayRead(entitlement(area), directory, link.device)) return null;
  const own = seatsOf(directory, link.device);
  const granted = new Set<SeatId>();
  let last: LogRow['item'] | null = null;
  for (const { item, entry } of relay.logs.chain(area.row)) {
    const op = opOf(entry);
    if (op?.op === 'create' || op?.op === 'grant')
      for (const { seat, org } of op.seats) if (org === link.org && own.has(seat)) granted.add(seat);
    if (op?.op === 'emergency over' && op.devices.includes(link.device) && granted.size === 0) last = item;
    if (op?.op !== 'remove') continue;
    const before = granted.size;
    for (const seat of op.seats) granted.delete(seat);
    if (before > 0 && granted.size === 0) last = item;
  }
  const n = last === null ? null : (relay.logs.findEntry(area.row, last)?.n ?? null);
  if (n === null || n > (area.durable.place?.n ?? 0)) return null; // not durable yet: told once it is
  const [row] = relay.logs.items(area.row, n - 1, 1);
  return row ?? null;
}

function opOf(encoded: Uint8Array) {
  const entry = decodeEntry(encoded);
  const header = entry.ok ? decodeHeader(entry.value.header) : null;
  const op = header?.ok && header.value.body ? decodeChainOp(header.value.body) : null;
  return op?.ok ? op.value : null;
}
