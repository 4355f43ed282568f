/**
 * Several small chunks in one answer, each judged as if it was asked for alone, read from disk while those before are on
 * their way. Holds a few of them in memory at once, however many were asked for.
 */
import type { ServerResponse } from 'node:http';
import type { z } from 'zod';
import { fromHex } from '../../../shared/primitives/bytes.ts';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import type { someRequest } from '../../../shared/wire/http.ts';
import { BATCH, NOT_GIVEN } from '../../../shared/wire/http.ts';
import type { Relay } from '../context.ts';
import type { DeviceLink } from '../links/links.ts';
import type { Doubts } from './doubt.ts';
import { findReadable, noteFetched } from './get.ts';
import { writeOut } from './send.ts';

/** Chunks read ahead of what the connection has taken: 4 MiB at most. */
const AHEAD = 8;

interface Given {
  readonly chunk: Hash;
  /** Head and bytes; the head alone where it is not given. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly given: boolean;
}

/** Answers for who may read the area, and ends the answer; what was handed over whole counts as fetched, also before a cut. */
export async function giveSome(
  relay: Relay,
  doubts: Doubts,
  link: DeviceLink,
  { area, chunks }: z.output<typeof someRequest>,
  response: ServerResponse,
): Promise<void> {
  const reading: Promise<Given>[] = [];
  let [next, total] = [0, 0];
  /** Begins to read the next; false: it does not fit into this answer, or there is none. */
  const readNext = (): boolean => {
    const chunk = chunks[next];
    if (chunk === undefined || response.destroyed) return false;
    const found = findReadable(relay, area, chunk);
    const status = found.status === 200 && found.size > BATCH.chunk ? 413 : found.status;
    const size = found.status === 200 && status === 200 ? found.size : 0;
    if (total + BATCH.head + size > BATCH.bytes) return false;
    total += BATCH.head + size;
    next += 1;
    reading.push(status === 200 ? read(relay, doubts, link, chunk, size) : Promise.resolve(notGiven(chunk, status)));
    return true;
  };
  try {
    while (reading.length < AHEAD && readNext());
    for (let first = reading.shift(); first !== undefined; first = reading.shift()) {
      const { chunk, bytes, given } = await first;
      readNext();
      const { length } = bytes;
      await writeOut(response, bytes);
      freeBytes(bytes);
      if (given) noteGiven(relay, doubts, link, area, chunk, length - BATCH.head);
    }
    response.end();
  } catch {
    response.destroy();
  }
}

function noteGiven(relay: Relay, doubts: Doubts, link: DeviceLink, area: AreaId, chunk: Hash, size: ByteCount): void {
  relay.meters.chunkBytes.inc({ direction: 'down' }, size);
  noteFetched(relay, link, area, chunk);
  doubts.fetched(link.device, chunk);
}

/** A chunk that cannot be read, or was spoiled, is not here. */
async function read(relay: Relay, doubts: Doubts, link: DeviceLink, chunk: Hash, size: ByteCount): Promise<Given> {
  if (!(await doubts.stands(link.device, chunk))) return notGiven(chunk, 404);
  const bytes = new Uint8Array(BATCH.head + size);
  writeHead(bytes, chunk, size);
  const handle = await relay.files.open(chunk).catch(() => null);
  if (handle === null) return notGiven(chunk, 404);
  try {
    for (let at = BATCH.head; at < bytes.length;) {
      const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at - BATCH.head);
      if (bytesRead === 0) return notGiven(chunk, 404);
      at += bytesRead;
    }
    return { chunk, bytes, given: true };
  } catch {
    return notGiven(chunk, 404);
  } finally {
    await handle.close();
  }
}

function notGiven(chunk: Hash, status: number): Given {
  const bytes = new Uint8Array(BATCH.head);
  writeHead(bytes, chunk, NOT_GIVEN + status);
  return { chunk, bytes, given: false };
}

function writeHead(bytes: Uint8Array, chunk: Hash, word: number): void {
  bytes.set(fromHex(chunk));
  new DataView(bytes.buffer).setUint32(BATCH.head - 4, word);
}
