/** The token that a request carries, as it stands in its header; nothing is known of it yet. */
import type { FastifyRequest } from 'fastify';

export const bearer = (request: FastifyRequest): string | null =>
  /^Bearer (\S{1,128})$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
