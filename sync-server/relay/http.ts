/**
 * The relay over HTTP: itself, enrolment and chunks, as `shared/wire/http.ts` says. Query and headers are read here and
 * nothing of them is logged. Never answers about a chunk without a token of an open link.
 */
import type { Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerFactory } from 'fastify';
import { fastify } from 'fastify';
import { z } from 'zod';
import { toBase64Url } from '../../shared/primitives/bytes.ts';
import { KiB, SECOND } from '../../shared/primitives/units.ts';
import type { SignedCheckpoint } from '../../shared/seal/area/checkpoint.ts';
import { writeWord } from '../../shared/seal/area/checkpoint.ts';
import type { AskAnswer, RelayInfo } from '../../shared/wire/http.ts';
import { MAX_CHUNK, heldRequest } from '../../shared/wire/http.ts';
import * as f from '../../shared/wire/fields.ts';
import { LINK_VERSION } from '../../shared/wire/link.ts';
import type { Certificate } from '../common/certificate.ts';
import type { Authorities } from './authorities.ts';
import { putBatch } from './chunks/batch.ts';
import { openDoubts } from './chunks/doubt.ts';
import { findChunk, noteFetched, readRange } from './chunks/get.ts';
import { hearOfChunks } from './chunks/hear.ts';
import { putChunk } from './chunks/put.ts';
import { sendRange } from './chunks/send.ts';
import type { Carrier } from './chunks/slots.ts';
import { openSlots } from './chunks/slots.ts';
import type { Relay } from './context.ts';
import { readAll } from './readAll.ts';
import { addLate } from './late/http.ts';
import type { DeviceLink } from './links.ts';
import type { Health } from './observe/health.ts';
import { observeRequests, requestId } from './observe/requests.ts';
import type { RelayStatus } from './observe/status.ts';

/** A connection on which nothing moves for so long is ended; what came of a chunk is kept. */
const STALLED = 60 * SECOND;
const REQUEST = 512 * KiB;

export interface HttpParts {
  readonly relay: Relay;
  readonly authorities: Authorities;
  readonly status: () => RelayStatus;
  readonly secret: string;
  readonly isDraining: () => boolean;
  readonly health: Health;
  /** The newest; null: none yet. */
  readonly checkpoint: () => SignedCheckpoint | null;
  /** Null: plain HTTP. */
  readonly certificate: Certificate | null;
}

export function makeHttp(parts: HttpParts): FastifyInstance {
  const app = fastify({
    bodyLimit: REQUEST,
    connectionTimeout: STALLED,
    forceCloseConnections: true,
    return503OnClosing: true,
    exposeHeadRoutes: false,
    genReqId: requestId,
    ...(parts.certificate === null ? {} : { serverFactory: tlsServer(parts.certificate) }),
  });
  observeRequests(app, parts.relay);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
    }
  });
  app.addContentTypeParser('*', (_request, _payload, done) => done(null)); // bytes are read by the route that wants them
  app.setErrorHandler((error, request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500)
      parts.relay.log.error(
        { request: request.id, error: error instanceof Error ? error.message : 'unknown' },
        'a request failed',
      );
    return reply.code(status).send({ cause: status >= 500 ? 'fault' : 'malformed' });
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ cause: 'not here' }));
  addInfo(app, parts);
  addEnrolment(app, parts);
  addChunks(app, parts.relay);
  addLate(app, parts.relay);
  return app;
}

/** As Fastify makes a plain one, with the certificate under it; `setSecureContext` changes that later. */
const tlsServer =
  (certificate: Certificate): FastifyServerFactory<Server> =>
  (handler) => {
    const server = createTlsServer(certificate, handler);
    server.setTimeout(STALLED);
    return server;
  };

