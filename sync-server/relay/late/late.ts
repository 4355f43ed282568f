/**
 * The late lane: what computers that were shut out had not sent is kept for 30 days for the leads of its areas, who take it over
 * by value or let it go. Write-only for whoever brings it. Promises that nothing of it enters an area's order, that nothing is
 * kept that a device of the organisation did not sign, and no more of one device than the quota. Reads no content.
 */
import type { AreaId, DeviceId, Hash, OrgId, SeatId } from '../../../shared/primitives/ids.ts';
import { importVerifyKey } from '../../../shared/primitives/platform.ts';
import type { Result } from '../../../shared/primitives/result.ts';
import { fail, ok } from '../../../shared/primitives/result.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { DAY, MiB } from '../../../shared/primitives/units.ts';
import type { Grant } from '../../../shared/seal/area/chain.ts';
import { decodeChainOp } from '../../../shared/seal/area/chain.ts';
import { epochSubject } from '../../../shared/seal/boxes.ts';
import { seatsOf } from '../../../shared/seal/directory/directory.ts';
import { roleIn } from '../../../shared/seal/area/admit.ts';
import { decodeEntry, verifyHeader } from '../../../shared/seal/entry/entry.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import { decodeHeader, hashHeader } from '../../../shared/seal/entry/header.ts';
import type { LateWork } from '../../../shared/wire/late.ts';
import type { Decline, ToRelay } from '../../../shared/wire/link.ts';
import { LIMITS } from '../../../shared/wire/link.ts';
import { entitlement } from '../order/areas.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import type { LateRow } from '../store/late.ts';
import { LOG_FRAME } from '../order/tell.ts';
import { dropOldChunks } from './chunks.ts';

/** For how long late work waits. */
const KEPT: Millis = 30 * DAY;
/** What one device may leave. */
const QUOTA: ByteCount = 64 * MiB;

/** Takes what a computer that was shut out brings; the value is how many entries were new. */
export async function takeLate(
  relay: Relay,
  { org, device: id, entries, boxes = [] }: LateWork,
): Promise<Result<number, 'unknown device' | 'not shut out' | 'quota' | 'storage full'>> {
  const directory = (await relay.directories.find(org))?.directory;
  const device = directory?.known.get(id);
  if (!directory || !device) return fail('unknown device');
  if (directory.devices.has(id)) return fail('not shut out');
  const key = await importVerifyKey(relay.platform, device.signKey);
  const rows: LateRow[] = [];
  /** Areas that are not here, and that it made. */
  const made = new Set<AreaId>();
  for (const encoded of entries) {
    const entry = decodeEntry(encoded);
    const header = entry.ok ? decodeHeader(entry.value.header) : null;
    if (!entry.ok || !header?.ok || header.value.org !== org || header.value.device !== id) continue;
    const { area } = header.value;
    const hash = await hashHeader(relay.platform, entry.value.header);
    if (!isFor(relay, header.value, hash, made)) continue;
    if (!(await verifyHeader(relay.platform, key, entry.value))) continue;
    if (header.value.kind === 'chain') made.add(area);
    rows.push({ hash, area, org, device: id, entry: encoded, at: relay.platform.now() });
  }
  if (rows.length === 0) return ok(0);
  // What is here already, brought again after a cut, takes no more room; what is over takes none.
  const since = relay.platform.now() - KEPT;
  const more = rows.reduce((sum, row) => sum + (relay.late.has(row.hash, since) ? 0 : row.entry.length), 0);
  if (more > 0 && relay.late.bytesOf(id, since) + more > QUOTA) return fail('quota');
  const subjects = new Set(await Promise.all([...made].map((area) => epochSubject(relay.platform, area, 1))));
  const kept = await relay.commits.durably(() => {
    relay.late.dropBefore(since);
    for (const row of rows) relay.late.add(row);
    for (const box of boxes)
      if (subjects.has(box.subject) && directory.posts.has(box.to as SeatId)) relay.boxes.file(id, box);
  });
  return kept.ok ? ok(rows.length) : kept;
}

/**
 * Whether an entry belongs in the lane: of an area that is here, what is not in its order, and no change of who may read, which
 * was never for somebody else to take over; of one that is not, its making by this organisation, and what was written in it.
 */
function isFor(relay: Relay, header: Header, hash: Hash, made: ReadonlySet<AreaId>): boolean {
  const area = relay.areas.find(header.area);
  if (area && area.row !== null)
    return area.intake === null && header.kind !== 'chain' && relay.logs.findEntry(area.row, hash) === null;
  if (area?.intake || relay.directories.intake(header.area) !== null) return false;
  if (header.kind !== 'chain') return made.has(header.area) || creation(relay, header.org, header.area) !== null;
  return grantsIn(header.body, header.org) !== null;
}

/** Whom the making of an area lets in, where it is that and its maker's organisation owns it. */
function grantsIn(body: Uint8Array | null, org: OrgId): readonly Grant[] | null {
  const op = body === null ? null : decodeChainOp(body);
  return op?.ok && op.value.op === 'create' && op.value.owner === org ? op.value.seats : null;
}

/** The same of an area that only the lane knows. */
function creation(relay: Relay, org: OrgId, area: AreaId): readonly Grant[] | null {
  for (const row of relay.late.of(area, org)) {
    const entry = decodeEntry(row.entry);
    const header = entry.ok ? decodeHeader(entry.value.header) : null;
    const grants = header?.ok && header.value.kind === 'chain' ? grantsIn(header.value.body, org) : null;
    if (grants !== null) return grants;
  }
  return null;
}

const isLead = (relay: Relay, org: OrgId, device: DeviceId, id: AreaId): boolean => {
  const access = relay.areas.find(id);
  const directory = relay.directories.state(org);
  const chain = access && entitlement(access).access;
  if (directory !== null && (access === null || access.row === null)) {
    const seats = seatsOf(directory, device);
    return (creation(relay, org, id) ?? []).some((grant) => grant.role === 'lead' && seats.has(grant.seat));
  }
  return chain !== null && directory !== null && roleIn(chain, directory, device) === 'lead';
};

/** What waits in the areas that this device leads, as much as one frame takes. */
export function giveLate(relay: Relay, link: DeviceLink, q: number): void {
  const since = relay.platform.now() - KEPT;
  void dropOldChunks(relay, link.org).catch((error: unknown) =>
    relay.log.error({ error }, 'late chunks were not dropped'),
  );
  const areas = relay.late.areas(link.org).filter((area) => isLead(relay, link.org, link.device, area));
  const entries: Pick<LateRow, 'area' | 'hash' | 'at' | 'entry'>[] = [];
  let size = 0;
  for (const row of areas.flatMap((area) => relay.late.of(area, link.org))) {
    size += row.entry.length;
    if (size > LOG_FRAME || entries.length === LIMITS.pull) break;
    if (row.at >= since) entries.push({ area: row.area, hash: row.hash, at: row.at, entry: new Uint8Array(row.entry) });
  }
  link.tell({ t: 'late', q, entries });
}

/** A lead has taken it over, or lets it go: it waits for nobody any more. */
export async function endLate(
  relay: Relay,
  link: DeviceLink,
  { area, entries }: Extract<ToRelay, { t: 'late done' }>,
): Promise<Decline | null> {
  if (!isLead(relay, link.org, link.device, area)) return 'no right';
  const done = await relay.commits.durably(() => {
    for (const hash of entries) relay.late.drop(area, link.org, hash);
  });
  return done.ok ? null : 'storage full';
}
