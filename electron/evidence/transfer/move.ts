/**
 * Owns moving one chunk and what follows from how that ended. Promises that each outcome leaves the job able to go on,
 * waiting with a cause, or failed with one.
 */
import type { TransferCause } from '../../../shared/ipc/evidence.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { waitForSender } from './ask.ts';
import type { Engine } from './context.ts';
import { confirmSent } from './confirm.ts';
import { getChunk } from './download.ts';
import type { GetOutcome } from './download.ts';
import { allHeld, canFetch, healJobs, isHeld, nextLacking, setHeld, sizeOf } from './job.ts';
import type { Job } from './job.ts';
import { waitAfter } from './pace.ts';
import type { Failure, Relay } from './relay.ts';
import { failed } from './relay.ts';
import { putChunk } from './upload.ts';
import type { PutOutcome } from './upload.ts';

/** A chunk that came with another hash so often is not tried again unasked. */
const MOST_SPOILED = 3;

export async function moveUp(engine: Engine, relay: Relay, job: Job, chunk: number): Promise<void> {
  const { content, area } = job.wanted;
  const found = content.chunks[chunk];
  if (found === undefined) return;
  const from = job.held[chunk] ?? 0;
  const { signal } = job.stop;
  const begun = engine.gate.begin();
  const sent = (): void => {
    void confirmSent(engine, relay, job);
    engine.changed(job);
  };
  job.meter.add(0, engine.now()); // its time begins now
  const outcome = await telling(
    engine,
    sent,
    putChunk(relay, engine.store, engine.bandwidth, {
      hash: found.hash,
      size: found.size,
      from,
      area,
      signal,
      sent,
    }),
  ).catch(onDiskError);
  const known = job.moving.get(chunk) ?? 0;
  if (outcome.is === 'held') job.meter.add(Math.max(0, outcome.held - from - known), engine.now());
  job.moving.delete(chunk);
  settleUp(engine, job, chunk, from, outcome, begun);
  engine.changed(job);
}

/** Tells now and then while this goes on: a link that takes or gives nothing says so by its rate, long before it is given up. */
async function telling<T>(engine: Engine, tell: () => void, going: Promise<T>): Promise<T> {
  const ticking = setInterval(tell, engine.pace.confirm);
  return going.finally(() => clearInterval(ticking));
}

/** Fetches so much where this disk has room for it beside all else that is on its way here. */
export async function withRoom<T>(engine: Engine, bytes: ByteCount, fetch: () => Promise<T>): Promise<T | Failure> {
  engine.coming += bytes;
  try {
    const free = await engine.store.freeSpace().catch(() => Number.POSITIVE_INFINITY);
    return free - engine.coming >= engine.freeFloor ? await fetch() : failed('no space here', 'version');
  } finally {
    engine.coming -= bytes;
  }
}

export const hashOf = (job: Job, chunk: number): Hash => job.wanted.content.chunks[chunk]?.hash ?? ('' as Hash);

/** What follows from how a chunk's way up, begun at `from`, ended. */
export function settleUp(
  engine: Engine,
  job: Job,
  chunk: number,
  from: number,
  outcome: PutOutcome,
  begun: number,
): void {
  switch (outcome.is) {
    case 'held':
      engine.gate.reached();
      setHeld(job, chunk, outcome.held, outcome.whole);
      if (outcome.held > from) engine.gate.moved();
      if (outcome.held > from || isHeld(job, chunk)) job.wait = null;
      else setWait(engine, job, failed('busy', 'version'));
      if (allHeld(job)) job.whole = true;
      return;
    case 'spoiled':
      engine.gate.reached();
      setHeld(job, chunk, 0, false);
      spoil(engine, job, chunk);
      return;
    case 'aborted':
      job.asked = 'no'; // what arrived of it is known at the relay only
      return;
    case 'failed':
      job.asked = 'no';
      settleFailure(engine, job, outcome, begun);
      return;
  }
}

export async function moveDown(engine: Engine, relay: Relay, job: Job, chunk: number): Promise<void> {
  const { content, area } = job.wanted;
  const found = content.chunks[chunk];
  if (found === undefined) return;
  const { signal } = job.stop;
  const begun = engine.gate.begin();
  const held = (bytes: number): void => {
    // A chunk counts as held only once it has its hash: until then its last byte is not counted.
    job.meter.add(Math.max(0, bytes - (job.held[chunk] ?? 0)), engine.now());
    setHeld(job, chunk, Math.min(bytes, found.size - 1), false);
    engine.gate.moved();
    engine.changed(job);
  };
  const get = { hash: found.hash, size: found.size, area, signal, held };
  const outcome = await withRoom(engine, found.size, () =>
    telling(engine, () => engine.changed(job), getChunk(relay, engine.store, engine.bandwidth, get)),
  ).catch(onDiskError);
  job.moving.delete(chunk);
  settleDown(engine, job, chunk, outcome, begun);
  engine.changed(job);
}

/** What follows from how a chunk's way down ended. */
export function settleDown(engine: Engine, job: Job, chunk: number, outcome: GetOutcome, begun: number): void {
  switch (outcome.is) {
    case 'whole':
      engine.gate.reached();
      engine.gate.moved();
      setHeld(job, chunk, sizeOf(job, chunk), true);
      job.wait = null;
      healJobs(engine.jobs, hashOf(job, chunk));
      break;
    case 'part':
      // Ended early without an error: as good as a cut.
      engine.gate.failed(failed('relay unreachable', 'link'), begun);
      break;
    case 'spoiled':
      engine.gate.reached();
      setHeld(job, chunk, 0, false);
      spoil(engine, job, chunk);
      break;
    case 'aborted':
      break;
    case 'failed':
      if (outcome.cause === 'not there yet') job.there[chunk] = false;
      else settleFailure(engine, job, outcome, begun);
  }
  if (
    job.failed === null &&
    job.asked === 'yes' &&
    job.moving.size === 0 &&
    !allHeld(job) &&
    nextLacking(job, (index) => canFetch(job, index)) === null
  )
    waitForSender(engine, job);
}

function spoil(engine: Engine, job: Job, chunk: number): void {
  const times = (job.spoiled.get(chunk) ?? 0) + 1;
  job.spoiled.set(chunk, times);
  if (times >= MOST_SPOILED) job.failed = 'does not verify';
  else engine.changed(job);
}

function settleFailure(engine: Engine, job: Job, failure: Failure, begun: number): void {
  if (failure.scope === 'link') engine.gate.failed(failure, begun);
  else {
    engine.gate.reached();
    if (isFinal(failure.cause)) job.failed = failure.cause;
    else setWait(engine, job, failure);
  }
}

/** Waits of one job; several chunks that fail together count once. */
function setWait(engine: Engine, job: Job, failure: Failure): void {
  if (job.wait !== null && job.wait.nextAt > engine.now()) return;
  job.wait = waitAfter(job.wait, failure.cause, engine.now(), engine.pace, failure.retryAfter);
}

/** What time does not mend. */
const isFinal = (cause: TransferCause): boolean =>
  cause === 'missing here' || cause === 'withdrawn' || cause === 'does not verify';

export const onDiskError = (): Failure => failed('disk error', 'version');
