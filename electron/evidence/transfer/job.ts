/**
 * Owns the facts of one transfer: a version in one direction through one area, what of each chunk is where, what stands
 * in its way. Facts only; the engine acts on them and `describe` tells them.
 */
import type { TransferCause, TransferNews, Wanted } from '../../../shared/ipc/evidence.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { isSound, sealedTotal } from '../format.ts';
import type { Verifier } from '../read/verify.ts';
import { markOf } from '../store/marks.ts';
import { makeMeter } from './meter.ts';
import type { Meter } from './meter.ts';
import type { Wait } from './pace.ts';

export type Direction = 'up' | 'down';

export interface Job {
  readonly key: string;
  readonly direction: Direction;
  wanted: Wanted;
  readonly total: ByteCount;
  /** Sealed bytes of each chunk that are at the target: the relay (as last told) or this disk. */
  readonly held: ByteCount[];
  /** Chunks that are whole at the target. All bytes of one may be held at the relay before it found the hash right. */
  readonly complete: Set<number>;
  /** Down only: the chunks that are whole at the relay, as last told. */
  readonly there: boolean[];
  /** Chunks on their way; going up, with the bytes that the relay has said since that it holds of each beyond `held`. */
  readonly moving: Map<number, ByteCount>;
  /** Up only: since when no answer has come about what is on its way; null before the first byte. */
  readonly confirm: { since: Millis | null; asking: boolean };
  /** Down only: chunks that somebody waits to see, the next to be fetched first; also while the rest is paused. */
  needed: readonly number[];
  /** No chunk before this one is lacking. */
  firstLacking: number;
  /** Down only: whether this disk was looked at. */
  looked: 'no' | 'looking' | 'yes';
  /** What was found is out of date already. */
  lookAgain: boolean;
  /** Whether the relay was asked what it holds. */
  asked: 'no' | 'asking' | 'yes';
  verifying: boolean;
  verifier: Verifier | null;
  whole: boolean;
  failed: TransferCause | null;
  wait: Wait | null;
  /** How often a chunk did not have its hash. */
  readonly spoiled: Map<number, number>;
  readonly meter: Meter;
  /** Aborted when the job is paused or no longer wanted; a new one when it goes on. */
  stop: AbortController;
}

/** Two manifests that name one version are two jobs: one of them lies. */
export const jobKey = (direction: Direction, { area, content }: Wanted): string =>
  `${direction} ${area} ${isSound(content) ? markOf(content) : `${content.version} unsound`}`;

export function makeJob(direction: Direction, wanted: Wanted): Job {
  const sound = isSound(wanted.content);
  return {
    key: jobKey(direction, wanted),
    direction,
    wanted,
    total: sound ? sealedTotal(wanted.content) : 0,
    held: wanted.content.chunks.map(() => 0),
    complete: new Set(),
    there: [],
    moving: new Map(),
    confirm: { since: null, asking: false },
    needed: [],
    firstLacking: 0,
    looked: direction === 'down' ? 'no' : 'yes',
    lookAgain: false,
    asked: 'no',
    verifying: false,
    verifier: null,
    whole: false,
    failed: sound ? null : 'does not verify',
    wait: null,
    spoiled: new Map(),
    meter: makeMeter(),
    stop: new AbortController(),
  };
}

export const sizeOf = (job: Job, chunk: number): ByteCount => job.wanted.content.chunks[chunk]?.size ?? 0;
export const isHeld = (job: Job, chunk: number): boolean => job.complete.has(chunk);
export const allHeld = (job: Job): boolean => nextLacking(job, () => true) === null;

/** The first chunk that the target lacks and `may` lets through. */
export function nextLacking(job: Job, may: (chunk: number) => boolean): number | null {
  while (job.firstLacking < job.held.length && isHeld(job, job.firstLacking)) job.firstLacking++;
  for (let chunk = job.firstLacking; chunk < job.held.length; chunk++)
    if (!isHeld(job, chunk) && may(chunk)) return chunk;
  return null;
}

