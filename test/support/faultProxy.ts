/**
 * A bad network of our own: a TCP proxy between an application and a relay, which a test bends. Links (WebSocket) and chunks
 * (HTTP) both pass it. Owns what is done to bytes on the way, and counts those it passed on; promises that nothing is added
 * and nothing is reordered. With `capture` it keeps all that went over the wire, a file for each connection and direction.
 */
import { createWriteStream, mkdirSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { counter } from './counter.ts';

/** `up`: from the application to the relay. */
export type Direction = 'up' | 'down';

export interface FaultProxy {
  /** What a window is given instead of the relay's address. */
  readonly url: string;
  /** How often a connection that lived was cut, all connections of one moment counting once. */
  readonly cuts: number;
  /** Bytes passed on since the start. */
  bytes(direction: Direction): number;
  /** Resolves when so many bytes have been passed on since the start. */
  whenBytes(direction: Direction, total: number): Promise<void>;
  /** Ends every connection now, as a pulled cable and a reset do. New ones are taken. */
  cut(): void;
  /** Cuts when `bytes` more have gone in that direction: what fits before still goes. Resolves when it has. */
  cutAfter(direction: Direction, bytes: number): Promise<void>;
  /** No network: every connection is cut, and new ones are reset, until set back. */
  refuse(on: boolean): void;
  /** Half open: connections stay, new ones are taken, and nothing moves in either direction until set back. */
  stall(on: boolean): void;
  /** At most so many bytes a second in each direction, over all connections together; null: as fast as it goes. */
  slow(bytesPerSecond: number | null): void;
  /** Every connection is cut, and new ones are answered 503 and closed, until set back. */
  unavailable(on: boolean): void;
  /** Turns one bit of the byte that is `bytes` further on in that direction. Resolves when it has gone. */
  flipAfter(direction: Direction, bytes: number): Promise<void>;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** The relay's address. */
  readonly target: string;
  /** A folder for what went over the wire: `0007-up.bin`, in the order in which connections were made. */
  readonly capture?: string;
  /** Default: any free port. */
  readonly port?: number;
}

const UNAVAILABLE = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';

interface Pair {
  readonly sockets: readonly [Socket, Socket];
  readonly files: readonly WriteStream[];
}

export async function startFaultProxy({ target, capture, port = 0 }: ProxyOptions): Promise<FaultProxy> {
  const relay = new URL(target);
  const pairs = new Set<Pair>();
  const passed = { up: counter(), down: counter() };
  const flips = { up: new Set<number>(), down: new Set<number>() };
  const cutsAt = { up: new Set<number>(), down: new Set<number>() };
  const free = { up: 0, down: 0 };
  const now = { refuse: false, stall: false, unavailable: false, rate: null as number | null, cuts: 0, connections: 0 };
  const writing = new Set<WriteStream>();
  const clients = new Set<Socket>();
  if (capture !== undefined) mkdirSync(capture, { recursive: true });

  const server = net.createServer((client) => {
    clients.add(client.once('close', () => clients.delete(client)));
    client.on('error', () => client.destroy());
    if (now.refuse) return void client.resetAndDestroy();
    if (now.unavailable) return answerUnavailable(client);
    connect(client);
  });

  function connect(client: Socket): void {
    const upstream = net.connect({ port: Number(relay.port), host: relay.hostname });
    const number = String(++now.connections).padStart(4, '0');
    const pair: Pair = {
      sockets: [client, upstream],
      files: [record(`${number}-up.bin`), record(`${number}-down.bin`)].filter((file) => file !== null),
    };
    pairs.add(pair);
    pump('up', client, upstream, pair, pair.files[0]);
    pump('down', upstream, client, pair, pair.files[1]);
  }

  function record(name: string): WriteStream | null {
    if (capture === undefined) return null;
    const file = createWriteStream(path.join(capture, name));
    writing.add(file.once('close', () => writing.delete(file)));
    return file;
  }

  function pump(direction: Direction, from: Socket, to: Socket, pair: Pair, file: WriteStream | undefined): void {
    if (now.stall) from.pause();
    const resume = (): void => void (now.stall || from.resume());
    from.on('data', (piece: Buffer) => {
      const { part, thenCut } = bend(direction, piece);
      file?.write(part);
      const room = to.write(part);
      passed[direction].add(part.length);
      if (thenCut !== null) return thenCut();
      const wait = delay(direction, part.length);
      if (wait === 0 && room) return;
      from.pause();
      if (wait > 0) setTimeout(resume, wait);
      else to.once('drain', resume);
    });
    from.once('end', () => to.end());
    from.on('error', () => end(pair)).once('close', () => end(pair));
  }

  /** Applies what waits within these bytes: turned bits, and the nearest cut. */
  function bend(direction: Direction, piece: Buffer): { readonly part: Buffer; readonly thenCut: (() => void) | null } {
    const from = passed[direction].count;
    const cutAt = [...cutsAt[direction]].filter((at) => at <= from + piece.length).sort((a, b) => a - b)[0];
    const part = cutAt === undefined ? piece : piece.subarray(0, Math.max(0, cutAt - from));
    for (const at of flips[direction]) {
      if (at < from || at >= from + part.length) continue;
      part[at - from] = (part[at - from] ?? 0) ^ 1;
      flips[direction].delete(at);
    }
    if (cutAt === undefined) return { part, thenCut: null };
    cutsAt[direction].delete(cutAt);
    return { part, thenCut: cut };
  }

  /** How long to take no more, so that the rate holds over all connections. */
  function delay(direction: Direction, bytes: number): number {
    if (now.rate === null) return 0;
    const time = performance.now();
    free[direction] = Math.max(free[direction], time) + (bytes / now.rate) * 1000;
    return Math.ceil(free[direction] - time);
  }

  function end(pair: Pair): void {
    if (!pairs.delete(pair)) return;
    for (const file of pair.files) file.end();
    // What was written is still handed over; one that is held back would never end by itself.
    for (const socket of pair.sockets) socket.destroySoon();
  }

  function cut(): void {
    if (pairs.size > 0) now.cuts++;
    for (const pair of pairs) {
      pairs.delete(pair);
      for (const file of pair.files) file.end();
      for (const socket of pair.sockets) socket.resetAndDestroy();
    }
  }

  function setStall(on: boolean): void {
    now.stall = on;
    for (const { sockets } of pairs)
      for (const socket of sockets)
        if (on) socket.pause();
        else socket.resume();
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get cuts() {
      return now.cuts;
    },
    bytes: (direction) => passed[direction].count,
    whenBytes: (direction, total) => passed[direction].reached(total),
    cut,
    cutAfter: (direction, bytes) => {
      const at = passed[direction].count + bytes;
      cutsAt[direction].add(at);
      return passed[direction].reached(at);
    },
    refuse: (on) => {
      now.refuse = on;
      if (on) cut();
    },
    stall: setStall,
    slow: (bytesPerSecond) => {
      now.rate = bytesPerSecond;
      Object.assign(free, { up: 0, down: 0 });
    },
    unavailable: (on) => {
      now.unavailable = on;
      if (on) cut();
    },
    flipAfter: (direction, bytes) => {
      const at = passed[direction].count + bytes;
      flips[direction].add(at);
      return passed[direction].reached(at + 1);
    },
    close: async () => {
      cut();
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(
        [...writing].map((file) => new Promise<void>((resolve) => file.once('close', () => resolve()))),
      );
    },
  };
}

/** After the first bytes of the question, so that the answer is not met by a reset. */
function answerUnavailable(client: Socket): void {
  client.once('data', () => client.end(UNAVAILABLE));
}
