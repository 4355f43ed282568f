/** The late lane over HTTP. No token: the computer is shut out, and each entry and chunk speaks for itself. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { KiB } from '../../../shared/primitives/units.ts';
import * as f from '../../../shared/wire/fields.ts';
import { MAX_CHUNK } from '../../../shared/wire/http.ts';
import { LATE, decodeLate, decodeLateChunks } from '../../../shared/wire/late.ts';
import type { Relay } from '../context.ts';
import { readAll } from '../http/readAll.ts';
import { hearLateChunks, takeLateChunk } from './chunks.ts';
import { takeLate } from './late.ts';

const STATUS = {
  quota: 413,
  'storage full': 507,
  'unknown device': 403,
  'not shut out': 403,
  'no right': 403,
  'hash differs': 422,
} as const;
const refused = (reply: FastifyReply, cause: keyof typeof STATUS) => reply.code(STATUS[cause]).send({ cause });

const put = z.object({
  chunk: f.hash,
  org: f.org,
  device: f.device,
  size: z.coerce.number().pipe(f.count.min(1).max(MAX_CHUNK)),
});

export function addLate(app: FastifyInstance, relay: Relay): void {
  app.post('/v1/late', async (request, reply) => {
    const body = await readAll(request, LATE.bytes + KiB);
    if (body === null) return reply.code(413).send({ cause: 'too large' });
    const work = decodeLate(body);
    if (work === null) return reply.code(400).send({ cause: 'malformed' });
    const taken = await takeLate(relay, work);
    return taken.ok ? reply.send({ taken: taken.value }) : refused(reply, taken.cause);
  });

  app.post('/v1/late/chunks', async (request, reply) => {
    const body = await readAll(request, LATE.bytes);
    const work = body && decodeLateChunks(body);
    if (!work) return reply.code(400).send({ cause: 'malformed' });
    const heard = await hearLateChunks(relay, work);
    return heard.ok ? reply.send({ lacks: heard.value }) : refused(reply, heard.cause);
  });

  app.put('/v1/late/chunks/:chunk', async (request, reply) => {
    const ask = put.safeParse({ ...(request.query as object), ...(request.params as object) });
    if (!ask.success) return reply.code(400).send({ cause: 'malformed' });
    const bytes = request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
    const outcome = await takeLateChunk(relay, ask.data, bytes);
    request.raw.resume(); // what was not wanted must not hold up the answer
    return outcome === 'taken' ? reply.send({ taken: 1 }) : refused(reply, outcome);
  });
}
