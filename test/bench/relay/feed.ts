/** What both sides of the comparison are measured through: one writer, readers that count what they were sent and do no more. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Counter } from '../../support/counter.ts';
import { counter } from '../../support/counter.ts';

export interface Feed {
  readonly readers: readonly Reader[];
  /** Hands so many more updates, made before, to the connection. */
  send(more: number): void;
  /** Updates that were said to be on disk; null where nobody says. */
  readonly acknowledged: Counter | null;
  end(): Promise<void>;
}

export interface Reader {
  readonly updates: Counter;
  close(): void;
}

/** Opens a connection; `updatesIn` hears every frame, also those of a handshake, and says how many updates it brought. */
export async function reader(url: string, updatesIn: (frame: Buffer, socket: WebSocket) => number): Promise<Reader> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const updates = counter();
  socket.on('message', (frame: Buffer) => updates.add(updatesIn(frame, socket)));
  await once(socket, 'open');
  return { updates, close: () => socket.terminate() };
}
