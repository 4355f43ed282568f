/**
 * Owns the way down of several small chunks in one answer: each is hashed as it comes and written at once, and all that
 * came wait for the disk together. What came before a cut is kept; no more is in memory than one request may bring.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { open } from 'node:fs/promises';
import type { z } from 'zod';
import { toHex } from '../../../shared/primitives/bytes.ts';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import type { AreaId } from '../../../shared/primitives/ids.ts';
import { BATCH, NOT_GIVEN } from '../../../shared/wire/http.ts';
import type { someRequest } from '../../../shared/wire/http.ts';
import { diskCause } from '../../disk/causes.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import type { Bandwidth } from './bandwidth.ts';
import type { GetOutcome } from './download.ts';
import { ABORTED, failed, refusal, refused } from './relay.ts';
import type { Aborted, Failure, Relay, Watch } from './relay.ts';
import type { SmallChunk } from './uploadMany.ts';

/** An outcome for each; or what the request as a whole came to before anything came. */
export type SomeOutcome = readonly GetOutcome[] | Failure | Aborted | { readonly is: 'not understood' };

export async function getMany(
  relay: Relay,
  store: ChunkStore,
  bandwidth: Bandwidth,
  area: AreaId,
  chunks: readonly SmallChunk[],
  signal: AbortSignal,
): Promise<SomeOutcome> {
  const outcomes = new Map<SmallChunk, GetOutcome>();
  const here = await Promise.all(chunks.map(({ hash }) => store.sizeOf(hash)));
  for (const [i, chunk] of chunks.entries()) if (here[i] !== null) outcomes.set(chunk, { is: 'whole' });
  const asked = chunks.filter((_, i) => here[i] === null);
  const body = Buffer.from(
    JSON.stringify({ area, chunks: asked.map(({ hash }) => hash) } satisfies z.input<typeof someRequest>),
  );
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const writing: Promise<unknown>[] = [];
  /** Of the chunk that is next in the answer: its bytes, or the status in their place. */
  const take = (chunk: SmallChunk, came: Uint8Array<ArrayBuffer> | number): void => {
    if (typeof came === 'number') return void outcomes.set(chunk, notGiven(came));
    if (came.length !== chunk.size || createHash('sha256').update(came).digest('hex') !== chunk.hash)
      return void outcomes.set(chunk, { is: 'spoiled' });
    const written = writeSmall(store, chunk, came).then((outcome) => outcomes.set(chunk, outcome));
    writing.push(written);
  };
  const answered =
    asked.length === 0
      ? ABORTED
      : await relay.exchange<GetOutcome | { is: 'not understood' }>(
          { method: 'POST', path: '/v1/chunks/some', headers, signal },
          async (request) => void request.end(body),
          async (answer, watch) => {
            if (answer.statusCode === 404 || answer.statusCode === 405) {
              answer.resume();
              return { is: 'not understood' };
            }
            if (answer.statusCode !== 200) return refusal(answer);
            const heard = await readChunks(answer, watch, bandwidth, signal, asked, take);
            return heard > 0 ? ABORTED : { is: 'part' }; // what did not fit is asked for again
          },
        );
  await Promise.all(writing);
  await nameAll(store, asked, outcomes);
  if (answered.is === 'not understood') return answered;
  return chunks.map((chunk) => outcomes.get(chunk) ?? answered);
}

const notGiven = (status: number): GetOutcome =>
  status === 413 ? { is: 'spoiled' } : refused(status, 'not there yet');

/** To disk, but not under its name yet. */
async function writeSmall(
  store: ChunkStore,
  { hash }: SmallChunk,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<GetOutcome> {
  try {
    const handle = await open(store.partialFile(hash), 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    freeBytes(bytes);
    return { is: 'whole' };
  } catch (error) {
    return onDisk(error);
  }
}

async function nameAll(
  store: ChunkStore,
  asked: readonly SmallChunk[],
  outcomes: Map<SmallChunk, GetOutcome>,
): Promise<void> {
  const whole = asked.filter((chunk) => outcomes.get(chunk)?.is === 'whole');
  try {
    const named = await store.keepPartials(whole.map(({ hash }) => hash));
    for (const chunk of whole)
      if (!named.has(chunk.hash) && (await store.sizeOf(chunk.hash)) === null)
        outcomes.set(chunk, failed('disk error', 'version'));
  } catch (error) {
    for (const chunk of whole) outcomes.set(chunk, onDisk(error));
  }
}

const onDisk = (error: unknown): Failure =>
  failed(diskCause(error) === 'disk full' ? 'no space here' : 'disk error', 'version');

/** Reads one after another as asked for, and answers how many came; throws where it is no such answer, or cut. */
async function readChunks(
  answer: IncomingMessage,
  watch: Watch,
  bandwidth: Bandwidth,
  signal: AbortSignal,
  asked: readonly SmallChunk[],
  take: (chunk: SmallChunk, came: Uint8Array<ArrayBuffer> | number) => void,
): Promise<number> {
  let heard = 0;
  let reading = new Uint8Array(BATCH.head);
  let [inHead, filled] = [true, 0];
  /** The head or the bytes of a chunk are complete. */
  const turn = (): void => {
    const chunk = asked[heard];
    if (chunk === undefined) throw new Error('more than was asked for');
    if (!inHead) take(chunk, reading);
    else if (toHex(reading.subarray(0, 32)) !== chunk.hash) throw new Error('another than was asked for');
    const word = inHead ? new DataView(reading.buffer).getUint32(BATCH.head - 4) : 0;
    if (inHead && word < NOT_GIVEN) {
      if (word === 0 || word > BATCH.chunk) throw new Error('not a small chunk');
      [reading, inHead, filled] = [new Uint8Array(word), false, 0];
      return;
    }
    if (inHead) take(chunk, word - NOT_GIVEN);
    heard += 1;
    [reading, inHead, filled] = [new Uint8Array(BATCH.head), true, 0];
  };
  for await (const piece of answer as AsyncIterable<Buffer>) {
    watch.rest();
    await bandwidth.take(piece.length, signal);
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + reading.length - filled);
      reading.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === reading.length) turn();
    }
    freeBytes(piece);
    watch.touch();
  }
  if (!inHead || filled > 0) throw new Error('cut');
  return heard;
}
