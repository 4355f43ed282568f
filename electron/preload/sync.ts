/**
 * The bridge of the hidden page: tells main when the page listens, and hands on the ports that main brings, to its own page
 * only. It has no call to make.
 */
import { ipcRenderer } from 'electron';

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const said = event.data;
  const isReady = typeof said === 'object' && said !== null && 'joinder' in said && said.joinder === 'ready';
  if (event.source === window && event.origin === window.location.origin && isReady) ipcRenderer.send('ready');
});
ipcRenderer.on('port', (event, message: unknown) => window.postMessage(message, window.location.origin, event.ports));
