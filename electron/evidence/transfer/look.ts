/**
 * Owns what this disk says of a version on its way down: which chunks are here, how much of the others, and, as they
 * come, whether the whole has its SHA-256. Says `whole` only of what was verified and marked so.
 */
import { makeVerifier } from '../read/verify.ts';
import { markOf } from '../store/marks.ts';
import type { Engine } from './context.ts';
import { allHeld, isHeld, setHeld } from './job.ts';
import type { Job } from './job.ts';
import { waitAfter } from './pace.ts';

/** Versions verified, and looked for on disk, at once. */
export const VERIFYING = 2;
export const LOOKING = 8;

export async function lookAtDisk(engine: Engine, job: Job): Promise<void> {
  const { content } = job.wanted;
  const { store } = engine;
  job.looked = 'looking';
  job.lookAgain = false;
  try {
    const here = await store.present(content.chunks.map((chunk) => chunk.hash));
    const partials = await store.partials();
    for (const [chunk, { hash, size }] of content.chunks.entries()) {
      if (job.moving.has(chunk)) continue;
      const whole = here.has(hash);
      const held = partials.has(hash) ? Math.min(await store.partialSize(hash), size - 1) : 0;
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
export function canVerify(job: Job): boolean {
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
export async function verifyOn(engine: Engine, job: Job): Promise<void> {
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
