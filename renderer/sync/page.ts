/**
 * The hidden window's page: it starts the sync worker and hands it the ports that main brokers. It holds nothing itself.
 */
import { isBrokered } from './brokered.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

window.addEventListener('message', (event) => {
  if (event.origin !== window.location.origin || !isBrokered(event.data)) return;
  const [port] = event.ports;
  if (port) worker.postMessage({ kind: event.data.kind }, [port]);
});
window.postMessage({ joinder: 'ready' }, window.location.origin);
