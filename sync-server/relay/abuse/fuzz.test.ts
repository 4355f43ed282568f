/**
 * Frames and requests of all kinds, from a seed, never end or hang a relay, and never reach a fault of its own. CI sends a
 * part; JOINDER_FUZZ=200000 (frames, and as many requests for each ten) sends them by the hundred thousand, JOINDER_SEED
 * takes up one run again.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { sign } from '../../../shared/primitives/platform.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { FromRelay } from '../../../shared/wire/link.ts';
import { LINK_VERSION, decodeMessage, encodeMessage, fromRelay } from '../../../shared/wire/link.ts';
import { nodePlatform } from '../../common/node.ts';
import { openBrowser } from '../testing/browser.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import type { TestLink } from '../testing/link.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { intake, makeWorld, ownArea } from '../testing/world.fixture.ts';
import type { Random } from './noise.fixture.ts';
import { anyFrame, anyRequest, randomFrom } from './noise.fixture.ts';
import { SEED } from './seeded.fixture.ts';

const FRAMES = Number(process.env['JOINDER_FUZZ'] ?? 4000);
const REQUESTS = Math.max(400, FRAMES / 10);
const TIME = 60_000 + FRAMES * 5;

let world: World;
let honest: TestLink;
let area: Awaited<ReturnType<typeof ownArea>>;
let known: readonly string[];
let good: readonly Uint8Array[];

beforeAll(async () => {
  console.log(`seed ${SEED}`); // to be found again
  process.env['JOINDER_RELAY_CONSOLE_PORT'] = '0';
  world = await makeWorld();
  delete process.env['JOINDER_RELAY_CONSOLE_PORT'];
  honest = await connect(world.relay.url, world.officer);
  area = await ownArea(honest, world.officer);
  const theirs = await intake(world.officer);
  const chunk = chunkName(new Uint8Array([1]));
  const { entry } = await world.prosecutor.letter(theirs, 'event', 'a line');
  known = [area, theirs, world.police.org, world.crown.org, world.officer.device, world.officer.seat, chunk];
  good = [
    encodeMessage({ t: 'ping', q: 1 }),
    encodeMessage({ t: 'pull', q: 2, area, after: 0, limit: 512 }),
    encodeMessage({ t: 'append', q: 3, area: theirs, entry, boxes: [] }),
    encodeMessage({ t: 'statements', q: 4, org: world.crown.org, after: 0 }),
    encodeMessage({ t: 'refer', q: 5, area, tag: chunk, chunks: [chunk], from: null }),
    encodeMessage({ t: 'watch', areas: [area] }),
    encodeMessage({ t: 'presence', area, frame: new Uint8Array(10) }),
  ];
}, 60_000);
afterAll(() => world.end());

/** A link of the prosecutor that is let in, or one that is not, on which frames go out as they are. */
async function openRaw(path: string, proves: boolean): Promise<WebSocket> {
  const socket = new WebSocket(`${world.relay.url.replace('http', 'ws')}${path}`);
  socket.setMaxListeners(0);
  socket.on('error', () => undefined);
  await new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.on('message', (data: Buffer) => {
      const said = decodeMessage(fromRelay, new Uint8Array(data));
      if (!proves) return resolve(null);
      if (said.ok && said.value.t === 'welcome') resolve(null);
      if (said.ok && said.value.t === 'challenge') void prove(said.value).catch(reject);
    });
    async function prove({ nonce, relayKey }: Extract<FromRelay, { t: 'challenge' }>): Promise<void> {
      const { org, device, keys } = world.prosecutor;
      socket.send(encodeMessage({ t: 'hello', version: LINK_VERSION, org, device }));
      const signature = await sign(nodePlatform, keys.privateKey, LABEL.link, nonce, relayKey);
      socket.send(encodeMessage({ t: 'auth', signature }));
    }
    socket.once('close', () => resolve(null));
  });
  return socket;
}

/** It goes on: another device's entry is taken, and reads back; no frame or request met a fault of the relay's own. */
async function goesOn(): Promise<void> {
  const said = await honest.append(await world.officer.edit(area, 'still here'));
  expect(said.t).toBe('appended');
  expect((await fetch(`${world.relay.url}/readyz`)).status).toBe(200);
  expect(
    world.relay
      .log()
      .match(/"msg":"(handling a frame failed|judging an append failed|a request failed|the console failed)"[^\n]*/),
  ).toBeNull();
}

const settled = (socket: WebSocket): Promise<unknown> =>
  new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve(null);
    socket.once('pong', resolve);
    socket.once('close', resolve);
    socket.ping();
  });

async function sendFrames(random: Random, count: number, path: string, proves: boolean): Promise<void> {
  let socket = await openRaw(path, proves);
  for (let i = 0; i < count; i++) {
    if (socket.readyState !== socket.OPEN) socket = await openRaw(path, proves);
    const frame = anyFrame(random, good, known);
    if (random.below(50) === 0) socket.send(new TextDecoder().decode(frame)); // a text frame
    else socket.send(frame);
    // Waited for often, so that what follows a refusal is not lost: the answer to a ping, or the end of the link.
    if (i % 8 === 0) await settled(socket);
  }
  socket.terminate();
}

test(
  'frames of all kinds, on a link that is let in',
  async () => {
    await sendFrames(randomFrom(SEED), FRAMES, '/v1/link', true);
    await goesOn();
  },
  TIME,
);

test(
  'frames of all kinds, from who has proved nothing, to laptops’ and authorities’ doors',
  async () => {
    const random = randomFrom(SEED + 1);
    for (const path of ['/v1/link', '/v1/authority']) await sendFrames(random, Math.min(500, FRAMES / 10), path, false);
    await goesOn();
  },
  TIME,
);

test(
  'requests of all kinds, to the relay and to its console',
  async () => {
    const random = randomFrom(SEED + 2);
    const token = honest.welcome.token;
    const browser = openBrowser(world.relay.console ?? '');
    for (let i = 0; i < REQUESTS; i++) {
      const { method, path, headers, body } = anyRequest(random, token, known);
      const address = random.below(5) === 0 ? (world.relay.console ?? '') : world.relay.url;
      const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
      const said = await fetch(`${address}${path}`, {
        method,
        headers: sent,
        body,
        signal: AbortSignal.timeout(20_000),
      });
      expect([method, path, said.status === 500]).toEqual([method, path, false]);
      await said.arrayBuffer();
    }
    expect((await browser.get('/')).status).toBe(303);
    await goesOn();
  },
  TIME,
);

test('what is too large ends a link and nothing else; memory stays where it was', async () => {
  const before = (await fetchStatus()).rss;
  for (let i = 0; i < 5; i++) {
    const socket = await openRaw('/v1/link', i % 2 === 0);
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.send(new Uint8Array(5 * 2 ** 20));
    await ended;
  }
  await goesOn();
  expect((await fetchStatus()).rss - before).toBeLessThan(400 * 2 ** 20);
}, 60_000);

async function fetchStatus(): Promise<{ rss: number }> {
  const { readFileSync } = await import('node:fs');
  const pages = Number(readFileSync(`/proc/${world.relay.pid}/statm`, 'utf8').split(' ')[1]);
  return { rss: pages * 4096 };
}
