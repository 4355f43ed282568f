/**
 * GET of a chunk, whole or a range: only where the area refers to it and the device may read the area. Notes which device
 * has fetched a chunk to its end, for "already collected"; the note is lost rather than the fetch refused when the disk is
 * full.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { chunkRights } from './access.ts';

export interface Part {
  readonly start: ByteCount;
  /** Exclusive. */
  readonly end: ByteCount;
  readonly whole: boolean;
}

/** Reads one range of bytes; null where it cannot be had. No header, or a unit unknown here, asks for the whole. */
export function readRange(header: string | undefined, size: ByteCount): Part | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return { start: 0, end: size, whole: true };
  const [first, last] = [match[1] ?? '', match[2] ?? ''];
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return start < end ? { start, end, whole: false } : null;
}

export type Found = { readonly status: 200; readonly size: ByteCount } | { readonly status: 403 | 404 | 410 };

export function findChunk(relay: Relay, link: DeviceLink, area: AreaId, chunk: Hash): Found {
  return chunkRights(relay, link, area).read ? findReadable(relay, area, chunk) : { status: 403 };
}

/** The same for whoever may read the area. */
export function findReadable(relay: Relay, area: AreaId, chunk: Hash): Found {
  if (relay.chunks.referrers(area, chunk).length === 0) return { status: relay.chunks.isGone(area, chunk) ? 410 : 403 };
  const size = relay.chunks.isReachable(area, chunk) ? relay.chunks.wholeSize(chunk) : null;
  return size === null ? { status: 404 } : { status: 200, size };
}

export function noteFetched(relay: Relay, link: DeviceLink, area: AreaId, chunk: Hash): void {
  if (relay.directories.intake(area) === null) return; // only intakes can be withdrawn from
  relay.commits.add({ write: () => relay.chunks.noteFetched(area, chunk, link.org, link.device), settle: () => {} });
}