function addInfo(app: FastifyInstance, { relay, status, secret, isDraining, health, checkpoint }: HttpParts): void {
  app.get('/healthz', (_request, reply) =>
    isDraining() ? reply.code(503).send({ status: 'draining' }) : reply.send({ status: 'ok' }),
  );
  app.get('/readyz', async (_request, reply) => {
    if (isDraining()) return reply.code(503).send({ status: 'draining' });
    const { ready, checks } = await health.look();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', checks });
  });
  app.get('/v1/checkpoint', (_request, reply) => {
    const newest = checkpoint();
    return newest === null
      ? reply.code(404).send({ cause: 'not here' })
      : reply.type('text/plain; charset=utf-8').send(`${writeWord(newest)}\n`);
  });
  app.get('/v1/relay', (): RelayInfo => ({
    version: LINK_VERSION,
    relayKey: toBase64Url(relay.keys.publicKey),
    generation: relay.generation,
    time: relay.platform.now(),
  }));
  app.get('/v1/status', (request, reply) =>
    bearer(request) === secret ? reply.send(status()) : reply.code(401).send({ cause: 'no token' }),
  );
}

const DIGITS = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/);
const NAME = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{1,8}$/);

function addEnrolment(app: FastifyInstance, { relay, authorities }: HttpParts): void {
  app.get<{ Params: { digits: string } }>('/v1/authorities/:digits', async (request, reply) => {
    const digits = DIGITS.safeParse(request.params.digits);
    const found = digits.success ? await relay.directories.findDigits(digits.data) : null;
    return found ? { card: found.cardText } : reply.code(404).send({ cause: 'not here' });
  });
  app.post<{ Params: { digits: string; name: string } }>(
    '/v1/authorities/:digits/ask/:name',
    async (request, reply) => {
      const digits = DIGITS.safeParse(request.params.digits);
      const name = NAME.safeParse(request.params.name);
      const found = digits.success ? await relay.directories.findDigits(digits.data) : null;
      if (!found || !name.success) return reply.code(404).send({ cause: 'not here' });
      const sealed = await readAll(request, 64 * KiB);
      if (sealed === null) return reply.code(413).send({ cause: 'too large' });
      const answer = await authorities.ask(found.org, name.data, sealed);
      if (!answer.ok) return reply.code(503).header('retry-after', '5').send({ cause: answer.cause });
      const { status, sealed: back } = answer.value;
      return {
        status,
        sealed: back === null ? null : toBase64Url(back),
        time: relay.platform.now(),
      } satisfies AskAnswer;
    },
  );
}

const bearer = (request: FastifyRequest): string | null =>
  /^Bearer (\S{1,128})$/.exec(request.headers.authorization ?? '')?.[1] ?? null;

const query = z.coerce.number().pipe(f.count);
const chunkPath = z.object({ chunk: f.hash, area: f.area });
const putPath = chunkPath.extend({ size: query.pipe(z.number().min(1).max(MAX_CHUNK)), from: query.default(0) });

type ChunkRequest = FastifyRequest<{ Params: { chunk: string }; Querystring: Record<string, string> }>;
const asked = (request: ChunkRequest) => ({ ...request.query, chunk: request.params.chunk });

const WHY_NOT = { 403: 'no right', 404: 'not here', 410: 'withdrawn' } as const;
const noToken = (reply: FastifyReply) => reply.code(401).send({ cause: 'no token' });
const malformed = (reply: FastifyReply) => reply.code(400).send({ cause: 'malformed' });

const carrierOf = ({ raw }: FastifyRequest): Carrier => ({
  moved: () => raw.socket.bytesRead + raw.socket.bytesWritten,
  stop: () => void raw.destroy(),
});

