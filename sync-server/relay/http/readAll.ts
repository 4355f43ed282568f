/** The body of a request as one, up to a limit; null where it is longer. */
import type { FastifyRequest } from 'fastify';

export async function readAll(request: FastifyRequest, limit: number): Promise<Uint8Array | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request.raw.iterator({ destroyOnReturn: false })) {
    size += (piece as Buffer).length;
    if (size > limit) return null;
    pieces.push(piece as Buffer);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
