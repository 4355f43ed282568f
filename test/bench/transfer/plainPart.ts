/**
 * The plain peer, as a process of its own: a PUT of a file to a server that writes it to disk, and a GET of it to disk,
 * both with fdatasync at the end, and nothing else.
 */
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { serve } from './serving.ts';

const READ = 256 * 1024;

/** Streams to a file and makes it durable. */
async function toDisk(from: http.IncomingMessage, file: string): Promise<void> {
  const handle = await open(file, 'w');
  const out = createWriteStream(file, { fd: handle.fd, autoClose: false, highWaterMark: 1024 * 1024 });
  const written = once(out, 'finish');
  from.pipe(out);
  await written;
  await handle.datasync();
  await handle.close();
}

async function answer(folder: string, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const file = path.join(folder, path.basename(request.url ?? ''));
  if (request.method === 'PUT') {
    await toDisk(request, file);
    response.end();
    return;
  }
  response.writeHead(200, { 'content-length': (await stat(file)).size });
  await pipeline(createReadStream(file, { highWaterMark: READ }), response);
}

serve({
  listen: async (folder: string) => {
    const server = http.createServer((request, response) => {
      answer(folder, request, response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  send: async (url: string, file: string) => {
    const { size } = await stat(file);
    const request = http.request(`${url}/file`, { method: 'PUT', headers: { 'content-length': size } });
    const answered = new Promise<void>((resolve, reject) =>
      request.once('response', (end) => end.resume().once('end', resolve)).once('error', reject),
    );
    createReadStream(file, { highWaterMark: READ }).pipe(request);
    await answered;
  },
  fetch: async (url: string, file: string) => {
    const got = await new Promise<http.IncomingMessage>((resolve, reject) =>
      http.get(`${url}/file`, resolve).once('error', reject),
    );
    await toDisk(got, file);
  },
});
