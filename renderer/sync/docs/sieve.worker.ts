/** The sieve's disposable worker in Chromium: started by the sync worker, ended by it when it hangs. */
import type { FromSieve, ToSieve } from './sifting.ts';
import { openSifting } from './sifting.ts';

const sift = openSifting();
const answer = (word: FromSieve): void => self.postMessage(word);

self.addEventListener('message', (event: MessageEvent<ToSieve>) => answer(sift(event.data)));
answer('started');
