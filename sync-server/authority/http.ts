/**
 * What an authority answers over HTTP, on its own machine alone: how it stands, and the SCIM service. A proxy with TLS stands
 * before it where an identity provider calls from elsewhere. Nothing of a request is logged.
 */
import type { FastifyInstance } from 'fastify';
import { fastify } from 'fastify';
import { MINUTE, MiB } from '../../shared/primitives/units.ts';
import type { ScimParts } from './scim/service.ts';
import { addScim } from './scim/service.ts';

export async function makeHttp(parts: ScimParts, health: () => object): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: MiB,
    connectionTimeout: MINUTE,
    forceCloseConnections: true,
    trustProxy: 'loopback',
    exposeHeadRoutes: false,
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, String(body) === '' ? undefined : JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('not JSON'), { statusCode: 400 }));
    }
  });
  app.get('/healthz', () => ({ status: 'ok', ...health() }));
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: 'only /healthz and SCIM are answered here' }),
  );
  await addScim(app, parts);
  return app;
}
