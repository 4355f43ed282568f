/** Starts the sieve's worker as a thread of this Node, as the sync worker starts one in Chromium. */
import { Worker } from 'node:worker_threads';
import type { SieveThread } from '../../../renderer/sync/docs/sieveRun.ts';
import type { FromSieve } from '../../../renderer/sync/docs/sifting.ts';

/** Short, so that a test need not wait; a busy machine gives an honest update two tries. */
const PATIENCE = 1000;

export function startSieveThread(): SieveThread {
  const thread = new Worker(new URL('./sieve.thread.ts', import.meta.url), { execArgv: ['--no-warnings'] });
  thread.unref();
  return {
    patience: PATIENCE,
    post: (message) => thread.postMessage(message),
    listen: (heard, ended) => {
      thread.on('message', (word: FromSieve) => heard(word));
      thread.on('error', ended);
      thread.on('exit', ended);
    },
    kill: () => void thread.terminate(),
  };
}
