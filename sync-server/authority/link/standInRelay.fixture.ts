/**
 * A stand-in for the relay, with as much of it as an authority and an enrolling laptop meet, and with faults that the real
 * one does not have. Tests of what goes right use the real relay.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { toBase64Url } from '../../../shared/primitives/bytes.ts';
import type { Hash } from '../../../shared/primitives/ids.ts';
import { importVerifyKey, verify } from '../../../shared/primitives/platform.ts';
import type { Card } from '../../../shared/seal/directory/card.ts';
import { encodeCard, orgIdOf } from '../../../shared/seal/directory/card.ts';
import type { SignedStatement } from '../../../shared/seal/directory/directory.ts';
import { hashStatement } from '../../../shared/seal/directory/directory.ts';
import { authorityDigits } from '../../../shared/seal/devices/enrolment.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { FromAuthority, ToAuthority } from '../../../shared/wire/link.ts';
import { decodeMessage, encodeMessage, fromAuthority } from '../../../shared/wire/link.ts';
import { nodePlatform } from '../../common/node.ts';

export interface StandInRelay {
  readonly url: string;
  readonly statements: SignedStatement[];
  /** Authorities that are connected and proved themselves. */
  connected(): number;
  /** How often an authority dialled. */
  dials(): number;
  /** Faults: change these at will. */
  readonly fault: {
    shownCard?: string;
    shownRelayKey?: Uint8Array;
    welcome?: { n: number; head: Hash | null };
    refuse?: 'unknown organisation';
    garbage?: boolean;
    status?: number;
    body?: string;
  };
  cut(): void;
  stop(): Promise<void>;
}

const relayKey = new Uint8Array(65).fill(9);

export async function startStandIn(card: Card, port = 0): Promise<StandInRelay> {
  const org = await orgIdOf(nodePlatform, card.signKey);
  const digits = await authorityDigits(nodePlatform, card);
  const key = await importVerifyKey(nodePlatform, card.signKey);
  const statements: SignedStatement[] = [];
  const asks = new Map<number, ServerResponse>();
  const fault: StandInRelay['fault'] = {};
  let [dials, q] = [0, 0];
  let link: WebSocket | null = null;

  const server = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ server, path: '/v1/authority' });
  sockets.on('connection', (socket) => {
    dials++;
    const nonce = nodePlatform.random(32);
    const send = (message: ToAuthority) => socket.send(encodeMessage(message));
    send({ t: 'challenge', version: 1, nonce, relayKey, time: Date.now() });
    socket.on('close', () => (link = link === socket ? null : link));
    socket.on('message', (frame: Buffer) => {
      const message = decodeMessage(fromAuthority, new Uint8Array(frame));
      if (message.ok) void take(socket, send, nonce, message.value);
    });
  });

  async function take(
    socket: WebSocket,
    send: (message: ToAuthority) => void,
    nonce: Uint8Array,
    message: FromAuthority,
  ): Promise<void> {
    if (fault.garbage === true) return socket.send(Buffer.from('garbage'));
    if (message.t === 'hello' && message.org !== org)
      return send({ t: 'refused', cause: 'unknown organisation', time: 0 });
    if (message.t === 'ping') return send({ t: 'pong', q: message.q, time: Date.now() });
    if (message.t === 'answer')
      return reply(asks.get(message.q), 200, {
        status: message.status,
        sealed: message.sealed === null ? null : toBase64Url(message.sealed),
        time: Date.now(),
      });
    if (message.t === 'publish') {
      statements.push(...message.statements);
      return send({ t: 'published', ...(await standing()) });
    }
    if (message.t !== 'auth') return;
    if (fault.refuse !== undefined) return send({ t: 'refused', cause: fault.refuse, time: 0 });
    if (!(await verify(nodePlatform, key, message.signature, LABEL.authorityLink, nonce, relayKey)))
      return send({ t: 'refused', cause: 'bad signature', time: 0 });
    link = socket;
    send({ t: 'welcome', ...(fault.welcome ?? (await standing())) });
  }

  const standing = async () => {
    const last = statements.at(-1);
    return { n: statements.length, head: last === undefined ? null : await hashStatement(nodePlatform, last.body) };
  };

  const reply = (response: ServerResponse | undefined, status: number, body: unknown): void => {
    response?.writeHead(fault.status ?? status, { 'content-type': 'application/json' });
    response?.end(fault.body ?? JSON.stringify(body));
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const [, v1, what, of, ask, name] = (request.url ?? '').split('/');
    if (v1 === 'v1' && what === 'relay')
      return reply(response, 200, {
        version: 1,
        relayKey: toBase64Url(fault.shownRelayKey ?? relayKey),
        generation: 1,
        time: Date.now(),
      });
    if (what !== 'authorities' || of !== digits) return reply(response, 404, { error: 'no such authority' });
    if (ask === undefined) return reply(response, 200, { card: fault.shownCard ?? encodeCard(card) });
    if (link === null) return reply(response, 503, { error: 'the authority is away' });
    asks.set(++q, response);
    link.send(encodeMessage({ t: 'ask', q, name: name ?? '', sealed: new Uint8Array(Buffer.concat(parts)) }));
  }

  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const cut = () => sockets.clients.forEach((socket) => socket.terminate());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    statements,
    fault,
    connected: () => (link === null ? 0 : 1),
    dials: () => dials,
    cut,
    stop: () => {
      cut();
      sockets.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
