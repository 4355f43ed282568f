/**
 * A relay that lies: it stands before an honest one, holds that one's private key, and bends what is said to each device
 * and by it. Whatever a relay can do that its owner would not, it can do: it signs what it likes. It holds no other key.
 */
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import type { RawData } from 'ws';
import { WebSocket, WebSocketServer } from 'ws';
import { fromBase64Url } from '../../shared/primitives/bytes.ts';
import type { AreaId, DeviceId, Hash } from '../../shared/primitives/ids.ts';
import type { Key } from '../../shared/primitives/platform.ts';
import { importSigningKey } from '../../shared/primitives/platform.ts';
import { decodeEntry } from '../../shared/seal/entry/entry.ts';
import { hashHeader } from '../../shared/seal/entry/header.ts';
import type { SignedCheckpoint } from '../../shared/seal/area/checkpoint.ts';
import { signCheckpoint } from '../../shared/seal/area/checkpoint.ts';
import type { Tip } from '../../shared/seal/area/order.ts';
import { extendOrder, hashAnchor, signTip } from '../../shared/seal/area/order.ts';
import type { FromRelay, LogItem, ToRelay } from '../../shared/wire/link.ts';
import { decodeMessage, encodeMessage, fromRelay, toRelay } from '../../shared/wire/link.ts';
import { nodePlatform as platform } from '../../sync-server/common/node.ts';

/** What becomes of a message: itself, others, or nothing. */
type Bend<M> = (message: M) => readonly M[] | Promise<readonly M[]>;
/** What stands at a place, whoever signs for it. */
export type Body = Pick<LogItem, 'time' | 'entry' | 'anchor'>;

interface Line {
  readonly client: WebSocket;
  readonly upstream: WebSocket;
  device: DeviceId | null;
}

export class LyingRelay {
  private readonly server = http.createServer((request, response) => this.forward(request, response));
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly lines = new Set<Line>();
  private readonly down = new Map<DeviceId, Bend<FromRelay>>();
  private readonly up = new Map<DeviceId, Bend<ToRelay>>();
  /** Everything that passed, by area and place: what the honest relay's order is. */
  private readonly seen = new Map<AreaId, Map<number, LogItem>>();
  private readonly relay: URL;
  private readonly key: Key;
  url = '';
  /** What is answered over HTTP instead: enrolment and chunks. */
  answer: ((path: string, body: Buffer) => Buffer) | null = null;
  /** Bodies that laptops have sent, by path. */
  readonly asked: { readonly path: string; readonly body: Buffer }[] = [];

  private constructor(relay: string, key: Key) {
    this.relay = new URL(relay);
    this.key = key;
    this.server.on('upgrade', (request, socket: Socket, head) =>
      this.sockets.handleUpgrade(request, socket, head, (client) => this.open(client, request.url ?? '/')),
    );
  }

