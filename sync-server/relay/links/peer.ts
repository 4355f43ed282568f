/**
 * One WebSocket, as links use it: frames come one at a time and in order, reading stops while the peer does not take what
 * it asked for, and a peer that answers no ping is let go. What is sent within one turn goes out in one write. Knows nothing
 * of what the frames mean.
 */
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { KiB, MiB, SECOND } from '../../../shared/primitives/units.ts';
import type { Frame } from './frame.ts';

/** Unsent bytes past which a link is slow: pushes are dropped, requests wait. */
export const SLOW: ByteCount = MiB;
/**
 * Bytes sent and not known to be read past which a peer that has read nothing for `QUIET` gets no pushes: what the system keeps
 * for a connection would grow to some MiB before a byte lay unsent here, and Node sets no size for it. A ping behind each `ASK`
 * of them is answered once they were read. One that reads late, and reads, keeps its pushes.
 */
export const UNHEARD: ByteCount = 1536 * KiB;
const ASK: ByteCount = 256 * KiB;
export const QUIET: Millis = 2 * SECOND;
/** Largest frame before a peer has proved who it is. */
const STRANGER: ByteCount = 64 * KiB;
const HANDSHAKE: Millis = 10 * SECOND;
const KEEPALIVE: Millis = 30 * SECOND;
/** Pings in a row that may stay unanswered: on a thin line a pong waits behind what is being sent. */
const UNANSWERED = 3;
/** Frames, and bytes of them, received and not yet handled past which reading stops. */
const INBOX = 256;
const INBOX_BYTES: ByteCount = 8 * MiB;

/** Close codes of ours, beside those of the protocol. */
export const CLOSED = { leaving: 1001, failed: 1011, malformed: 4400, refused: 4403, late: 4408 } as const;

/** A WebSocket, and the connection that it is on, to which ready frames go. */
export interface Connection {
  readonly socket: WebSocket;
  readonly raw: Duplex;
}

export interface Peer {
  send(frame: Frame): void;
  /** Answers wait: too much lies unsent. */
  isSlow(): boolean;
  /** Pushes are dropped: too much lies unsent, or was sent to a peer that reads nothing. */
  isBehind(): boolean;
  /** The peer has proved who it is: no deadline and larger frames from here. */
  accept(): void;
  close(code: number, reason: string): void;
}

export interface PeerParts {
  receive(frame: Uint8Array): Promise<void>;
  /** The peer has taken what was unsent. */
  drained(): void;
  closed(): void;
  /** Handling a frame threw. */
  failed(why: string): void;
  /** As much was read ahead as may be, and more comes; whether the link was ended for it. Else reading stops. */
  overrun?(): boolean;
  /** What all links read ahead, where that is bounded. */
  readonly ahead?: { add(bytes: ByteCount): void; isMuch(): boolean };
  /** Left out: this machine's, which never goes back. */
  readonly now?: () => Millis;
}

const bytesOf = (data: RawData): Uint8Array => {
  const whole = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  return new Uint8Array(whole.buffer, whole.byteOffset, whole.byteLength);
};

