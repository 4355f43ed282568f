/**
 * For tests only: a small real HTTP server that speaks the chunk part of shared/wire/http.ts, keeps what arrives of an
 * upload, and can be told to misbehave. Counts what it is asked.
 */
import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Misbehaviour {
  /** Status to answer chunk requests with instead, while it answers one. */
  status?: (method: string, hash: string) => number | null;
  /** Spoils what is sent of a chunk. */
  spoil?: (hash: string) => boolean;
  /** Answers at once also what asks to wait. */
  hasty?: boolean;
  /** Takes and gives only one chunk in a request. */
  alone?: boolean;
  /** Ends an answer with several chunks after so many bytes. */
  cutAfter?: number;
  /** Ends with a cause in the body. */
  cause?: string;
}

export interface ServedRelay {
  readonly url: string;
  token: string;
  readonly chunks: Chunks;
  readonly parts: Map<string, Buffer>;
  readonly asked: string[];
  bodyBytes: number;
  sentBytes: number;
  /** Most requests under way at once. */
  most: number;
  behave: Misbehaviour;
  close(): Promise<void>;
}

/** Whole chunks, and those who wait for one. */
class Chunks extends Map<string, Buffer> {
  readonly #told = new Map<string, Set<() => void>>();

  override set(hash: string, bytes: Buffer): this {
    for (const tell of this.#told.get(hash) ?? []) tell();
    return super.set(hash, bytes);
  }

  /** Resolves when one of these is set, or after so long. */
  async next(hashes: readonly string[], most: number): Promise<void> {
    if (hashes.some((hash) => this.has(hash))) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, most);
      const tell = (): void => {
        clearTimeout(timer);
        resolve();
      };
      for (const hash of hashes) this.#told.set(hash, (this.#told.get(hash) ?? new Set()).add(tell));
    });
  }
}

const NOTHING = (): void => {};

