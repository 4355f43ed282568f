/**
 * What lies unread with the system counts: a peer that reads nothing gets no pushes long before the process holds a byte for it,
 * one that reads keeps them however late it is, and one that says it read what it was never sent is not believed.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { MiB } from '../../../shared/primitives/units.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { frameOf } from './frame.ts';
import type { Frame } from './frame.ts';
import type { Peer } from './peer.ts';
import { QUIET, SLOW, UNHEARD, openPeer } from './peer.ts';

const FRAME: Frame = frameOf({ t: 'moved', tip: { pad: new Uint8Array(50_000) } } as never);

let now: Millis = 1000;
let end = async (): Promise<void> => {};
afterEach(() => end());

async function connectPeer(options: { readonly autoPong?: boolean } = {}) {
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  let drained = 0;
  const opened = new Promise<Peer>((resolve) =>
    http.on('upgrade', (request, raw, head) =>
      sockets.handleUpgrade(request, raw, head, (socket) =>
        resolve(
          openPeer(
            { socket, raw },
            {
              receive: () => Promise.resolve(),
              drained: () => (drained += 1),
              closed: () => {},
              failed: () => {},
              now: () => now,
            },
          ),
        ),
      ),
    ),
  );
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`, options);
  end = async () => {
    client.terminate();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  };
  const peer = await opened;
  await once(client, 'open');
  return { peer, client, drained: () => drained };
}

/** Sends whole frames, one a turn, until so many bytes went. */
async function give(peer: Peer, bytes: number): Promise<void> {
  for (let sent = 0; sent < bytes; sent += FRAME.length) {
    peer.send(FRAME);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('one that reads nothing gets no more pushes, and gets them again once it has read', async () => {
  const { peer, client, drained } = await connectPeer();
  let pings = 0;
  client.on('ping', () => (pings += 1));
  client.pause();
  await give(peer, UNHEARD - 2 * FRAME.length);
  now += QUIET + 1;
  expect(peer.isBehind()).toBe(false);
  await give(peer, 3 * FRAME.length);
  expect([peer.isBehind(), peer.isSlow()]).toEqual([true, false]);
  const before = drained();
  client.resume();
  await expect.poll(() => peer.isBehind()).toBe(false);
  expect(pings).toBeGreaterThan(0);
  expect(drained()).toBeGreaterThan(before);
});

test('one that reads late keeps its pushes while it reads', async () => {
  const { peer, client } = await connectPeer({ autoPong: false });
  const asked: Buffer[] = [];
  client.on('ping', (data) => asked.push(data));
  await give(peer, UNHEARD + SLOW);
  await expect.poll(() => asked.length).toBeGreaterThan(4);
  now += QUIET - 1;
  expect(peer.isBehind()).toBe(false);
  now += 2;
  expect(peer.isBehind()).toBe(true);
  client.pong(asked[0]); // little of it, but it reads
  await expect.poll(() => peer.isBehind()).toBe(false);
});

test('what was never sent cannot be read', async () => {
  const { peer, client } = await connectPeer({ autoPong: false });
  await give(peer, UNHEARD + SLOW);
  for (const lie of [String(1000 * MiB), 'NaN', '', '-1']) client.pong(lie);
  now += QUIET + 1;
  await give(peer, 2 * FRAME.length);
  expect(peer.isBehind()).toBe(true);
});