/** Every change of `held` goes through here. */
export function setHeld(job: Job, chunk: number, bytes: ByteCount, whole: boolean): void {
  job.held[chunk] = Math.min(bytes, sizeOf(job, chunk));
  if (whole) job.complete.add(chunk);
  else {
    job.complete.delete(chunk);
    job.firstLacking = Math.min(job.firstLacking, chunk);
  }
}
/** Still to be worked on, now or later. */
export const isLive = (job: Job): boolean => !job.whole && job.failed === null && !job.wanted.paused;

/** Somebody waits to see a part of it, whether or not the rest is paused. */
export const isLookedAt = (job: Job): boolean => job.needed.length > 0 && !job.whole && job.failed === null;

/** Down only: at the relay as last told, and wanted now; of what is paused only what somebody looks at. */
export const canFetch = (job: Job, chunk: number): boolean =>
  job.there[chunk] === true && (!job.wanted.paused || job.needed.includes(chunk));

/** Whether anything can be done for it now or after a wait. */
export function isActive(job: Job): boolean {
  if (job.verifying) return true;
  if (job.failed !== null) return false;
  if (job.looked !== 'yes') return true;
  return job.whole ? job.direction === 'up' && job.asked !== 'yes' : !job.wanted.paused || isLookedAt(job);
}

/** What stands in the way of everything. */
export interface LinkState {
  readonly token: boolean;
  /** A person chose to wait for another link. */
  readonly held?: boolean;
  readonly wait: Wait | null;
}

/** The job as told to the worker. */
export function describe(job: Job, link: LinkState, now: Millis): TransferNews {
  const { version } = job.wanted.content;
  let done = job.held.reduce((sum, held) => sum + held, 0);
  for (const sent of job.moving.values()) done += sent;
  const rate = job.moving.size > 0 ? job.meter.rate(now) : 0;
  return {
    version,
    area: job.wanted.area,
    direction: job.direction,
    done: Math.min(done, job.total),
    total: job.total,
    rate,
    ...standing(job, link, now),
  };
}

function standing(job: Job, link: LinkState, now: Millis): Pick<TransferNews, 'state' | 'cause' | 'nextAt'> {
  if (job.whole) return { state: 'whole', cause: null, nextAt: null };
  if (job.wanted.paused) return { state: 'paused', cause: 'paused', nextAt: null };
  if (job.failed !== null) return { state: 'failed', cause: job.failed, nextAt: null };
  if (job.verifying && allHeld(job)) return { state: 'moving', cause: null, nextAt: null };
  if (!link.token) return { state: 'queued', cause: 'no link', nextAt: null };
  if (link.held === true) return { state: 'queued', cause: 'metered', nextAt: null };
  if (job.moving.size > 0) return { state: 'moving', cause: null, nextAt: null };
  const wait = link.wait ?? job.wait;
  if (wait === null) return { state: 'queued', cause: null, nextAt: null };
  if (wait.cause === 'not there yet') return { state: 'queued', cause: wait.cause, nextAt: null };
  return { state: 'retrying', cause: wait.cause, nextAt: wait.nextAt > now ? wait.nextAt : null };
}

/** Down only: what this disk holds of it may have changed. */
export function lookAgain(job: Job): void {
  if (job.direction !== 'down') return;
  if (job.looked === 'yes') job.looked = 'no';
  else job.lookAgain = true;
}

/** A chunk has come to this disk (null: any may have): what could not be sent for want of it goes on at once. */
export function healJobs(jobs: readonly Job[], hash: Hash | null): void {
  for (const job of jobs) {
    if (job.direction !== 'up' || job.failed !== 'missing here') continue;
    if (hash !== null && !job.wanted.content.chunks.some((chunk) => chunk.hash === hash)) continue;
    job.failed = null;
    job.asked = 'no';
  }
}

/** Stops what is on its way; it may begin again. */
export function haltJob(job: Job): void {
  job.stop.abort();
  job.stop = new AbortController();
}

/** The link is new, or (fully) a person asks: waits end, the relay is asked again, what failed is tried again. */
export function forgiveJob(job: Job, fully: boolean): void {
  job.wait = null;
  if (job.direction === 'up' && job.asked === 'yes') job.asked = 'no';
  if (!fully) return;
  job.spoiled.clear();
  if (isSound(job.wanted.content)) job.failed = null;
}
