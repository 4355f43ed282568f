/**
 * A WebSocket to a relay, for tests: keeps every message that came, and waits for one by what it says, never by time.
 */
import { WebSocket } from 'ws';

export interface Waiting<T> {
  readonly socket: WebSocket;
  /** Everything that came so far. */
  readonly messages: readonly T[];
  /** The first message, already here or yet to come, that this function picks. Fails when the socket closes without it. */
  readonly next: <R extends T>(pick: (message: T) => message is R) => Promise<R>;
  send(frame: Uint8Array): void;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  close(): Promise<void>;
}

export function openSocket<T>(url: string, path: string, decode: (frame: Uint8Array) => T): Waiting<T> {
  const socket = new WebSocket(url.replace(/^http/, 'ws') + path, { perMessageDeflate: false });
  const messages: T[] = [];
  const waiting = new Set<() => void>();
  let over: Error | null = null;
  const wake = (): void => waiting.forEach((look) => look());
  socket.on('message', (data: Buffer) => {
    messages.push(decode(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)));
    wake();
  });
  socket.on('error', (error) => (over = error));
  const closed = new Promise<number>((resolve) =>
    socket.on('close', (code) => {
      over ??= new Error(`the link closed (${code})`);
      wake();
      resolve(code);
    }),
  );
  return {
    socket,
    messages,
    closed,
    next: <R extends T>(pick: (message: T) => message is R): Promise<R> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = messages.find(pick);
          if (!found && !over) return;
          waiting.delete(look);
          if (found) resolve(found);
          else reject(over ?? new Error('closed'));
        };
        waiting.add(look);
        look();
      }),
    send: (frame) => socket.send(frame),
    async close() {
      socket.close();
      await closed;
    },
  };
}
