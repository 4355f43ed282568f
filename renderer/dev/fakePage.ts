/**
 * FAKE. The page of `dev/`: puts a fake desktop where the preload script would, then starts the real screens on it.
 * `?as=` chooses what is shown: new, locked, officer, prosecutor, empty, store (one that does not open).
 */
import { fakeDesktop } from './fakeDesktop.ts';

const as = new URLSearchParams(window.location.search).get('as') ?? 'officer';
Object.defineProperty(window, 'joinder', { value: fakeDesktop(as) });
void import('../main.tsx');
