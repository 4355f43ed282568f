/** The worker's ports: MessagePort as the `Port` of shared/ipc/rpc.ts. */
import type { Port } from '../../shared/ipc/rpc.ts';

export const portOf = (port: MessagePort): Port => ({
  post: (message, transfer) => port.postMessage(message, (transfer ?? []) as Transferable[]),
  listen: (heard) => {
    port.addEventListener('message', (event: MessageEvent) => heard(event.data, event.ports));
    port.start();
  },
  close: () => port.close(),
});
