/**
 * Chunks over HTTP, as `shared/wire/http.ts` says: which are held, one or several sent, one or several given. Query and
 * headers are read here, and nothing of them is logged. Never answers about a chunk without a token of an open link.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import * as f from '../../../shared/wire/fields.ts';
import { MAX_CHUNK, heldRequest, someRequest } from '../../../shared/wire/http.ts';
import { bearer } from '../http/bearer.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import { chunkRights } from './access.ts';
import { putBatch } from './batch.ts';
import { openDoubts } from './doubt.ts';
import { findChunk, noteFetched, readRange } from './get.ts';
import { hearOfChunks } from './hear.ts';
import { putChunk } from './put.ts';
import { sendRange } from './send.ts';
import type { Carrier, Slots } from './slots.ts';
import { openSlots } from './slots.ts';
import { giveSome } from './some.ts';

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

/** Takes a slot until the answer has gone out, which the end of the link ends; false where none is free, and that is answered. */
function holdSlot(slots: Slots, link: DeviceLink, request: FastifyRequest, reply: FastifyReply): boolean {
  const carrier = carrierOf(request);
  const giveBack = slots.take(link, carrier);
  if (giveBack === null) {
    void reply.code(429).header('retry-after', '1').send({ cause: 'too many at once' });
    return false;
  }
  link.ended.addEventListener('abort', carrier.stop, { once: true });
  reply.raw.once('close', () => {
    giveBack();
    link.ended.removeEventListener('abort', carrier.stop);
  });
  return true;
}

export function addChunks(app: FastifyInstance, relay: Relay): void {
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

  app.post('/v1/chunks/some', async (request, reply) => {
    const link = linkOf(request);
    if (!link) return noToken(reply);
    const ask = someRequest.safeParse(request.body);
    if (!ask.success) return malformed(reply);
    if (!chunkRights(relay, link, ask.data.area).read) return reply.code(403).send({ cause: WHY_NOT[403] });
    if (!holdSlot(slots, link, request, reply)) return reply;
    reply.hijack(); // the bytes go straight to the connection
    reply.raw.writeHead(200, { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
    await giveSome(relay, doubts, link, ask.data, reply.raw);
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
    if (!holdSlot(slots, link, request, reply)) return reply;
    reply.raw.once('close', () => {
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
