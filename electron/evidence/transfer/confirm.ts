/**
 * Owns how far chunks on their way up have come, by the relay's own word: what was handed to a connection may lie in any
 * buffer between, and "Sending 42%" means that it is at the relay. Asks while bytes move, seldom enough to cost nothing. The rate is counted by the same word.
 */
import type { Engine } from './context.ts';
import { sizeOf } from './job.ts';
import type { Job } from './job.ts';
import type { Relay } from './relay.ts';
import { askHeld } from './upload.ts';

/** Called as bytes go, and while a connection takes none; asks when the last answer is old. A failure says nothing: the transfer itself will meet it. */
export async function confirmSent(engine: Engine, relay: Relay, job: Job): Promise<void> {
  const { confirm } = job;
  confirm.since ??= engine.now();
  if (confirm.asking || engine.now() - confirm.since < engine.pace.confirm) return;
  confirm.asking = true;
  const asked = [...job.moving.keys()];
  const hashes = asked.flatMap((chunk) => job.wanted.content.chunks[chunk]?.hash ?? []);
  const answer = await askHeld(relay, job.wanted.area, hashes, job.stop.signal);
  confirm.asking = false;
  confirm.since = engine.now();
  if ('is' in answer) return;
  for (const [index, chunk] of asked.entries()) {
    const known = job.moving.get(chunk);
    // Its last byte counts when the relay has taken the whole, not before.
    const beyond = Math.min(answer[index]?.held ?? 0, sizeOf(job, chunk) - 1) - (job.held[chunk] ?? 0);
    if (known === undefined || beyond <= known) continue;
    job.moving.set(chunk, beyond);
    job.meter.add(beyond - known, engine.now());
  }
  engine.changed(job);
}
