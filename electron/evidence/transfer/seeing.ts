/**
 * Owns who waits to see a part of a version that is still coming: which chunks, the newest wish first, and when the wait is
 * over. What is fetched is the engine's choice; here is only what somebody looks at now.
 */
import type { Content } from '../../../shared/ipc/evidence.ts';
import { markOf } from '../store/marks.ts';
import { isHeld } from './job.ts';
import type { Job } from './job.ts';

/** Chunks fetched ahead of the last that is looked at: who reads on does not wait again. */
const AHEAD = 2;

interface Wait {
  readonly chunks: readonly number[];
  readonly over: (here: boolean) => void;
}

export interface Seeing {
  /** Answers once all of these chunks are here (true), or will not come by this job (false). */
  wait(job: Job | null, chunks: readonly number[], signal: AbortSignal): Promise<boolean>;
  /** Something of the job changed; `gone`: it is wanted no more. */
  changed(job: Job, gone?: boolean): void;
}

export function makeSeeing(): Seeing {
  const waits = new Map<Job, Wait[]>();

  function renew(job: Job): void {
    const all = waits.get(job) ?? [];
    if (all.length === 0) waits.delete(job);
    const asked = all.toReversed().flatMap(({ chunks }) => chunks);
    const last = Math.max(-1, ...(all.at(-1)?.chunks ?? []));
    const ahead = last < 0 ? [] : Array.from({ length: AHEAD }, (_, i) => last + 1 + i);
    job.needed = [...new Set([...asked, ...ahead])].filter((chunk) => chunk < job.held.length);
  }

  return {
    wait: (job, chunks, signal) =>
      new Promise((over) => {
        if (job === null) return over(false);
        if (chunks.every((chunk) => isHeld(job, chunk))) return over(true); // it came meanwhile
        const wait: Wait = { chunks, over };
        waits.set(job, [...(waits.get(job) ?? []), wait]);
        renew(job);
        const leave = (): void => {
          waits.set(
            job,
            (waits.get(job) ?? []).filter((one) => one !== wait),
          );
          renew(job);
          over(false);
        };
        if (signal.aborted) leave();
        else signal.addEventListener('abort', leave, { once: true });
      }),
    changed: (job, gone = false) => {
      const all = waits.get(job);
      if (all === undefined) return;
      const ends = gone || job.failed !== null;
      const isOver = ({ chunks }: Wait): boolean => ends || chunks.every((chunk) => isHeld(job, chunk));
      const over = all.filter(isOver);
      if (over.length === 0) return;
      waits.set(
        job,
        all.filter((wait) => !over.includes(wait)),
      );
      renew(job);
      for (const wait of over) wait.over(!ends);
    },
  };
}

/** The job that brings a version here, and has not yet. */
export function comingIn(jobs: Iterable<Job>, content: Content): Job | null {
  const mark = markOf(content);
  for (const job of jobs)
    if (job.direction === 'down' && !job.whole && job.failed === null && markOf(job.wanted.content) === mark)
      return job;
  return null;
}
