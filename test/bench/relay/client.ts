/** One connection of a benchmark: sends frames that were made before, and counts the updates in those that come. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Client } from './load.ts';

export interface OpenClient extends Client {
  readonly socket: WebSocket;
  close(): void;
}

/** `updatesIn` hears every frame, those of the handshake too; `frames` are sent one by one. */
export async function openClient(
  url: string,
  frames: readonly Uint8Array[],
  updatesIn: (frame: Buffer, socket: WebSocket) => number,
): Promise<OpenClient> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  let heard = 0;
  let tell = (): void => {};
  let at = 0;
  socket.on('message', (frame: Buffer) => {
    const more = updatesIn(frame, socket);
    if (more === 0) return;
    heard += more;
    tell();
  });
  await once(socket, 'open');
  return {
    socket,
    send() {
      const frame = frames[at++];
      if (frame === undefined) throw new Error('a client has no more updates ready');
      socket.send(frame);
    },
    heard: () => heard,
    listen: (told) => void (tell = told),
    close: () => socket.terminate(),
  };
}
