/**
 * A browser MessagePort as the `Port` that `connectPeer` speaks over.
 */
import type { Port } from '../../shared/ipc/rpc.ts';

export function portOf(port: MessagePort): Port {
  return {
    post: (message, transfer) => port.postMessage(message, (transfer ?? []) as Transferable[]),
    listen: (heard) => {
      port.addEventListener('message', (event) => heard(event.data, event.ports));
      port.start();
    },
    close: () => port.close(),
  };
}
