/**
 * PUT of a chunk: goes on where the last one stopped, and says how much is held whatever happens. A chunk is taken only
 * where its organisation referred to it in an area that the device may write in, whatever is here of it by another; it counts as here once its bytes have the
 * hash that is its name and both file and record are durable.
 */
import type { AreaId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { short } from '../../common/log.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { overQuota } from '../limits/quotas.ts';
import { chunkRights, HELD_NOTHING, heldOf } from './access.ts';
import type { Carrier, Slots } from './slots.ts';
import { QUOTA_STATUS } from '../../../shared/wire/http.ts';
import type { RefusedCause } from '../observe/recent.ts';

export interface PutAsk {
  readonly link: DeviceLink;
  readonly area: AreaId;
  readonly chunk: Hash;
  readonly size: ByteCount;
  readonly from: ByteCount;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** The connection that they come on; stopped, the stream of bytes ends. */
  readonly carrier: Carrier;
}

export interface PutOutcome {
  readonly status: 200 | 403 | 409 | 410 | 413 | 422 | 429 | 507;
  readonly held: ByteCount;
  readonly whole: boolean;
  readonly cause?: RefusedCause;
}

export async function putChunk(relay: Relay, slots: Slots, ask: PutAsk): Promise<PutOutcome> {
  const { link, area, chunk } = ask;
  if (!chunkRights(relay, link, area).write) return { status: 403, ...HELD_NOTHING, cause: 'no right' };
  if (!relay.chunks.referrers(area, chunk).includes(link.org)) {
    return relay.chunks.isGone(area, chunk)
      ? { status: 410, ...HELD_NOTHING, cause: 'withdrawn' }
      : { status: 403, ...HELD_NOTHING, cause: 'not referred to' };
  }
  const giveBack = slots.take(link, ask.carrier);
  if (giveBack === null) return { status: 429, ...heldOf(relay, area, chunk, link.org), cause: 'too many at once' };
  try {
    return await slots.alone({ area, chunk, org: link.org }, ask.carrier.stop, () => receive(relay, ask));
  } finally {
    giveBack();
  }
}

async function receive(relay: Relay, ask: PutAsk): Promise<PutOutcome> {
  const { link, area, chunk, size, from } = ask;
  const { org } = link;
  const upload = { area, chunk, org };
  const before = heldOf(relay, area, chunk, org);
  if (from !== before.held || (from > size && !before.whole)) return { status: 409, ...before, cause: 'wrong offset' };
  if (before.whole) return { status: 200, ...before };
  if (before.held === 0 && !mayBegin(relay, org)) return { status: 429, ...before, cause: 'too many at once' };
  const full = await reserve(relay, ask);
  if (full !== null) return { ...full, ...before };
  const written = await relay.files.write(upload, from, size, ask.bytes);
  if (written.ok && written.value === 'whole') return record(relay, ask);
  const now = heldOf(relay, area, chunk, org);
  if (written.ok) return { status: 200, ...now };
  switch (written.cause) {
    case 'cut':
      return { status: 200, ...now };
    case 'storage full':
      return { status: 507, ...now, cause: 'storage full' };
    case 'too long':
      return { status: 422, ...now, cause: 'too long' };
    case 'hash differs':
      relay.log.warn(
        { chunk: short(chunk), device: short(link.device) },
        'an upload did not have the hash it was announced by, and was discarded',
      );
      return { status: 422, ...HELD_NOTHING, cause: 'hash differs' };
  }
}

function mayBegin({ shares, files }: Relay, org: OrgId): boolean {
  return shares.mayBegin(files.halfUploads(org)) || shares.mayBegin(files.recountHalf(org));
}

/** Counts it before its first byte where partners send, once; what it is refused with, where it does not fit. */
async function reserve(
  relay: Relay,
  { area, chunk, link, size }: PutAsk,
): Promise<Pick<PutOutcome, 'status' | 'cause'> | null> {
  const { org } = link;
  const more = size - relay.chunks.counted(area, chunk, org);
  let full = overQuota(relay, org, area, more);
  if (full === null && more !== 0 && relay.directories.intake(area) !== null) {
    const noted = await relay.commits.durably(() => {
      full = overQuota(relay, org, area, more); // others may have begun meanwhile
      if (full === null) relay.chunks.expect(area, chunk, org, size);
    });
    if (!noted.ok) return { status: 507, cause: 'storage full' };
  }
  return full === null ? null : { status: QUOTA_STATUS[full], cause: full };
}

async function record(relay: Relay, { link, area, chunk, size }: PutAsk): Promise<PutOutcome> {
  let wanted = true;
  const durable = await relay.commits.durably(() => {
    wanted = relay.chunks.referrers(area, chunk).includes(link.org);
    if (wanted) relay.chunks.own(area, chunk, link.org, size);
  });
  if (!durable.ok) return { status: 507, ...HELD_NOTHING, cause: 'storage full' };
  if (wanted) {
    relay.news.tell(area, [chunk]);
    return { status: 200, held: size, whole: true };
  }
  // What it was for was withdrawn or disposed of while its last bytes came.
  if (relay.chunks.wholeSize(chunk) === null) relay.files.discard(chunk);
  return { status: 410, ...HELD_NOTHING, cause: 'withdrawn' };
}
