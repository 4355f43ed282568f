/**
 * One connection of a benchmark: sends updates that were made and framed before, and counts those in what comes. As light as
 * it can be, since it shares two cores with the server that is measured: a WebSocket over a bare connection, read into one
 * buffer, masked with zeros, with no object for a frame. The same for every server.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Client } from './load.ts';

export interface OpenClient extends Client {
  /** Sends a message of its own. */
  say(message: Uint8Array): void;
  /** Reads nothing more until it is told to go on. */
  stall(): void;
  goOn(): void;
  close(): void;
}

/** Hears every frame, those of the handshake too; answers how many updates are in it. The bytes are good for this call alone. */
export type Hear = (frame: Buffer, say: (message: Uint8Array) => void) => number;

const [BINARY, PING, PONG] = [2, 9, 10];
const READ = 256 * 1024;

/** A frame of a client, masked with zeros: its bytes are what they were. */
function framed(message: Uint8Array, opcode = BINARY): Buffer {
  const { length } = message;
  const head = length < 126 ? 2 : length < 0x1_0000 ? 4 : 10;
  const frame = Buffer.alloc(head + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (head === 2 ? length : head === 4 ? 126 : 127);
  if (head === 4) frame.writeUInt16BE(length, 2);
  if (head === 10) frame.writeUInt32BE(length, 6);
  frame.set(message, head + 4);
  return frame;
}

/** Cuts what comes into frames, whole ones only. What is handed on lies in memory that is used again. */
function makeCutter(take: (opcode: number, content: Buffer) => void): (piece: Buffer) => void {
  let kept = Buffer.allocUnsafe(READ);
  let size = 0;

  /** Hands on what is whole in the first `end` bytes; answers where the rest begins. */
  function cut(bytes: Buffer, end: number): number {
    let at = 0;
    while (end - at >= 2) {
      const short = (bytes[at + 1] ?? 0) & 127;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (end - at < head) break;
      const length = head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
      if (end - at < head + length) break;
      take((bytes[at] ?? 0) & 15, bytes.subarray(at + head, at + head + length));
      at += head + length;
    }
    return at;
  }

  return (piece) => {
    const from = size === 0 ? cut(piece, piece.length) : 0;
    if (size === 0 && from === piece.length) return;
    if (kept.length < size + piece.length - from) {
      const larger = Buffer.allocUnsafe(2 * (size + piece.length));
      kept.copy(larger, 0, 0, size);
      kept = larger;
    }
    size += piece.copy(kept, size, from);
    if (from > 0) return; // cut before: no whole frame is left
    const done = cut(kept, size);
    kept.copy(kept, 0, done, size);
    size -= done;
  };
}

const isWhole = (answer: Buffer): boolean => answer.includes('\r\n\r\n');

/** `updates` are sent one by one. */
export async function openClient(url: string, updates: readonly Uint8Array[], hear: Hear): Promise<OpenClient> {
  const { hostname, port, pathname } = new URL(url);
  const frames = updates.map((update) => framed(update));
  let heard = 0;
  let tell = (): void => {};
  let at = 0;
  let answer: Buffer | null = Buffer.alloc(0);
  let opened = (): void => {};
  const open = new Promise<void>((resolve) => (opened = resolve));
  const say = (message: Uint8Array): void => void socket.write(framed(message));
  const cutter = makeCutter((opcode, content) => {
    if (opcode === PING) return void socket.write(framed(content, PONG));
    if (opcode !== BINARY) return;
    const more = hear(content, say);
    if (more === 0) return;
    heard += more;
    tell();
  });
  function read(piece: Buffer): void {
    if (answer === null) return cutter(piece);
    answer = Buffer.concat([answer, piece]);
    if (!isWhole(answer)) return;
    const rest = answer.subarray(answer.indexOf('\r\n\r\n') + 4);
    answer = null;
    opened();
    if (rest.length > 0) cutter(rest);
  }
  const socket: Socket = connect({
    host: hostname,
    port: Number(port),
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafe(READ),
      callback: (length, buffer) => {
        read((buffer as Buffer).subarray(0, length));
        return true;
      },
    },
  });
  socket.on('error', () => {}); // the server was ended
  socket.write(
    `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: am9pbmRlcnMgbWVhc3VyZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  await open;
  return {
    send() {
      const frame = frames[at++];
      if (frame === undefined) throw new Error('a client has no more updates ready');
      socket.write(frame);
    },
    say,
    heard: () => heard,
    listen: (told) => void (tell = told),
    stall: () => void socket.pause(),
    goOn: () => void socket.resume(),
    close: () => socket.destroy(),
  };
}

/**
 * All readers of a room get the same bytes, so that what was counted in a frame is known of its copies: of frames that
 * agree in length, beginning and end.
 */
export function remembering(count: (frame: Buffer) => number): (frame: Buffer) => number {
  const known: { readonly length: number; readonly ends: Buffer; readonly updates: number }[] = [];
  const endsOf = (frame: Buffer): Buffer =>
    frame.length <= 1024 ? frame : Buffer.concat([frame.subarray(0, 512), frame.subarray(-512)]);
  return (frame) => {
    const there = known.find(({ length, ends }) => length === frame.length && isSame(frame, ends));
    if (there) return there.updates;
    const updates = count(frame);
    known.unshift({ length: frame.length, ends: Buffer.from(endsOf(frame)), updates });
    if (known.length > 8) known.pop();
    return updates;
  };
}

const isSame = (frame: Buffer, ends: Buffer): boolean =>
  frame.length <= 1024
    ? frame.equals(ends)
    : frame.compare(ends, 0, 512, 0, 512) === 0 &&
      frame.compare(ends, 512, 1024, frame.length - 512, frame.length) === 0;
