/** The fault proxy does to bytes what it says, and nothing else: every fault test stands on it. */
import { readFile, readdir, mkdtemp, rm } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { FaultProxy } from '../support/faultProxy.ts';
import { startFaultProxy } from '../support/faultProxy.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  while (closing.length > 0) await closing.pop()?.();
});

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A server that takes what it is sent and answers by its hash, and its own bytes at /down. */
async function serve(down: Uint8Array = new Uint8Array()): Promise<string> {
  const server = http.createServer((request, answer) => {
    if (request.url === '/down') return void answer.end(down);
    const hash = createHash('sha256');
    request
      .on('data', (piece: Buffer) => hash.update(piece))
      .on('end', () => answer.end(hash.digest('hex')))
      .on('error', () => {});
  });
  const links = new WebSocketServer({ server });
  links.on('connection', (socket) => socket.on('message', (data: Buffer) => socket.send(data)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    links.close();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function proxyTo(target: string, capture?: string): Promise<FaultProxy> {
  const proxy = await startFaultProxy({ target, ...(capture !== undefined && { capture }) });
  closing.push(() => proxy.close());
  return proxy;
}

const put = async (url: string, body: Uint8Array<ArrayBuffer>): Promise<string> =>
  (await fetch(url, { method: 'PUT', body })).text();
const get = async (url: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(`${url}/down`)).arrayBuffer());

async function openSocket(url: string): Promise<Socket> {
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

test('passes bytes on unchanged, both ways and over a link, and counts them', async () => {
  const [up, down] = [new Uint8Array(randomBytes(3_000_000)), new Uint8Array(randomBytes(2_000_000))];
  const proxy = await proxyTo(await serve(down));
  expect(await put(proxy.url, up)).toBe(sha(up));
  expect(sha(await get(proxy.url))).toBe(sha(down));
  const link = new WebSocket(proxy.url.replace('http', 'ws'));
  const echoed = new Promise<Buffer>((resolve) => link.once('message', resolve));
  link.once('open', () => link.send('hello'));
  expect(String(await echoed)).toBe('hello');
  link.terminate();
  expect(proxy.bytes('up')).toBeGreaterThan(3_000_000);
  expect(proxy.bytes('up')).toBeLessThan(3_010_000);
  expect(proxy.bytes('down')).toBeGreaterThan(2_000_000);
  expect(proxy.cuts).toBe(0);
});

test('cuts after so many bytes, to the byte, and takes new connections', async () => {
  const body = new Uint8Array(randomBytes(4_000_000));
  const proxy = await proxyTo(await serve());
  const cut = proxy.cutAfter('up', 1_234_567);
  await expect(put(proxy.url, body)).rejects.toThrow();
  await cut;
  expect(proxy.bytes('up')).toBe(1_234_567);
  expect(proxy.cuts).toBe(1);
  expect(await put(proxy.url, body)).toBe(sha(body));
});

test('cuts what comes down just so', async () => {
  const proxy = await proxyTo(await serve(new Uint8Array(4_000_000)));
  void proxy.cutAfter('down', 2_000_001);
  await expect(get(proxy.url)).rejects.toThrow();
  expect(proxy.bytes('down')).toBe(2_000_001);
});

test('refuses and comes back on the same address', async () => {
  const proxy = await proxyTo(await serve());
  const living = await openSocket(proxy.url);
  const ended = new Promise((resolve) => living.once('close', resolve));
  proxy.refuse(true);
  await ended;
  await expect(put(proxy.url, new Uint8Array(1))).rejects.toThrow();
  proxy.refuse(false);
  expect(await put(proxy.url, new Uint8Array(1))).toBe(sha(new Uint8Array(1)));
});

test('stalls half open, old and new connections, and goes on where it was', async () => {
  const body = new Uint8Array(randomBytes(8_000_000));
  const proxy = await proxyTo(await serve());
  const going = put(proxy.url, body);
  await proxy.whenBytes('up', 500_000);
  proxy.stall(true);
  const held = proxy.bytes('up');
  const late = put(proxy.url, body);
  const other = await openSocket(proxy.url);
  expect(proxy.bytes('up')).toBe(held);
  expect(other.destroyed).toBe(false);
  proxy.stall(false);
  expect(await going).toBe(sha(body));
  expect(await late).toBe(sha(body));
  other.destroy();
});

test('holds a rate over all connections together', async () => {
  const proxy = await proxyTo(await serve());
  proxy.slow(4_000_000);
  const start = performance.now();
  await Promise.all([put(proxy.url, new Uint8Array(1_000_000)), put(proxy.url, new Uint8Array(1_000_000))]);
  // Not how fast it was: that it cannot have been faster than the rate allows (less the first pieces, which go at once).
  expect(performance.now() - start).toBeGreaterThan(300);
});

test('answers 503 to new connections, and stops answering it', async () => {
  const proxy = await proxyTo(await serve());
  proxy.unavailable(true);
  expect((await fetch(proxy.url)).status).toBe(503);
  proxy.unavailable(false);
  expect((await fetch(proxy.url)).status).toBe(200);
});

test('turns one bit at the place it was told, once', async () => {
  const down = new Uint8Array(1_000_000);
  const proxy = await proxyTo(await serve(down));
  const flipped = proxy.flipAfter('down', 600_000);
  const got = await get(proxy.url);
  await flipped;
  expect([...got.entries()].filter(([, byte]) => byte !== 0)).toHaveLength(1);
  expect(sha(await get(proxy.url))).toBe(sha(down));
});

test('captures what went over the wire, a file for each connection and direction', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'joinder-wire-'));
  const target = await serve(new TextEncoder().encode('the answer'));
  const proxy = await startFaultProxy({ target, capture: folder });
  await fetch(`${proxy.url}/down`, { headers: { connection: 'close', marker: 'in the question' } }).then((answer) =>
    answer.text(),
  );
  await proxy.close();
  expect((await readdir(folder)).sort()).toEqual(['0001-down.bin', '0001-up.bin']);
  expect(await readFile(path.join(folder, '0001-up.bin'), 'utf8')).toContain('in the question');
  expect(await readFile(path.join(folder, '0001-down.bin'), 'utf8')).toContain('the answer');
  await rm(folder, { recursive: true });
});

test('closes although a connection is held back whose other end is gone', async () => {
  // It reads nothing, and goes away while more is waiting for it.
  const server = net.createServer((socket) => socket.pause());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gone = new Promise<void>((resolve) =>
    server.once('connection', (socket) => socket.once('close', () => resolve())),
  );
  const proxy = await startFaultProxy({ target: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  server.once('connection', (socket) => void proxy.whenBytes('up', 1_000_000).then(() => socket.destroySoon()));
  const client = await openSocket(proxy.url);
  client.write(Buffer.alloc(30_000_000));
  await gone;
  await proxy.close();
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});
