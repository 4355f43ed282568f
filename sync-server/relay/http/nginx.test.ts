/**
 * The relay behind a real nginx with the configuration that is shipped. Where nginx is not installed, this rests and says
 * so: set-up installs it where it may.
 */
import { readFileSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:https';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nginxPath } from '../../../test/setup/debian.mjs';
import { sign } from '../../../shared/primitives/platform.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { FromRelay, ToRelay } from '../../../shared/wire/link.ts';
import { LINK_VERSION, decodeMessage, encodeMessage, fromRelay } from '../../../shared/wire/link.ts';
import { nodePlatform } from '../../common/node.ts';
import type { TestCertificate } from '../testing/certificate.fixture.ts';
import { makeCertificate } from '../testing/certificate.fixture.ts';
import { chunkName, connect } from '../testing/link.fixture.ts';
import type { TestNginx } from '../testing/nginx.fixture.ts';
import { startNginx } from '../testing/nginx.fixture.ts';
import { makeFolder } from '../testing/process.fixture.ts';
import type { World } from '../testing/world.fixture.ts';
import { makeWorld, ownArea } from '../testing/world.fixture.ts';

const program = nginxPath();
let folder: string;
let world: World;
let nginx: TestNginx;
let certificate: TestCertificate;
let agent: Agent;

beforeAll(async () => {
  if (program === null) return;
  folder = makeFolder();
  certificate = makeCertificate(folder, 'proxy');
  agent = new Agent({ ca: readFileSync(certificate.certificate), keepAlive: true });
  process.env['JOINDER_RELAY_PROXY_TRUSTED'] = '127.0.0.1';
  world = await makeWorld();
  delete process.env['JOINDER_RELAY_PROXY_TRUSTED'];
  nginx = await startNginx(program, folder, world.relay.url, certificate);
}, 60_000);
afterAll(async () => {
  if (program === null) return;
  agent.destroy();
  await nginx.stop();
  await world.end();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}
const ask = (method: string, path: string, headers: Record<string, string>, body?: Uint8Array): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asking = request(`${nginx.url}${path}`, { method, headers, agent }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(pieces) }));
      answer.on('error', reject);
    });
    asking.on('error', reject);
    asking.end(body);
  });

/** A link through the proxy, up to its welcome. */
function openThrough(): Promise<{ socket: WebSocket; token: string }> {
  const socket = new WebSocket(`${nginx.url.replace('https', 'wss')}/v1/link`, {
    ca: readFileSync(certificate.certificate),
  });
  const { officer } = world;
  const tell = (message: ToRelay): void => socket.send(encodeMessage(message));
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.on('message', (data: Buffer) => {
      const message = decodeMessage(fromRelay, new Uint8Array(data));
      if (!message.ok) return reject(new Error(message.cause));
      void hear(message.value).catch(reject);
    });
    async function hear(said: FromRelay): Promise<void> {
      if (said.t === 'welcome') resolve({ socket, token: said.token });
      if (said.t === 'refused') reject(new Error(said.cause));
      if (said.t !== 'challenge') return;
      tell({ t: 'hello', version: LINK_VERSION, org: officer.org, device: officer.device });
      const proof = await sign(nodePlatform, officer.keys.privateKey, LABEL.link, said.nonce, said.relayKey);
      tell({ t: 'auth', signature: proof });
    }
  });
}

test.skipIf(program === null)(
  'a link, a chunk of 16 MiB up and a range of it down, all through nginx and TLS',
  async () => {
    const inside = await connect(world.relay.url, world.officer);
    const area = await ownArea(inside, world.officer);
    const bytes = new Uint8Array(randomBytes(16 * 2 ** 20));
    const chunk = chunkName(bytes);
    await inside.ask('refer', { area, tag: chunk, chunks: [chunk], from: null });
    const { socket, token } = await openThrough();
    const authorization = `Bearer ${token}`;
    const up = await ask(
      'PUT',
      `/v1/chunks/${chunk}?area=${area}&size=${bytes.length}&from=0`,
      { authorization, 'content-type': 'application/octet-stream' },
      bytes,
    );
    expect([up.status, JSON.parse(up.body.toString())]).toEqual([200, { held: bytes.length, whole: true }]);
    const down = await ask('GET', `/v1/chunks/${chunk}?area=${area}`, { authorization, range: 'bytes=1000-1999' });
    expect([down.status, down.body.equals(bytes.subarray(1000, 2000))]).toEqual([206, true]);
    expect((await ask('GET', '/readyz', {})).status).toBe(200);
    socket.close();
    await inside.close();
  },
  60_000,
);
