/**
 * The relay over HTTP: itself, enrolment and chunks, as `shared/wire/http.ts` says. Query and headers are read here and
 * nothing of them is logged. Never answers about a chunk without a token of an open link.
 */
import type { Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { FastifyInstance, FastifyServerFactory } from 'fastify';
import { fastify } from 'fastify';
import { z } from 'zod';
import { toBase64Url } from '../../../shared/primitives/bytes.ts';
import { KiB, SECOND } from '../../../shared/primitives/units.ts';
import type { SignedCheckpoint } from '../../../shared/seal/area/checkpoint.ts';
import { writeWord } from '../../../shared/seal/area/checkpoint.ts';
import type { AskAnswer, RelayInfo } from '../../../shared/wire/http.ts';
import { LINK_VERSION } from '../../../shared/wire/link.ts';
import type { Certificate } from '../../common/certificate.ts';
import type { Authorities } from '../links/authorities.ts';
import { addChunks } from '../chunks/http.ts';
import type { Relay } from '../context.ts';
import { bearer } from './bearer.ts';
import { readAll } from './readAll.ts';
import { addLate } from '../late/http.ts';
import type { Health } from '../observe/health.ts';
import { observeRequests, requestId } from '../observe/requests.ts';
import type { RelayStatus } from '../observe/status.ts';

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
