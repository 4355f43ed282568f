/**
 * Owns asking the relay what it holds of several versions of one area at once, and what follows from the answer. For the
 * way up that is where to go on; for the way down, which chunks can be fetched already.
 */
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { Engine } from './context.ts';
import { allHeld, canFetch, isHeld, isLive, isLookedAt, setHeld } from './job.ts';
import type { Direction, Job } from './job.ts';
import { waitAfter } from './pace.ts';
import type { Aborted, Failure, Relay } from './relay.ts';
import { askHeld, MOST_ASKED } from './upload.ts';
import type { AtRelay } from './upload.ts';

interface Asked {
  readonly job: Job;
  readonly chunks: readonly number[];
}

export async function askRelay(
  engine: Engine,
  relay: Relay,
  direction: Direction,
  area: AreaId,
  signal: AbortSignal,
): Promise<void> {
  const asked = collect(engine, direction, area);
  for (const { job } of asked) job.asked = 'asking';
  const begun = engine.gate.begin();
  const hashes = asked.flatMap(({ job, chunks }) =>
    chunks.map((chunk) => job.wanted.content.chunks[chunk]?.hash).filter((hash) => hash !== undefined),
  );
  const held = await askInParts(relay, area, hashes, signal);
  if ('is' in held) {
    for (const { job } of asked) job.asked = 'no';
    if (held.is === 'failed' && held.scope === 'link') engine.gate.failed(held, begun);
    if (held.is === 'failed' && held.scope === 'version')
      for (const { job } of asked)
        job.wait = waitAfter(job.wait, held.cause, engine.now(), engine.pace, held.retryAfter);
  } else {
    engine.gate.reached();
    let at = 0;
    const arriving = held.some(({ whole }) => whole);
    for (const { job, chunks } of asked) {
      take(engine, job, chunks, held.slice(at, at + chunks.length), arriving);
      at += chunks.length;
    }
  }
  for (const { job } of asked) engine.changed(job);
}

/** The versions to ask about, as many as one question holds; those that wait for their sender are asked about with the rest. */
function collect(engine: Engine, direction: Direction, area: AreaId): Asked[] {
  const now = engine.now();
  const asked: Asked[] = [];
  let count = 0;
  for (const job of engine.jobs) {
    if (job.direction !== direction || job.wanted.area !== area || job.asked !== 'no' || job.looked !== 'yes') continue;
    if (!isLive(job) && !isLookedAt(job) && !(job.whole && direction === 'up')) continue;
    if (job.wait !== null && job.wait.nextAt > now && job.wait.cause !== 'not there yet') continue;
    if (count >= MOST_ASKED) break;
    const all = job.wanted.content.chunks.map((_, chunk) => chunk);
    const chunks = direction === 'up' ? all : all.filter((chunk) => !isHeld(job, chunk)).slice(0, MOST_ASKED);
    asked.push({ job, chunks });
    count += chunks.length;
  }
  return asked;
}

async function askInParts(
  relay: Relay,
  area: AreaId,
  hashes: readonly Hash[],
  signal: AbortSignal,
): Promise<AtRelay[] | Failure | Aborted> {
  const held: AtRelay[] = [];
  for (let at = 0; at < hashes.length; at += MOST_ASKED) {
    const part = await askHeld(relay, area, hashes.slice(at, at + MOST_ASKED), signal);
    if ('is' in part) return part;
    held.push(...part);
  }
  return held;
}

/** `arriving`: something of what was asked is there, so that the rest may be soon. */
function take(engine: Engine, job: Job, chunks: readonly number[], held: readonly AtRelay[], arriving: boolean): void {
  job.asked = 'yes';
  if (job.direction === 'down') {
    chunks.forEach((chunk, i) => (job.there[chunk] = held[i]?.whole === true));
    // The wait is over, but not forgotten: the next is longer, if nothing comes of this one.
    if (!chunks.some((chunk) => canFetch(job, chunk))) waitForSender(engine, job, arriving);
    else if (job.wait !== null) job.wait = { ...job.wait, nextAt: engine.now() };
    return;
  }
  let more = false;
  chunks.forEach((chunk, i) => {
    const { held: bytes, whole } = held[i] ?? { held: 0, whole: false };
    more ||= bytes > (job.held[chunk] ?? 0);
    if (!job.moving.has(chunk)) setHeld(job, chunk, bytes, whole);
  });
  if (more) engine.gate.moved();
  job.whole = allHeld(job);
}

/** Nothing more can be fetched yet: asked again in a few seconds. */
export function waitForSender(engine: Engine, job: Job, soon = false): void {
  const before = soon && job.wait !== null ? { ...job.wait, tries: Math.min(job.wait.tries, 1) } : job.wait;
  job.wait = waitAfter(before, 'not there yet', engine.now(), engine.pace);
  job.asked = 'no';
}
