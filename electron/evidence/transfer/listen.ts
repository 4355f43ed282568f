/**
 * Owns hearing at once of what its sender has sent: one question for an area stays open at the relay, which answers it when
 * something that is lacking here has come there. Spares time alone: what is asked now and then finds the same, also at a
 * relay that does not wait.
 */
import type { AreaId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Engine } from './context.ts';
import { isHeld, isLive, isLookedAt } from './job.ts';
import type { Job } from './job.ts';
import type { Relay } from './relay.ts';
import { askHeld, MOST_ASKED } from './upload.ts';

/** Areas listened to at once, those of the highest rank. */
export const AREAS = 2;

interface Missed {
  readonly job: Job;
  readonly chunk: number;
}

export interface Listening {
  /** The questions that are to be kept open now and are not yet. */
  questions(jobs: readonly Job[]): Promise<void>[];
  /** Another relay, or the same anew. */
  begin(relay: Relay | null): void;
}

export function openListening(engine: Engine): Listening {
  let relay: Relay | null = null;
  let ended = new AbortController();
  let open = new Set<AreaId>();
  let notBefore: Millis = 0;

  async function ask(from: Relay, area: AreaId, missed: readonly Missed[], signal: AbortSignal): Promise<void> {
    const began = engine.now();
    const most = engine.pace.listen;
    const hashes = missed
      .map(({ job, chunk }) => job.wanted.content.chunks[chunk]?.hash)
      .filter((hash) => hash !== undefined);
    const held = await askHeld(from, area, hashes, signal, most);
    if (signal.aborted) return;
    open.delete(area);
    if ('is' in held) {
      notBefore = engine.now() + engine.pace.gentle;
      return;
    }
    const came = missed.filter((_, i) => held[i]?.whole === true);
    for (const { job, chunk } of came) hear(engine, job, chunk);
    // Answered at once, and of nothing: it does not wait.
    if (came.length === 0 && engine.now() - began < most / 2) relay = null;
  }

  return {
    questions: (jobs) => {
      const from = relay;
      if (from === null || engine.pace.listen === 0 || engine.held) return [];
      if (engine.gate.wait() !== null || engine.now() < notBefore) return [];
      const begun: Promise<void>[] = [];
      for (const job of jobs) {
        const { area } = job.wanted;
        if (open.size >= AREAS) break;
        if (open.has(area) || missedOf(job).length === 0) continue;
        open.add(area);
        const missed = jobs.filter((one) => one.wanted.area === area).flatMap((one) => missedOf(one));
        begun.push(ask(from, area, missed.slice(0, MOST_ASKED), ended.signal));
      }
      return begun;
    },
    begin: (next) => {
      ended.abort();
      ended = new AbortController();
      open = new Set();
      notBefore = 0;
      relay = next;
    },
  };
}

/** What the relay did not have when it was last asked, of what is wanted now. */
function missedOf(job: Job): Missed[] {
  if (job.looked !== 'yes' || job.there.length === 0 || !(isLive(job) || isLookedAt(job))) return [];
  return job.held.flatMap((_, chunk) => (isHeld(job, chunk) || job.there[chunk] === true ? [] : [{ job, chunk }]));
}

function hear(engine: Engine, job: Job, chunk: number): void {
  job.there[chunk] = true;
  if (job.asked === 'no') job.asked = 'yes'; // as good as asked
  if (job.wait?.cause === 'not there yet') job.wait = { ...job.wait, nextAt: engine.now() };
  engine.changed(job);
}
