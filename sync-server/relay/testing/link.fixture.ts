/**
 * A device's side of the link, for tests: proves the device's key, asks and waits for the answer to its question, and
 * fetches and sends chunks under the link's token.
 */
import { createHash } from 'node:crypto';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { sign } from '../../../shared/primitives/platform.ts';
import type { Box } from '../../../shared/seal/boxes.ts';
import { LABEL } from '../../../shared/seal/labels.ts';
import type { FromRelay, ToRelay } from '../../../shared/wire/link.ts';
import { LINK_VERSION, decodeMessage, encodeMessage, fromRelay } from '../../../shared/wire/link.ts';
import { nodePlatform as platform } from '../../common/node.ts';
import type { TestDevice, Written } from './device.fixture.ts';
import type { Waiting } from './socket.fixture.ts';
import { openSocket } from './socket.fixture.ts';

type Of<T extends FromRelay['t']> = Extract<FromRelay, { t: T }>;
type Ask<T extends ToRelay['t']> = Omit<Extract<ToRelay, { t: T }>, 't' | 'q'>;
type Asked = Extract<ToRelay, { q: number }>['t'];
/** Any answer to a question. */
type Answer = Extract<FromRelay, { q: number }> | (FromRelay & { q: number });

export const is =
  <T extends FromRelay['t']>(t: T) =>
  (message: FromRelay): message is Of<T> =>
    message.t === t;

function decode(frame: Uint8Array): FromRelay {
  const message = decodeMessage(fromRelay, frame);
  if (!message.ok) throw new Error(`the relay sent what the contract does not allow: ${message.cause}`);
  return message.value;
}

export interface TestLink {
  readonly url: string;
  readonly welcome: Of<'welcome'>;
  readonly challenge: Of<'challenge'>;
  readonly messages: readonly FromRelay[];
  readonly socket: Waiting<FromRelay>['socket'];
  readonly closed: Promise<number>;
  readonly next: Waiting<FromRelay>['next'];
  tell(message: ToRelay): void;
  /** Asks, and waits for the answer that repeats the question's number. */
  ask<T extends Asked>(t: T, message: Ask<T>): Promise<Answer>;
  append(written: Written, boxes?: readonly Box[]): Promise<Answer>;
  /** Everything of an area after a place. */
  pull(area: AreaId, after?: number, limit?: number): Promise<Answer>;
  put(area: AreaId, bytes: Uint8Array, from?: number, chunk?: Hash): Promise<Response>;
  get(area: AreaId, chunk: Hash, range?: string): Promise<Response>;
  held(area: AreaId, ...chunks: Hash[]): Promise<Response>;
  /** The same, answered once one of these has come whole, or after so many milliseconds. */
  hear(area: AreaId, wait: number, signal: AbortSignal, ...chunks: Hash[]): Promise<Response>;
  close(): Promise<void>;
}

export const chunkName = (bytes: Uint8Array): Hash => createHash('sha256').update(bytes).digest('hex') as Hash;

/** Opens a link up to the relay's verdict. */
export async function greet(
  url: string,
  device: Pick<TestDevice, 'org' | 'device' | 'keys'>,
  version = LINK_VERSION,
): Promise<Waiting<FromRelay>> {
  const socket = openSocket(url, '/v1/link', decode);
  const { nonce, relayKey } = await socket.next(is('challenge'));
  socket.send(encodeMessage({ t: 'hello', version, org: device.org, device: device.device }));
  socket.send(
    encodeMessage({ t: 'auth', signature: await sign(platform, device.keys.privateKey, LABEL.link, nonce, relayKey) }),
  );
  return socket;
}

export async function connect(url: string, device: Pick<TestDevice, 'org' | 'device' | 'keys'>): Promise<TestLink> {
  const socket = await greet(url, device);
  const welcome = await socket.next(is('welcome'));
  const challenge = await socket.next(is('challenge'));
  let asked = 0;
  const tell = (message: ToRelay): void => socket.send(encodeMessage(message));

  function ask<T extends Asked>(t: T, message: Ask<T>): Promise<Answer> {
    const q = (asked += 1);
    tell({ t, q, ...message } as unknown as ToRelay);
    return socket.next((m): m is Answer => 'q' in m && m.q === q);
  }

  const headers = { authorization: `Bearer ${welcome.token}` };
  const at = (chunk: Hash, query: Record<string, string | number>): string =>
    `${url}/v1/chunks/${chunk}?${new URLSearchParams(Object.entries(query).map(([k, v]): [string, string] => [k, String(v)])).toString()}`;

  return {
    url,
    welcome,
    challenge,
    messages: socket.messages,
    socket: socket.socket,
    closed: socket.closed,
    next: socket.next,
    tell,
    ask,
    append: ({ area, entry }, boxes = []) => ask('append', { area, entry, boxes: [...boxes] }),
    pull: (area, after = 0, limit = 512) => ask('pull', { area, after, limit }),
    put: (area, bytes, from = 0, chunk = chunkName(bytes)) =>
      fetch(at(chunk, { area, size: bytes.length, from }), {
        method: 'PUT',
        headers: { ...headers, 'content-type': 'application/octet-stream' },
        body: bytes.slice(from),
      }),
    get: (area, chunk, range) => fetch(at(chunk, { area }), { headers: { ...headers, ...(range ? { range } : {}) } }),
    held: (area, ...chunks) =>
      fetch(`${url}/v1/chunks/held`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ area, chunks }),
      }),
    hear: (area, wait, signal, ...chunks) =>
      fetch(`${url}/v1/chunks/held`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ area, chunks, wait }),
        signal,
      }),
    close: () => socket.close(),
  };
}
