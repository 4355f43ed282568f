/**
 * PUT of several small chunks in one request: each is judged as if it came alone, and all that come together wait for the
 * disk and for the record once. Holds no more of a request than its limit.
 */
import { createHash } from 'node:crypto';
import { toHex } from '../../../shared/primitives/bytes.ts';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { QuotaWord } from '../../../shared/wire/http.ts';
import { BATCH, QUOTA_STATUS } from '../../../shared/wire/http.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { overQuota } from '../limits/quotas.ts';
import { chunkRights, HELD_NOTHING, heldOf } from './access.ts';
import type { PutOutcome } from './put.ts';
import type { Carrier, Slots } from './slots.ts';

interface Small {
  readonly chunk: Hash;
  readonly bytes: Uint8Array;
}

export interface BatchAsk {
  readonly link: DeviceLink;
  readonly area: AreaId;
  readonly body: AsyncIterable<Uint8Array>;
  readonly carrier: Carrier;
  /** What the request says of its length. */
  readonly length: number;
}

export type BatchOutcome =
  | { readonly status: 200; readonly outcomes: readonly PutOutcome[] }
  | { readonly status: 400 | 403 | 429; readonly cause: 'malformed' | 'no right' | 'too many at once' };

export async function putBatch(relay: Relay, slots: Slots, ask: BatchAsk): Promise<BatchOutcome> {
  const { link, area, length } = ask;
  if (!chunkRights(relay, link, area).write) return { status: 403, cause: 'no right' };
  if (length > BATCH.bytes) return { status: 400, cause: 'malformed' };
  const giveBack = slots.take(link, ask.carrier);
  if (giveBack === null) return { status: 429, cause: 'too many at once' };
  try {
    const small = split(await readBody(ask));
    if (small === null) return { status: 400, cause: 'malformed' };
    return { status: 200, outcomes: await keepAll(relay, slots, ask, small) };
  } finally {
    giveBack();
  }
}

/** What came; less than was said where the sender went away. */
async function readBody({ body, length }: BatchAsk): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  try {
    for await (const piece of body) {
      if (at + piece.length > length) break;
      bytes.set(piece, at);
      at += piece.length;
      freeBytes(piece);
    }
  } catch {
    // What came whole is kept, as of a chunk that comes alone.
  }
  return bytes.subarray(0, at);
}

/** The chunks that came whole; null where it is no such body. */
function split(body: Uint8Array): Small[] | null {
  const found: Small[] = [];
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  for (let at = 0; at + BATCH.head <= body.length;) {
    const size = view.getUint32(at + 32);
    if (size === 0 || size > BATCH.chunk || found.length === BATCH.chunks) return null;
    const from = at + BATCH.head;
    at = from + size;
    if (at <= body.length)
      found.push({ chunk: toHex(body.subarray(from - BATCH.head, from - 4)) as Hash, bytes: body.subarray(from, at) });
  }
  return found;
}

async function keepAll(
  relay: Relay,
  slots: Slots,
  { link, area }: BatchAsk,
  small: readonly Small[],
): Promise<PutOutcome[]> {
  const { org } = link;
  const outcomes = new Map(small.map(({ chunk, bytes }) => [chunk, judge(relay, link, area, chunk, bytes)] as const));
  const taken = small.filter(({ chunk }) => outcomes.get(chunk) === null);
  const refused = taken.length > 0 ? await reserve(relay, link, area, taken) : null;
  if (refused === null) {
    const kept = await relay.files.writeMany(
      { area, org },
      taken,
      // One that is on its way by itself gives way: it may be a connection that died.
      (chunk, work) => slots.alone({ area, chunk, org }, () => {}, work),
    );
    const wanted = new Set<Hash>();
    const durable = await relay.commits.durably(() => {
      for (const { chunk, bytes } of taken) {
        if (!isReferred(relay, link, area, chunk)) continue; // withdrawn or disposed of while it was written
        wanted.add(chunk);
        if (kept.has(chunk)) relay.chunks.own(area, chunk, org, bytes.length);
      }
    });
    const whole = [...kept].filter((chunk) => wanted.has(chunk));
    if (durable.ok) relay.news.tell(area, whole);
    for (const { chunk, bytes } of taken) {
      outcomes.set(chunk, outcomeOf(durable.ok, kept.has(chunk), wanted.has(chunk), bytes));
      if (durable.ok && !wanted.has(chunk) && relay.chunks.wholeSize(chunk) === null) relay.files.discard(chunk);
    }
  }
  return small.map(
    ({ chunk }) => outcomes.get(chunk) ?? refused ?? { status: 403, ...HELD_NOTHING, cause: 'no right' },
  );
}

function outcomeOf(durable: boolean, kept: boolean, wanted: boolean, bytes: Uint8Array): PutOutcome {
  if (durable && !wanted) return { status: 410, ...HELD_NOTHING, cause: 'withdrawn' };
  return durable && kept
    ? { status: 200, held: bytes.length, whole: true }
    : { status: 507, ...HELD_NOTHING, cause: 'storage full' };
}

const isReferred = (relay: Relay, { org }: DeviceLink, area: AreaId, chunk: Hash): boolean =>
  relay.chunks.referrers(area, chunk).includes(org);

/** What can be said without the disk; null for a chunk that is to be written. */
function judge(relay: Relay, link: DeviceLink, area: AreaId, chunk: Hash, bytes: Uint8Array): PutOutcome | null {
  if (!isReferred(relay, link, area, chunk))
    return relay.chunks.isGone(area, chunk)
      ? { status: 410, ...HELD_NOTHING, cause: 'withdrawn' }
      : { status: 403, ...HELD_NOTHING, cause: 'not referred to' };
  const before = heldOf(relay, area, chunk, link.org);
  if (before.whole) return { status: 200, ...before };
  if (createHash('sha256').update(bytes).digest('hex') !== chunk)
    return { status: 422, ...HELD_NOTHING, cause: 'hash differs' };
  return null;
}

/** Counts them before they are written; what they are refused with, where they do not fit. */
async function reserve(
  relay: Relay,
  link: DeviceLink,
  area: AreaId,
  taken: readonly Small[],
): Promise<PutOutcome | null> {
  const { org } = link;
  const isNew = ({ chunk, bytes }: Small): boolean =>
    relay.chunks.counted(area, chunk, org) !== bytes.length && isReferred(relay, link, area, chunk);
  let full: QuotaWord | null = null;
  const noted = await relay.commits.durably(() => {
    const more = taken.filter(isNew);
    full = overQuota(
      relay,
      org,
      area,
      more.reduce((sum, { bytes }) => sum + bytes.length, 0),
    );
    if (full === null) for (const { chunk, bytes } of more) relay.chunks.expect(area, chunk, org, bytes.length);
  });
  if (full !== null) return { status: QUOTA_STATUS[full], ...HELD_NOTHING, cause: full };
  return noted.ok ? null : { status: 507, ...HELD_NOTHING, cause: 'storage full' };
}
