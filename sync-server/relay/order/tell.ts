/**
 * After a commit: signs each area's new place once, sends one ready frame of its news to all who may read it, and
 * acknowledges to those who appended. Who could not read the area before this commit is told that it moved, and pulls.
 */
import type { AreaId } from '../../../shared/primitives/ids.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import type { Tip } from '../../../shared/seal/area/order.ts';
import { MiB } from '../../../shared/primitives/units.ts';
import type { LogItem } from '../../../shared/wire/link.ts';
import { LIMITS } from '../../../shared/wire/link.ts';
import type { OpenArea } from './areas.ts';
import { entitlement } from './areas.ts';
import type { Appended, Relay } from '../context.ts';
import { farewellTo } from './farewell.ts';
import type { Frame } from '../links/frame.ts';
import { frameOf } from '../links/frame.ts';
import type { Entitlement } from '../rights.ts';
import { readersNow, readersOf } from './readers.ts';
import { mayRead } from '../rights.ts';
import type { LogRow } from '../store/log.ts';

/** Bytes of entries in one `log` frame, well below the largest frame. */
export const LOG_FRAME = 3 * MiB;

export const itemOf = (row: LogRow): LogItem => ({
  n: row.n,
  time: row.time,
  h: row.h,
  entry: row.entry,
  anchor: row.directory === null ? null : { org: row.org, directory: row.directory },
});

/** Tells of everything one commit brought. */
export async function tellCommitted(relay: Relay, batch: readonly Appended[]): Promise<void> {
  const byArea = new Map<OpenArea, Appended[]>();
  for (const appended of batch) {
    const others = byArea.get(appended.area);
    if (others) others.push(appended);
    else byArea.set(appended.area, [appended]);
  }
  const tips = await Promise.all(
    [...byArea.keys()].map(async (area) => [area, await relay.areas.tipOf(area)] as const),
  );
  for (const [area, tip] of tips) {
    const appended = byArea.get(area) ?? [];
    pushNews(relay, area, appended, tip);
    for (const { link, q, entry, n } of appended) link.tell({ t: 'appended', q, entry, n, tip });
    tellOfBoxes(
      relay,
      appended.flatMap(({ boxes }) => boxes),
    );
  }
}

function pushNews(relay: Relay, area: OpenArea, appended: readonly Appended[], tip: Tip): void {
  const rows = appended.flatMap((one) => one.rows);
  if (rows.length === 0) return;
  const fromStart = rows[0]?.n === 1;
  const before: Entitlement | null =
    appended.some((one) => one.access !== null) && !fromStart ? { ...entitlement(area), access: area.told } : null;
  area.told = area.durable.access;
  const frames = logFrames(area.id, rows, tip);
  for (const link of readersNow(relay, area)) {
    const directory = relay.directories.state(link.org);
    if (before && directory && !mayRead(before, directory, link.device)) link.move(area);
    else for (const frame of frames) link.push(area, frame);
  }
  if (before) tellFarewell(relay, area, before, tip);
}

/** Those who could read until now hear what ended it, and nothing after. */
function tellFarewell(relay: Relay, area: OpenArea, before: Entitlement, tip: Tip): void {
  for (const link of readersOf(relay, before)) {
    const last = farewellTo(relay, area, link);
    if (last !== null) for (const frame of logFrames(area.id, [last], tip)) link.push(area, frame);
  }
}

function logFrames(area: AreaId, rows: readonly LogRow[], tip: Tip): Frame[] {
  const frames: Frame[] = [];
  let items: LogItem[] = [];
  let size = 0;
  const flush = (): void => {
    if (items.length > 0) frames.push(frameOf({ t: 'log', q: null, area, items, tip }));
    items = [];
    size = 0;
  };
  for (const row of rows) {
    const bytes = row.entry?.length ?? 0;
    if (items.length === LIMITS.pull || size + bytes > LOG_FRAME) flush();
    items.push(itemOf(row));
    size += bytes;
  }
  flush();
  return frames;
}

/** Tells those for whom boxes were filed, in an organisation this relay serves. */
export function tellOfBoxes(relay: Relay, boxes: readonly Box[]): void {
  if (boxes.length === 0) return;
  for (const link of relay.links.all()) {
    const directory = relay.directories.state(link.org);
    if (directory === null) continue;
    const seats: ReadonlySet<string> = seatsOf(directory, link.device);
    const subjects = new Set(
      boxes.filter((box) => box.to === link.device || seats.has(box.to)).map((box) => box.subject),
    );
    if (subjects.size > 0) link.tellOfBoxes(subjects);
  }
}