function addChunks(app: FastifyInstance, relay: Relay): void {
  const slots = openSlots();
  const doubts = openDoubts(relay);
  const linkOf = (request: FastifyRequest): DeviceLink | null => relay.links.byToken(bearer(request) ?? '');

  app.post('/v1/chunks/held', async (request, reply) => {
    const link = linkOf(request);
    if (!link) return noToken(reply);
    const ask = heldRequest.safeParse(request.body);
    if (!ask.success) return malformed(reply);
    const found = await hearOfChunks(relay, link, ask.data, reply.raw);
    if (found === null) return reply.code(403).send({ cause: 'no right' });
    return reply.send({ held: found.map(({ held }) => held), whole: found.map(({ whole }) => whole) });
  });

  app.put('/v1/chunks', async (request: FastifyRequest<{ Querystring: { area?: string } }>, reply) => {
    const link = linkOf(request);
    if (!link) return noToken(reply);
    const area = f.area.safeParse(request.query.area);
    const length = query.safeParse(request.headers['content-length']);
    if (!area.success || !length.success) return malformed(reply);
    const carrier = carrierOf(request);
    link.ended.addEventListener('abort', carrier.stop, { once: true });
    const body = request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    const outcome = await putBatch(relay, slots, { link, area: area.data, body, carrier, length: length.data });
    link.ended.removeEventListener('abort', carrier.stop);
    request.raw.resume(); // what was not wanted must not hold up the answer
    if (outcome.status === 429) void reply.header('retry-after', '1');
    const bad = outcome.status === 200 ? outcome.outcomes.find(({ cause }) => cause !== undefined) : null;
    if (bad !== null) relay.recent.note(area.data, link.org, bad?.cause ?? null, relay.platform.now());
    const { status, ...answer } = outcome;
    return reply.code(status).send(answer);
  });

  app.put('/v1/chunks/:chunk', async (request: ChunkRequest, reply) => {
    const link = linkOf(request);
    if (!link) return noToken(reply);
    const ask = putPath.safeParse(asked(request));
    if (!ask.success) return malformed(reply);
    const carrier = carrierOf(request);
    link.ended.addEventListener('abort', carrier.stop, { once: true });
    const bytes = request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    const outcome = await putChunk(relay, slots, { link, ...ask.data, bytes, carrier });
    link.ended.removeEventListener('abort', carrier.stop);
    request.raw.resume(); // what was not wanted must not hold up the answer
    if (outcome.status === 429) void reply.header('retry-after', '1');
    relay.recent.note(ask.data.area, link.org, outcome.cause ?? null, relay.platform.now());
    const { status, ...answer } = outcome;
    return reply.code(status).send(answer);
  });

  app.get('/v1/chunks/:chunk', async (request: ChunkRequest, reply) => {
    const link = linkOf(request);
    if (!link) return noToken(reply);
    const ask = chunkPath.safeParse(asked(request));
    if (!ask.success) return malformed(reply);
    const { area, chunk } = ask.data;
    const found = findChunk(relay, link, area, chunk);
    if (found.status !== 200) return reply.code(found.status).send({ cause: WHY_NOT[found.status] });
    const range = readRange(request.headers.range, found.size);
    if (range === null)
      return reply.code(416).header('content-range', `bytes */${found.size}`).send({ cause: 'malformed' });
    const carrier = carrierOf(request);
    const giveBack = slots.take(link, carrier);
    if (giveBack === null) return reply.code(429).header('retry-after', '1').send({ cause: 'too many at once' });
    link.ended.addEventListener('abort', carrier.stop, { once: true });
    reply.raw.once('close', () => {
      giveBack();
      link.ended.removeEventListener('abort', carrier.stop);
      if (!reply.raw.writableFinished || reply.raw.statusCode >= 300 || range.end !== found.size) return;
      noteFetched(relay, link, area, chunk);
      if (range.start === 0) doubts.fetched(link.device, chunk);
    });
    const stands = range.start > 0 || (await doubts.stands(link.device, chunk));
    if (!stands) return reply.code(404).send({ cause: WHY_NOT[404] });
    const file = await relay.files.open(chunk).catch(() => null);
    if (file === null) return reply.code(404).send({ cause: WHY_NOT[404] });
    reply.hijack(); // the bytes go straight to the connection
    reply.raw.writeHead(range.whole ? 200 : 206, {
      ...(range.whole ? {} : { 'content-range': `bytes ${range.start}-${range.end - 1}/${found.size}` }),
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'content-length': range.end - range.start,
    });
    relay.meters.chunkBytes.inc({ direction: 'down' }, range.end - range.start);
    await sendRange(reply.raw, file, range.start, range.end);
  });
}
