/** The sieve's disposable worker as a thread of Node: the same sifting, another post. */
import { parentPort } from 'node:worker_threads';
import type { FromSieve, ToSieve } from '../../../renderer/sync/docs/sifting.ts';
import { openSifting } from '../../../renderer/sync/docs/sifting.ts';

const sift = openSifting();
const answer = (word: FromSieve): void => parentPort?.postMessage(word);

parentPort?.on('message', (message: ToSieve) => answer(sift(message)));
answer('started');