export async function serveRelay(): Promise<ServedRelay> {
  const server = http.createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const relay: ServedRelay = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: 'a token',
    chunks: new Chunks(),
    parts: new Map(),
    asked: [],
    bodyBytes: 0,
    sentBytes: 0,
    most: 0,
    behave: {},
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  let underWay = 0;
  const writing = new Map<string, { stop: () => void; stopped: Promise<void> }>();
  const held = (hash: string): number => relay.chunks.get(hash)?.length ?? relay.parts.get(hash)?.length ?? 0;
  const standing = (hash: string) => ({ held: held(hash), whole: relay.chunks.has(hash) });

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    relay.most = Math.max(relay.most, ++underWay);
    response.once('close', () => underWay--);
    const url = new URL(request.url ?? '', relay.url);
    const hash = url.pathname.split('/').at(-1) ?? '';
    relay.asked.push(
      `${request.method} ${hash.slice(0, 8)}${url.searchParams.has('from') ? ` from ${url.searchParams.get('from')}` : ''}${request.headers.range ? ` ${request.headers.range}` : ''}`,
    );
    const say = (status: number, body: object): void => {
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.headers.authorization !== `Bearer ${relay.token}`) return say(401, {});
    const status = relay.behave.status?.(request.method ?? '', hash) ?? null;
    if (status !== null)
      return say(status, { ...standing(hash), ...(relay.behave.cause ? { cause: relay.behave.cause } : {}) });
    if (hash === 'some') return giveMany(request, response, say);
    if (request.method === 'POST') {
      const { chunks, wait = 0 } = JSON.parse(Buffer.concat((await request.toArray()) as Buffer[]).toString()) as {
        chunks: string[];
        wait?: number;
      };
      if (wait > 0 && !relay.behave.hasty) await relay.chunks.next(chunks, wait);
      return say(200, { held: chunks.map(held), whole: chunks.map((chunk) => relay.chunks.has(chunk)) });
    }
    if (request.method === 'GET') return give(request, response, hash);
    if (hash === 'chunks') return putMany(request, say);
    return put(request, hash, url, say);
  }

  /** Several small chunks in one request; none where `behave.alone`, as with an older relay. */
  async function putMany(request: http.IncomingMessage, say: (status: number, body: object) => void): Promise<void> {
    if (relay.behave.alone) return say(404, {});
    const body = Buffer.concat((await request.toArray()) as Buffer[]);
    const outcomes: object[] = [];
    for (let at = 0; at < body.length;) {
      const hash = body.toString('hex', at, at + 32);
      const bytes = body.subarray(at + 36, at + 36 + body.readUInt32BE(at + 32));
      at += 36 + bytes.length;
      relay.bodyBytes += bytes.length;
      const fits = createHash('sha256').update(bytes).digest('hex') === hash && !relay.behave.spoil?.(hash);
      if (fits) relay.chunks.set(hash, bytes);
      outcomes.push(fits ? { status: 200, ...standing(hash) } : { status: 422, held: 0, whole: false });
    }
    say(200, { outcomes });
  }

  /** Several small chunks in one answer. */
  async function giveMany(
    request: http.IncomingMessage,
    response: http.ServerResponse,
    say: (status: number, body: object) => void,
  ): Promise<void> {
    const { chunks } = JSON.parse(Buffer.concat((await request.toArray()) as Buffer[]).toString()) as {
      chunks: string[];
    };
    if (relay.behave.alone) return say(404, {});
    const parts = chunks.map((hash) => {
      const whole = Buffer.from(relay.chunks.get(hash) ?? []);
      const head = Buffer.alloc(36);
      head.write(hash, 'hex');
      head.writeUInt32BE(whole.length > 0 ? whole.length : 0x80000000 + 404, 32);
      if (relay.behave.spoil?.(hash) && whole.length > 0) whole[0] = (whole[0] ?? 0) ^ 1;
      relay.sentBytes += whole.length;
      return Buffer.concat([head, whole]);
    });
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    const { cutAfter } = relay.behave;
    if (cutAfter === undefined) return void response.end(Buffer.concat(parts));
    response.write(Buffer.concat(parts).subarray(0, cutAfter), () => response.destroy());
  }

  function give(request: http.IncomingMessage, response: http.ServerResponse, hash: string): void {
    const whole = relay.chunks.get(hash);
    if (whole === undefined) return void response.writeHead(404).end();
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const body = Buffer.from(whole.subarray(from));
    if (relay.behave.spoil?.(hash) && body.length > 0) body[body.length - 1] = (body[body.length - 1] ?? 0) ^ 1;
    relay.sentBytes += body.length;
    response
      .writeHead(from > 0 ? 206 : 200, {
        'content-length': body.length,
        ...(from > 0 ? { 'content-range': `bytes ${from}-${whole.length - 1}/${whole.length}` } : {}),
      })
      .end(body);
  }

  /** One upload of a chunk at a time: a second takes over from the first, which is most often a dead connection. */
  async function put(
    request: http.IncomingMessage,
    hash: string,
    url: URL,
    say: (status: number, body: object) => void,
  ): Promise<void> {
    for (let other = writing.get(hash); other; other = writing.get(hash)) {
      other.stop();
      await other.stopped;
    }
    let done: () => void = NOTHING;
    const stopped = new Promise<void>((resolve) => (done = resolve));
    writing.set(hash, { stop: () => void request.destroy(), stopped });
    try {
      await receive(request, hash, Number(url.searchParams.get('size')), Number(url.searchParams.get('from')), say);
    } finally {
      writing.delete(hash);
      done();
    }
  }

  async function receive(
    request: http.IncomingMessage,
    hash: string,
    size: number,
    from: number,
    say: (status: number, body: object) => void,
  ): Promise<void> {
    if (from !== held(hash)) return say(409, standing(hash));
    if (relay.chunks.has(hash)) return say(200, standing(hash));
    const parts = [relay.parts.get(hash) ?? Buffer.alloc(0)];
    try {
      for await (const piece of request as AsyncIterable<Buffer>) {
        parts.push(piece);
        relay.bodyBytes += piece.length;
      }
    } catch {
      relay.parts.set(hash, Buffer.concat(parts)); // cut: what came is kept
      return;
    }
    const body = Buffer.concat(parts);
    relay.parts.delete(hash);
    if (body.length < size) relay.parts.set(hash, body);
    else if (createHash('sha256').update(body).digest('hex') !== hash) return say(422, { held: 0, whole: false });
    else relay.chunks.set(hash, body);
    say(200, standing(hash));
  }
  return relay;
}
