/**
 * One WebSocket, as links use it: frames come one at a time and in order, reading stops while the peer does not take what
 * it asked for, and a peer that answers no ping is let go. Knows nothing of what the frames mean.
 */
import type { RawData, WebSocket } from 'ws';
import type { ByteCount, Millis } from '../../shared/primitives/units.ts';
import { KiB, MiB, SECOND } from '../../shared/primitives/units.ts';

/** Unsent bytes past which a link is slow: pushes are dropped, requests wait. */
export const SLOW: ByteCount = MiB;
/** Largest frame before a peer has proved who it is. */
const STRANGER: ByteCount = 64 * KiB;
const HANDSHAKE: Millis = 10 * SECOND;
const KEEPALIVE: Millis = 30 * SECOND;
/** Frames received and not yet handled past which reading stops. */
const INBOX = 256;

/** Close codes of ours, beside those of the protocol. */
export const CLOSED = { leaving: 1001, malformed: 4400, refused: 4403, late: 4408 } as const;

export interface Peer {
  send(frame: Uint8Array): void;
  isSlow(): boolean;
  /** The peer has proved who it is: no deadline and larger frames from here. */
  accept(): void;
  close(code: number, reason: string): void;
}

export interface PeerParts {
  receive(frame: Uint8Array): Promise<void>;
  /** The peer has taken what was unsent. */
  drained(): void;
  closed(): void;
}

const bytesOf = (data: RawData): Uint8Array => {
  const whole = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  return new Uint8Array(whole.buffer, whole.byteOffset, whole.byteLength);
};

export function openPeer(socket: WebSocket, parts: PeerParts): Peer {
  const inbox: Uint8Array[] = [];
  let handling = false;
  let accepted = false;
  let answered = true;
  let resume: (() => void) | null = null;

  const isSlow = (): boolean => socket.bufferedAmount > SLOW;
  const late = setTimeout(() => close(CLOSED.late, 'no hello'), HANDSHAKE);
  const keepalive = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, KEEPALIVE);

  function close(code: number, reason: string): void {
    if (socket.readyState === socket.OPEN) socket.close(code, reason);
  }

  function sent(): void {
    if (isSlow()) return;
    resume?.();
    resume = null;
    parts.drained();
  }

  async function handle(): Promise<void> {
    handling = true;
    for (let frame = inbox.shift(); frame; frame = inbox.shift()) {
      if (inbox.length < INBOX / 2 && socket.isPaused) socket.resume();
      await parts.receive(frame);
      if (isSlow()) await new Promise<void>((resolve) => (resume = resolve));
    }
    handling = false;
  }

  socket.on('message', (data, isBinary) => {
    const frame = bytesOf(data);
    if (!isBinary || (!accepted && frame.length > STRANGER)) return close(CLOSED.malformed, 'malformed');
    inbox.push(frame);
    if (inbox.length >= INBOX) socket.pause();
    if (!handling) void handle();
  });
  socket.on('pong', () => (answered = true));
  socket.on('error', () => socket.terminate()); // frames that are no WebSocket, or too large; `close` follows
  socket.on('close', () => {
    clearTimeout(late);
    clearInterval(keepalive);
    inbox.length = 0;
    resume?.();
    parts.closed();
  });

  return {
    send(frame) {
      if (socket.readyState === socket.OPEN) socket.send(frame, sent);
    },
    isSlow,
    accept() {
      accepted = true;
      clearTimeout(late);
    },
    close,
  };
}
