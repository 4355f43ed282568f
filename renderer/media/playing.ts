/**
 * The page's part in playing a recording: it starts the service worker, and reads for it what is open in this window.
 * What is not open here nobody can ask for.
 */
import type { OpenContent } from '../viewer/content.ts';
import { readRange } from '../viewer/content.ts';
import { bringEnd } from './cues.ts';
import type { Answer, Ask } from './ranges.ts';
import { addressOf } from './ranges.ts';

const open = new Map<string, { readonly content: OpenContent; readonly wrong: (sentence: string) => void }>();

async function answer({ media, from, length }: Ask): Promise<Answer> {
  const playing = open.get(media);
  if (!playing) return { is: 'gone' };
  const { content, wrong } = playing;
  if (length === 0) return { is: 'bytes', bytes: new Uint8Array(0), size: content.size, type: content.type };
  const read = await readRange(content, from, length);
  if (read.ok) return { is: 'bytes', bytes: read.value, size: content.size, type: content.type };
  wrong(read.cause);
  return { is: 'gone' };
}

let started: Promise<unknown> | null = null;

/** Once for the window; from then on its service worker answers for this page. */
function start(): Promise<unknown> {
  const { serviceWorker } = navigator;
  started ??= (async () => {
    serviceWorker.addEventListener('message', ({ data, ports }: MessageEvent<Ask>) => {
      const [port] = ports;
      if (port) void answer(data).then((found) => port.postMessage(found));
    });
    await serviceWorker.register('/service-worker.js', { type: 'module' });
    if (serviceWorker.controller === null)
      await new Promise((taken) => serviceWorker.addEventListener('controllerchange', taken, { once: true }));
  })();
  return started;
}

/** The address under which a media element plays it until `stopPlaying`; throws where there is no service worker. */
export async function beginPlaying(content: OpenContent, wrong: (sentence: string) => void): Promise<string> {
  open.set(content.handle, { content, wrong });
  await Promise.all([start(), bringEnd(content, (from, length) => readRange(content, from, length))]);
  return addressOf(content.handle);
}

export const stopPlaying = ({ handle }: OpenContent): void => void open.delete(handle);
