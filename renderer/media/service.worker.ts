/**
 * Gives media elements what they play, by ranges, from the page that shows them: the page reads them over its own line to
 * the evidence process. Answers for recordings alone; keeps nothing, and caches nothing.
 */
import type { Answer, Ask, Range } from './ranges.ts';
import { handleIn, rangeOf } from './ranges.ts';

// The compiler takes this file for any worker.
const scope = globalThis as unknown as ServiceWorkerGlobalScope;

const PIECE = 1024 * 1024;

scope.addEventListener('install', () => void scope.skipWaiting());
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', (event) => {
  const media = handleIn(new URL(event.request.url).pathname);
  if (media !== null) event.respondWith(answer(media, event));
});

const gone = (): Response => new Response('It is not open any more.', { status: 404 });

async function answer(media: string, { clientId, request }: FetchEvent): Promise<Response> {
  const page = await scope.clients.get(clientId);
  if (!page) return gone();
  const first = await ask(page, { media, from: 0, length: 0 });
  if (first.is === 'gone') return gone();
  const { size, type } = first;
  const range = rangeOf(request.headers.get('range'), size);
  if (range === null) return new Response(null, { status: 416, headers: { 'content-range': `bytes */${size}` } });
  return new Response(stream(page, media, range), {
    status: 206,
    headers: {
      'content-type': type,
      'content-length': String(range.to - range.from + 1),
      'content-range': `bytes ${range.from}-${range.to}/${size}`,
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}

/** Reads on only as it is played: nothing is decrypted ahead of need. */
function stream(page: Client, media: string, { from, to }: Range): ReadableStream<Uint8Array> {
  let at = from;
  return new ReadableStream<Uint8Array>(
    {
      pull: async (into) => {
        const piece = await ask(page, { media, from: at, length: Math.min(PIECE, to + 1 - at) });
        if (piece.is === 'gone' || piece.bytes.length === 0) return into.error(new Error('it cannot be read'));
        at += piece.bytes.length;
        into.enqueue(piece.bytes);
        return at > to ? into.close() : undefined;
      },
    },
    { highWaterMark: 0 },
  );
}

function ask(page: Client, what: Ask): Promise<Answer> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((answered) => {
    port1.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      port1.close();
      answered(data);
    });
    port1.start();
    page.postMessage(what, [port2]);
  });
}