export function openPeer({ socket, raw }: Connection, parts: PeerParts): Peer {
  const inbox: Uint8Array[] = [];
  const outbox: Frame[] = [];
  let outboxBytes: ByteCount = 0;
  let handling = false;
  let accepted = false;
  let isClosing = false;
  let unanswered = 0;
  let waitingBytes = 0;
  let resume: (() => void) | null = null;
  /** Of all bytes sent: how many there were, how many when the last ping went, how many the peer is known to have read. */
  let [given, asked, heard] = [0, 0, 0];
  const now = parts.now ?? (() => performance.now());
  /** Since when an answer is awaited; the last one that came counts. */
  let awaited: Millis = 0;

  const isSlow = (): boolean => socket.bufferedAmount + outboxBytes > SLOW;
  const isBehind = (): boolean => isSlow() || (given - heard > UNHEARD && now() - awaited > QUIET);
  const late = setTimeout(() => close(CLOSED.late, 'no hello'), HANDSHAKE);
  const keepalive = setInterval(() => {
    if (unanswered >= UNANSWERED) return socket.terminate();
    unanswered += 1;
    ask();
  }, KEEPALIVE);

  function ask(): void {
    if (heard === asked) awaited = now();
    asked = given;
    socket.ping(String(given));
  }

  function close(code: number, reason: string): void {
    flush();
    if (socket.readyState === socket.OPEN) socket.close(code, reason);
    isClosing = true;
    forget(); // what it still sends is passed over: unread, it would cut off our last words
    if (socket.isPaused) socket.resume();
  }

  /** Frames are whole and nothing else is half sent, so that they may go past `ws`, which would frame and write each by itself. */
  function flush(): void {
    const frames = outbox.splice(0);
    outboxBytes = 0;
    const last = frames.pop();
    if (last === undefined || socket.readyState !== socket.OPEN) return;
    if (frames.length > 0) raw.cork();
    for (const frame of frames) raw.write(frame);
    raw.write(last, sent);
    if (frames.length > 0) raw.uncork();
    if (given - asked > ASK) ask();
  }

  function sent(): void {
    if (isSlow()) return;
    resume?.();
    resume = null;
    if (!isBehind()) parts.drained();
  }

  /** Numbers rise, and none is taken that was not asked: a peer speaks for its own line alone. */
  function hear(pong: Buffer): void {
    unanswered = 0;
    const read = Number(pong.toString('latin1'));
    if (!(read > heard && read <= asked)) return;
    heard = read;
    awaited = now();
    if (!isBehind()) parts.drained();
  }

  const isBrimful = (): boolean => inbox.length >= INBOX || waitingBytes >= INBOX_BYTES;
  const isFull = (): boolean => isBrimful() || (inbox.length > 0 && parts.ahead?.isMuch() === true);

  function count(bytes: ByteCount): void {
    waitingBytes += bytes;
    parts.ahead?.add(bytes);
  }

  function forget(): void {
    inbox.length = 0;
    count(-waitingBytes);
  }

  /** A throw is a bug of ours: it ends this link, not the relay. */
  async function receive(frame: Uint8Array): Promise<void> {
    try {
      await parts.receive(frame);
    } catch (error) {
      parts.failed(error instanceof Error ? error.message : 'unknown');
      close(CLOSED.failed, 'fault');
    }
  }

  async function handle(): Promise<void> {
    handling = true;
    for (let frame = inbox.shift(); frame; frame = inbox.shift()) {
      count(-frame.length);
      if (!isFull() && socket.isPaused) socket.resume();
      await receive(frame);
      if (isSlow()) await new Promise<void>((resolve) => (resume = resolve));
    }
    handling = false;
  }

  socket.on('message', (data, isBinary) => {
    const frame = bytesOf(data);
    if (isClosing) return;
    if (!isBinary || (!accepted && frame.length > STRANGER)) return close(CLOSED.malformed, 'malformed');
    unanswered = 0;
    inbox.push(frame);
    count(frame.length);
    if (isBrimful() && parts.overrun?.() === true) return;
    if (isFull()) socket.pause();
    if (!handling) void handle();
  });
  socket.on('pong', hear);
  socket.on('error', () => socket.terminate()); // frames that are no WebSocket, or too large; `close` follows
  socket.on('close', () => {
    clearTimeout(late);
    clearInterval(keepalive);
    forget();
    resume?.();
    parts.closed();
  });

  return {
    send(frame) {
      if (socket.readyState !== socket.OPEN) return;
      outboxBytes += frame.length;
      given += frame.length;
      if (outbox.push(frame) === 1) process.nextTick(flush);
    },
    isSlow,
    isBehind,
    accept() {
      accepted = true;
      clearTimeout(late);
    },
    close,
  };
}
