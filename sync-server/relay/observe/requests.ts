/**
 * One line and one measurement for every HTTP request: a random id, the route's pattern, the status, how long. The address
 * asked for holds ids and is never logged. The id goes back in `x-request-id`, so that a caller can name the request.
 */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Relay } from '../context.ts';

export const requestId = (): string => randomBytes(6).toString('hex');

/** Routes that chunks come and go by: alone, or small ones together. */
const CHUNKS: ReadonlySet<string> = new Set(['/v1/chunks/:chunk', '/v1/chunks']);
const DIRECTION: Readonly<Record<string, 'up' | 'down'>> = { PUT: 'up', GET: 'down' };

export function observeRequests(app: FastifyInstance, { log, meters }: Pick<Relay, 'log' | 'meters'>): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('x-request-id', request.id); // also where a route writes to the connection itself
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    const status = reply.statusCode;
    const line = { request: request.id, method, route, status, ms: Math.round(reply.elapsedTime) };
    if (status >= 400) log.info(line, 'request');
    else log.debug(line, 'request');
    meters.request.observe({ route, status: `${Math.floor(status / 100)}xx` }, reply.elapsedTime / 1000);
    if (CHUNKS.has(route)) countChunk(meters, request, reply);
    done();
  });
}

function countChunk(meters: Relay['meters'], request: FastifyRequest, reply: FastifyReply): void {
  const direction = DIRECTION[request.method];
  if (!direction) return;
  meters.chunks.inc({ direction, status: String(reply.statusCode) });
  const bytes = Number(request.headers['content-length']);
  if (direction === 'up' && reply.statusCode < 300 && Number.isFinite(bytes))
    meters.chunkBytes.inc({ direction }, bytes);
}
