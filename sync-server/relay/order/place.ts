/**
 * Places in an area's order: which directories an entry is judged by, and the rows that it adds, anchors of directories that
 * changed first. Nothing is stored here.
 */
import type { Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { DirectoryState } from '../../../shared/seal/directory/directory.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import { extendOrder, hashAnchor } from '../../../shared/seal/area/order.ts';
import type { OpenArea } from './areas.ts';
import type { Relay } from '../context.ts';
import type { LogRow, Place } from '../store/log.ts';

/** The directories that the verdict rests on, as they stand now: they must not change between verdict and anchor. */
export function snapshot(relay: Relay, area: OpenArea, writer: OrgId): Map<OrgId, DirectoryState> {
  const orgs = area.intake ? [area.intake.org, writer] : [writer];
  const states = orgs.map((org) => [org, relay.directories.state(org)] as const);
  return new Map(states.flatMap(([org, state]) => (state === null ? [] : [[org, state] as const])));
}

/** The rows that an entry adds: an anchor for each directory that changed since its last, then the entry. */
export async function place(
  relay: Relay,
  area: OpenArea,
  directories: readonly DirectoryState[],
  entry: { header: Header; hash: Hash; encoded: Uint8Array; time: Millis },
): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  let before: Place | null = area.place;
  const { time } = entry; // by which it was judged
  const add = async (row: Omit<LogRow, keyof Place>): Promise<void> => {
    before = { n: (before?.n ?? 0) + 1, time, h: await extendOrder(relay.platform, before?.h ?? null, time, row.item) };
    rows.push({ ...before, ...row });
  };
  for (const { org, head } of directories) {
    if (head === null || area.anchored.get(org) === head) continue;
    await add({
      item: await hashAnchor(relay.platform, { org, directory: head }),
      org,
      chain: false,
      directory: head,
      entry: null,
    });
  }
  await add({
    item: entry.hash,
    org: entry.header.org,
    chain: entry.header.kind === 'chain',
    directory: null,
    entry: entry.encoded,
  });
  return rows;
}
