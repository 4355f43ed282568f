/**
 * Checks signatures, those that wait together on threads beside: it is most of what an entry costs, and needs nothing but the
 * bytes. A few at a time are checked here, since a trip would take longer. Promises the verdict that `check` reaches, in any
 * case: what a thread that ended had not answered is checked here.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Platform } from '../../../shared/primitives/platform.ts';
import { check } from './check.ts';
import type { Check } from './packing.ts';
import { isPackable, pack } from './packing.ts';

/** So many that wait together are checked at once, here. */
const FEW = 4;
/** To one thread in one piece: some 2 ms of work, so that verdicts come in steps. */
const PIECE = 48;
/** One core is the relay's own. */
const MOST_THREADS = 3;

interface Job extends Check {
  readonly settle: (good: boolean) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Handed over and not answered, oldest first. */
  readonly pieces: (readonly Job[])[];
}

export function openSignatures(platform: Platform, threads = Math.min(MOST_THREADS, availableParallelism() - 1)) {
  let waiting: Job[] = [];
  const pool: Thread[] = [];
  let isClosed = false;

  const here = (jobs: readonly Job[]): void =>
    jobs.forEach((job) => void check(platform, job).then(job.settle, () => job.settle(false)));

  /** Begun with the first crowd, since most relays never have one. */
  function begin(): void {
    const worker = new Worker(new URL('./signatures.thread.ts', import.meta.url));
    const thread: Thread = { worker, pieces: [] };
    worker.unref();
    worker.on('message', (verdicts: Uint8Array) =>
      thread.pieces.shift()?.forEach((job, i) => job.settle(verdicts[i] === 1)),
    );
    worker.on('error', () => {}); // `exit` follows
    worker.once('exit', () => {
      pool.splice(pool.indexOf(thread), 1);
      here(thread.pieces.splice(0).flat());
    });
    pool.push(thread);
  }

  function flush(): void {
    const jobs = waiting;
    waiting = [];
    if (jobs.length <= FEW || threads < 1 || isClosed) return here(jobs);
    while (pool.length < threads) begin();
    for (let at = 0; at < jobs.length; at += PIECE) {
      const piece = jobs.slice(at, at + PIECE);
      const idlest = pool.reduce((best, one) => (one.pieces.length < best.pieces.length ? one : best));
      idlest.pieces.push(piece);
      const packed = pack(piece);
      idlest.worker.postMessage(packed, [packed.buffer]);
    }
  }

  return {
    /** Whether the signature over `signed` (a label and parts, framed) is of this key. */
    check(one: Check): Promise<boolean> {
      if (!isPackable(one)) return Promise.resolve(false);
      return new Promise((settle) => {
        if (waiting.push({ ...one, settle }) === 1) setImmediate(flush); // with all that has arrived in this turn
      });
    },
    async close(): Promise<void> {
      isClosed = true;
      await Promise.all(pool.map(({ worker }) => worker.terminate()));
    },
  };
}
export type Signatures = ReturnType<typeof openSignatures>;
