/**
 * One side of tus, as a process of its own: a stock `@tus/server` with its file store, or `tus-js-client` in chunks of
 * 8 MiB. Plain JavaScript, because it runs where it was installed and not among the application's packages.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import http from 'node:http';
import { pipeline } from 'node:stream/promises';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { Upload } from 'tus-js-client';

const CHUNK = 8 * 1024 * 1024;

async function listen(folder) {
  const tus = new Server({ path: '/files', datastore: new FileStore({ directory: folder }) });
  const server = http.createServer((request, response) => void tus.handle(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${server.address().port}/files`;
}

async function send(endpoint, file) {
  const { size } = await stat(file);
  return new Promise((resolve, reject) => {
    const upload = new Upload(createReadStream(file, { highWaterMark: 1024 * 1024 }), {
      endpoint,
      uploadSize: size,
      chunkSize: CHUNK,
      retryDelays: null,
      onError: reject,
      onSuccess: () => resolve(upload.url),
    });
    upload.start();
  });
}

async function fetchTo(url, file) {
  const answer = await new Promise((resolve, reject) => http.get(url, resolve).on('error', reject));
  if (answer.statusCode !== 200) throw new Error(`tus answered ${answer.statusCode}`);
  await pipeline(answer, createWriteStream(file));
}

const calls = {
  listen,
  send,
  fetch: fetchTo,
  /** One after another, as a client that knows nothing of a package does. */
  sendAll: async (endpoint, files) => {
    for (const file of files) await send(endpoint, file);
  },
};
process.on('message', ({ n, name, args }) => {
  calls[name](...args).then(
    (value) => process.send({ n, value }),
    (error) => process.send({ n, error: String(error) }),
  );
});
