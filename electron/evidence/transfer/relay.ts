/**
 * Owns talking to the relay over HTTP: connections kept alive, one request at a time on each, given up when no byte has
 * moved for too long. What goes wrong comes back as a failure with its cause; only an abort by the caller is its own word.
 */
import http from 'node:http';
import https from 'node:https';
import type net from 'node:net';
import type { TransferCause } from '../../../shared/ipc/evidence.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import { KiB, SECOND } from '../../../shared/primitives/units.ts';

/** Why something did not move. `scope` says who waits: every transfer, or the one version. */
export interface Failure {
  readonly is: 'failed';
  readonly cause: TransferCause;
  readonly scope: 'link' | 'version';
  readonly retryAfter: Millis;
}
export type Aborted = { readonly is: 'aborted' };
export const ABORTED: Aborted = { is: 'aborted' };

export interface Exchange {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly path: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly signal: AbortSignal;
}

/** What the two ends of one exchange do. `touch` says that bytes moved, `rest` that the wait is our own doing. */
export interface Watch {
  touch(): void;
  rest(): void;
}

export interface Relay {
  /** Sends the request and its body, then hands over the answer; whatever is thrown on the way becomes a failure. */
  exchange<T>(
    exchange: Exchange,
    send: (request: http.ClientRequest, watch: Watch) => Promise<void>,
    hear: (answer: http.IncomingMessage, watch: Watch) => Promise<T>,
  ): Promise<T | Failure | Aborted>;
  /** For requests from now on; those under way were let in already. */
  setToken(token: string): void;
  close(): void;
}

/** Bytes read from a connection at most at once. */
const READ = 256 * KiB;

/**
 * Lets every connection read into one buffer, where it would make a new one of 64 KiB for each read. What was read is
 * parsed, and copied, before anything else is read.
 */
function readInto(buffer: Buffer): net.OnReadOpts {
  return {
    buffer,
    callback(this: net.Socket, length) {
      this.emit('data', buffer.subarray(0, length));
      return true;
    },
  };
}

export function connectRelay(address: string, stall: Millis, connections: number): Relay {
  const base = new URL(address);
  const secure = base.protocol === 'https:';
  const client = secure ? https : http;
  const agent = new client.Agent({
    keepAlive: true,
    maxSockets: connections,
    scheduling: 'lifo',
    ...(secure ? {} : { onread: readInto(Buffer.allocUnsafeSlow(READ)) }),
  });
  const prefix = base.pathname.replace(/\/$/, '');
  const where = { protocol: base.protocol, hostname: base.hostname.replace(/^\[|\]$/g, ''), port: base.port };
  let bearer = '';
  return {
    setToken: (token) => void (bearer = token),
    close: () => agent.destroy(),
    exchange: async ({ method, path, headers, signal }, send, hear) => {
      if (signal.aborted) return ABORTED;
      const request = client.request({
        ...where,
        method,
        path: prefix + path,
        agent,
        headers: { ...headers, authorization: `Bearer ${bearer}` },
      });
      const watch = watchStall(stall, () =>
        request.destroy(Object.assign(new Error('stalled'), { code: 'ETIMEDOUT' })),
      );
      const abort = (): void => void request.destroy();
      signal.addEventListener('abort', abort, { once: true });
      try {
        watch.touch();
        const answer = await answerOf(request, send(request, watch));
        watch.touch();
        return await hear(answer, watch);
      } catch (error) {
        request.destroy();
        return signal.aborted ? ABORTED : failureOf(error);
      } finally {
        watch.rest();
        signal.removeEventListener('abort', abort);
        if (!request.writableEnded) request.destroy(); // answered before all was sent: the rest is not wanted
      }
    },
  };
}

/** The answer, which may come before everything is sent. */
async function answerOf(request: http.ClientRequest, sending: Promise<void>): Promise<http.IncomingMessage> {
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    request
      .once('response', resolve)
      .on('error', reject)
      .once('close', () => reject(new Error('closed')));
  });
  answered.catch(() => undefined); // heard of below, unless sending failed first
  await Promise.race([sending, answered]);
  return answered;
}

/** Writes, and waits until the connection has taken it and the buffer may be used again; rejects where it is closed meanwhile. */
export async function writePiece(request: http.ClientRequest, piece: Uint8Array): Promise<void> {
  if (request.destroyed) throw new Error('closed');
  await new Promise<void>((resolve, reject) => {
    const closed = (): void => reject(new Error('closed'));
    request.once('close', closed);
    request.write(piece, (error) => {
      request.off('close', closed);
      if (error) reject(error);
      else resolve();
    });
  });
}

/** A timer that runs only while the other side is waited for. */
function watchStall(limit: Millis, stalled: () => void): Watch {
  let timer: NodeJS.Timeout | undefined;
  return {
    touch: () => {
      if (timer === undefined) timer = setTimeout(stalled, limit);
      else timer.refresh();
    },
    rest: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

const NO_NETWORK = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'ENONET',
]);

export const failed = (cause: TransferCause, scope: 'link' | 'version', retryAfter: Millis = 0): Failure => ({
  is: 'failed',
  cause,
  scope,
  retryAfter,
});

function failureOf(error: unknown): Failure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return failed(NO_NETWORK.has(code) ? 'no network' : 'relay unreachable', 'link');
}

/** What a status that is no success means; the body is thrown away, so that the connection can be used again. */
export function refusal(answer: http.IncomingMessage, notFound: TransferCause = 'relay unreachable'): Failure {
  answer.resume();
  const retryAfter = Math.min(600, Number(answer.headers['retry-after'] ?? 0) || 0) * SECOND;
  return refused(answer.statusCode ?? 0, notFound, retryAfter);
}

export function refused(
  status: number,
  notFound: TransferCause = 'relay unreachable',
  retryAfter: Millis = 0,
): Failure {
  switch (status) {
    case 401:
      return failed('refused', 'link', retryAfter);
    case 403:
      return failed('refused', 'version', retryAfter);
    case 404:
      return failed(notFound, notFound === 'not there yet' ? 'version' : 'link', retryAfter);
    case 410:
      return failed('withdrawn', 'version', retryAfter);
    case 413:
      return failed('quota', 'version', retryAfter);
    case 507:
      return failed('no space at the relay', 'version', retryAfter);
    case 429:
    case 503:
      return failed('busy', 'link', retryAfter);
    default:
      return failed('relay unreachable', 'link', retryAfter);
  }
}

/** The answer's body as JSON, up to a limit; throws on anything else, which counts as an answer that never came. */
export async function readJson(answer: http.IncomingMessage, watch: Watch, most: number): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    watch.touch();
    length += part.length;
    if (length > most) throw new Error('answer too long');
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
}
