/** A MessagePort of the main process as the port that `connectPeer` speaks over; what is sent carries its own bytes only. */
import type { MessagePortMain } from 'electron';
import type { Port } from '../../shared/ipc/rpc.ts';
import { ownBytes } from './ownBytes.ts';

export const portOver = (port: MessagePortMain): Port => ({
  post: (message, transfer = []) => port.postMessage(ownBytes(message), transfer as MessagePortMain[]),
  listen: (heard) => {
    port.on('message', (event) => heard(event.data, event.ports));
    port.start();
  },
  close: () => port.close(),
});
