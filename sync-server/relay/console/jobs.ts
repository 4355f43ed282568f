/**
 * What takes long: a copy, looking a copy over, verifying the records. Each in a thread of its own, one at a time, so that
 * the console goes on answering; what came of it is shown until the next.
 */
import { Worker } from 'node:worker_threads';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Config } from '../config/schema.ts';

export const JOBS = ['make copy', 'verify copy', 'verify records'] as const;
export type JobName = (typeof JOBS)[number];

export interface JobAsked {
  readonly job: JobName;
  readonly dir: string;
  readonly config: Config;
}

/** What a job says at its end. */
export interface JobSaid {
  readonly ok: boolean;
  readonly lines: readonly string[];
  /** For the act that is put down. */
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Job {
  readonly job: JobName;
  readonly by: string;
  readonly since: Millis;
  readonly said: JobSaid | null;
}

export function openJobs(dir: string, config: Config, now: () => Millis) {
  const last = new Map<JobName, Job>();
  let running: Worker | null = null;

  return {
    last: (job: JobName): Job | null => last.get(job) ?? null,
    /** False: another is under way. */
    begin(job: JobName, by: string, ended: (said: JobSaid) => void): boolean {
      if (running !== null) return false;
      const begun = { job, by, since: now() };
      last.set(job, { ...begun, said: null });
      const worker = new Worker(new URL('./job.thread.ts', import.meta.url), {
        workerData: { job, dir, config } satisfies JobAsked,
      });
      running = worker;
      let said: JobSaid = { ok: false, lines: ['It ended without a word. Look at the log of the relay.'], detail: {} };
      worker.once('message', (value: JobSaid) => (said = value));
      worker.once('error', () => undefined); // `exit` follows
      worker.once('exit', () => {
        running = null;
        last.set(job, { ...begun, said });
        ended(said);
      });
      return true;
    },
    close: async (): Promise<void> => void (await running?.terminate()),
  };
}
