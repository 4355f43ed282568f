/**
 * The bridge of the hidden page: hands on the ports that main brings, to its own page only. It has no call to make.
 */
import { ipcRenderer } from 'electron';

ipcRenderer.on('port', (event, message: unknown) => window.postMessage(message, window.location.origin, event.ports));
