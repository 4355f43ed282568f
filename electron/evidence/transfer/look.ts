/**
 * Owns what this disk says of a version on its way down: which chunks are here, how much of the others, and, as they
 * come, whether the whole has its SHA-256. Says `whole` only of what was verified and marked so.
 */
import { BATCH } from '../../../shared/wire/http.ts';
import { makeVerifier } from '../read/verify.ts';
import { FEW } from '../store/chunkStore.ts';
import { markOf } from '../store/marks.ts';
import type { Engine } from './context.ts';
import { allHeld, isHeld, setHeld } from './job.ts';
import type { Job } from './job.ts';
import { waitAfter } from './pace.ts';

/** Versions verified, and looked for on disk, at once. Of small ones more: they wait for the disk most of the time. */
const SMALL_AT_ONCE = 12;
const VERIFYING = { small: SMALL_AT_ONCE, large: 2 } as const;
const sizeClass = (job: Job): keyof typeof VERIFYING => (job.total <= BATCH.chunk ? 'small' : 'large');
const LOOKING = 8;

/** Begins what can be begun of these, in their order. */
export function workOnDisk(engine: Engine, jobs: readonly Job[], run: (work: Promise<void>) => void): void {
  let looking = jobs.filter((job) => job.looked === 'looking').length;
  const verifying = { small: 0, large: 0 };
  for (const job of jobs) if (job.verifying) verifying[sizeClass(job)]++;
  const now = engine.now();
  for (const job of jobs) {
    if (looking >= LOOKING && verifying.small >= VERIFYING.small && verifying.large >= VERIFYING.large) return;
    if (job.wait !== null && job.wait.nextAt > now) continue;
    const size = sizeClass(job);
    if (job.looked === 'no' && looking < LOOKING) {
      looking++;
      run(lookAtDisk(engine, job));
    } else if (verifying[size] < VERIFYING[size] && canVerify(job)) {
      verifying[size]++;
      run(verifyOn(engine, job));
    }
  }
}

async function lookAtDisk(engine: Engine, job: Job): Promise<void> {
  const { content } = job.wanted;
  const { store } = engine;
  job.looked = 'looking';
  job.lookAgain = false;
  try {
    const here = await store.present(content.chunks.map((chunk) => chunk.hash));
    const partials = content.chunks.length > FEW ? await store.partials() : null;
    for (const [chunk, { hash, size }] of content.chunks.entries()) {
      if (job.moving.has(chunk)) continue;
      const whole = here.has(hash);
      const held = !whole && partials?.has(hash) !== false ? Math.min(await store.partialSize(hash), size - 1) : 0;
      setHeld(job, chunk, whole ? size : held, whole);
    }
    job.whole = allHeld(job) && (await store.isMarked(markOf(content)));
    if (!job.whole) job.asked = 'no';
    job.looked = job.lookAgain ? 'no' : 'yes'; // chunks came by another way meanwhile
  } catch {
    job.looked = 'no';
    job.wait = waitAfter(job.wait, 'disk error', engine.now(), engine.pace);
  }
  engine.changed(job);
}

/** Whether the next chunk to verify is here. */
function canVerify(job: Job): boolean {
  if (
    job.direction !== 'down' ||
    job.verifying ||
    job.whole ||
    job.failed !== null ||
    job.wanted.paused ||
    job.looked !== 'yes'
  )
    return false;
  const next = job.verifier?.next() ?? 0;
  return next >= job.held.length || isHeld(job, next);
}

/** Verifies as far as chunks are here; when the last was looked at, marks the version or fails it. */
async function verifyOn(engine: Engine, job: Job): Promise<void> {
  const { content } = job.wanted;
  job.verifying = true;
  job.verifier ??= makeVerifier(engine.store, content);
  const verifier = job.verifier;
  const { signal } = job.stop;
  try {
    while (!signal.aborted && verifier.next() < content.chunks.length && isHeld(job, verifier.next())) {
      const cause = await verifier.step();
      if (cause === null) continue;
      job.verifier = null;
      if (cause === 'does not verify') job.failed = cause;
      else job.looked = 'no'; // a chunk was lost on this disk: it is fetched again
      return;
    }
    if (verifier.next() < content.chunks.length || signal.aborted) return;
    job.verifier = null;
    if (!verifier.holds()) job.failed = 'does not verify';
    else {
      await engine.store.mark(markOf(content));
      job.whole = true;
    }
  } catch {
    job.verifier = null;
    job.wait = waitAfter(job.wait, 'disk error', engine.now(), engine.pace);
  } finally {
    job.verifying = false;
    engine.changed(job);
  }
}