  /** Stands before the relay at this address, with the key from its data folder. */
  static async begin(relay: string, folder: string): Promise<LyingRelay> {
    const { privateKey } = JSON.parse(readFileSync(path.join(folder, 'relay.key'), 'utf8')) as { privateKey: string };
    const liar = new LyingRelay(relay, await importSigningKey(platform, fromBase64Url(privateKey)));
    await new Promise<void>((done) => liar.server.listen(0, '127.0.0.1', done));
    liar.url = `http://127.0.0.1:${(liar.server.address() as AddressInfo).port}`;
    return liar;
  }
  async close(): Promise<void> {
    for (const { client, upstream } of this.lines) for (const socket of [client, upstream]) socket.terminate();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** From now on, what this device is told goes through `bend`; null: it is told the truth. */
  toDevice(device: DeviceId, bend: Bend<FromRelay> | null): void {
    if (bend) this.down.set(device, bend);
    else this.down.delete(device);
  }
  fromDevice(device: DeviceId, bend: Bend<ToRelay> | null): void {
    if (bend) this.up.set(device, bend);
    else this.up.delete(device);
  }
  /** Says something of its own. */
  say(device: DeviceId, message: FromRelay): void {
    for (const line of this.lines) if (line.device === device) line.client.send(encodeMessage(message));
  }
  /** Ends this device's links; it will dial again. */
  cut(device: DeviceId): void {
    for (const line of this.lines) if (line.device === device) line.client.terminate();
  }

  /** The honest order, as far as it passed. */
  order(area: AreaId): readonly LogItem[] {
    return [...(this.seen.get(area) ?? new Map<number, LogItem>()).values()].sort((a, b) => a.n - b.n);
  }
  /** Items that follow `before` in an order of this relay's own making. */
  async chain(before: LogItem | null, bodies: readonly Body[]): Promise<LogItem[]> {
    const items: LogItem[] = [];
    let [n, h]: [number, Hash | null] = [before?.n ?? 0, before?.h ?? null];
    for (const { time, entry, anchor } of bodies) {
      h = await extendOrder(platform, h, time, await itemHash({ entry, anchor }));
      items.push({ n: ++n, time, h, entry, anchor });
    }
    return items;
  }
  /** The relay's own signature under a place. */
  sign(area: AreaId, { n, h, time }: Pick<LogItem, 'n' | 'h' | 'time'>, generation = 1): Promise<Tip> {
    return signTip(platform, this.key, { area, generation, n, h, time });
  }

  /** A first word on all that it accepted, over these leaves. */
  signWord(leaves: Hash): Promise<SignedCheckpoint> {
    const said = { n: 1, generation: 1, time: platform.now(), before: null, leaves, acts: 0, act: null };
    return signCheckpoint(platform, this.key, said);
  }

  private forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    void this.pass(request, response).catch(() => response.destroy());
  }
  private async pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const body = await whole(request);
    this.asked.push({ path: url, body });
    const given = await new Promise<http.IncomingMessage>((done, failed) =>
      http
        .request({ host: this.relay.hostname, port: this.relay.port, method, path: url, headers }, done)
        .on('error', failed)
        .end(body),
    );
    const answer = await whole(given);
    const said = this.answer?.(url, answer) ?? answer;
    const { 'content-length': _, 'transfer-encoding': __, ...rest } = given.headers;
    response.writeHead(given.statusCode ?? 502, rest).end(said);
  }

  private open(client: WebSocket, url: string): void {
    const upstream = new WebSocket(new URL(url, this.relay.href.replace(/^http/, 'ws')));
    const line: Line = { client, upstream, device: null };
    this.lines.add(line);
    const end = (): void => {
      this.lines.delete(line);
      for (const socket of [client, upstream]) socket.terminate();
    };
    for (const socket of [client, upstream]) socket.on('close', end).on('error', end);
    const ready = new Promise((done) => upstream.once('open', done));
    inOrder(client, async (frame) => {
      await ready;
      for (const message of await this.heard(line, frame)) upstream.send(message);
    });
    inOrder(upstream, async (frame) => {
      for (const message of await this.told(line, frame)) client.send(message);
    });
  }

  private async heard(line: Line, frame: Uint8Array): Promise<readonly Uint8Array[]> {
    const read = decodeMessage(toRelay, frame);
    if (!read.ok) return [frame];
    if (read.value.t === 'hello') line.device = read.value.device;
    const bend = line.device && this.up.get(line.device);
    return bend ? (await bend(read.value)).map(encodeMessage) : [frame];
  }
  private async told(line: Line, frame: Uint8Array): Promise<readonly Uint8Array[]> {
    const read = decodeMessage(fromRelay, frame);
    if (!read.ok) return [frame];
    if (read.value.t === 'log') this.note(read.value.area, read.value.items);
    const bend = line.device && this.down.get(line.device);
    return bend ? (await bend(read.value)).map(encodeMessage) : [frame];
  }
  private note(area: AreaId, items: readonly LogItem[]): void {
    const known = this.seen.get(area) ?? new Map<number, LogItem>();
    this.seen.set(area, known);
    for (const item of items) known.set(item.n, item);
  }
}

async function itemHash({ entry, anchor }: Pick<LogItem, 'entry' | 'anchor'>): Promise<Hash> {
  if (anchor) return hashAnchor(platform, anchor);
  const decoded = entry && decodeEntry(entry);
  if (!decoded || !decoded.ok) throw new Error('an item has an entry or an anchor');
  return hashHeader(platform, decoded.value.header);
}

async function whole(message: http.IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Frames one after the other, however long one takes. */
function inOrder(socket: WebSocket, take: (frame: Uint8Array) => Promise<void>): void {
  let turn: Promise<void> = Promise.resolve();
  socket.on('message', (data: RawData) => {
    const frame = new Uint8Array(data as Buffer);
    turn = turn.then(() => take(frame)).catch(() => socket.terminate());
  });
}
