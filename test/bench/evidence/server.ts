/**
 * For the evidence benchmark: a server of chunks on disk, as careful as the relay (hash, fdatasync, rename), and beside it
 * plain PUT and GET of one file, which the evidence process is compared with. Prints its port.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

const folder = process.argv[2] ?? '.';
const sizeOf = (name: string): Promise<number> =>
  stat(path.join(folder, name)).then(
    ({ size }) => size,
    () => 0,
  );

async function keep(request: http.IncomingMessage, name: string, careful: boolean): Promise<boolean> {
  const handle = await open(path.join(folder, `${name}.part`), 'w');
  const hash = createHash('sha256');
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      if (careful) hash.update(piece);
      await handle.write(piece);
    }
    await handle.datasync();
  } finally {
    await handle.close();
  }
  if (careful && hash.digest('hex') !== name) return false;
  await rename(path.join(folder, `${name}.part`), path.join(folder, name));
  return true;
}

const server = http.createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '', 'http://x');
  const name = url.pathname.split('/').at(-1) ?? '';
  if (request.method === 'POST') {
    const body = JSON.parse(Buffer.concat((await request.toArray()) as Buffer[]).toString()) as { chunks: string[] };
    const held = await Promise.all(body.chunks.map(sizeOf));
    response.end(JSON.stringify({ held, whole: held.map((bytes) => bytes > 0) }));
  } else if (request.method === 'PUT') {
    const kept = await keep(request, name, url.pathname.startsWith('/v1'));
    response.writeHead(kept ? 200 : 422).end(JSON.stringify({ held: kept ? await sizeOf(name) : 0, whole: kept }));
  } else {
    response.writeHead(200, { 'content-length': await sizeOf(name) });
    createReadStream(path.join(folder, name), { highWaterMark: 256 * 1024 }).pipe(response);
  }
}
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
