/**
 * Owns the way up of several small chunks in one request, which the relay judges each as if it came alone. A chunk that is
 * not here, or not as long as it was, is left out and said so.
 */
import { readFile } from 'node:fs/promises';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import { fromHex } from '../../../shared/primitives/bytes.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { KiB } from '../../../shared/primitives/units.ts';
import { BATCH, batchAnswer } from '../../../shared/wire/http.ts';
import { isMissing } from '../../disk/causes.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import type { Bandwidth } from './bandwidth.ts';
import { ABORTED, failed, readJson, refusal, writePiece } from './relay.ts';
import type { Aborted, Failure, Relay } from './relay.ts';
import { hearOutcome, judge } from './upload.ts';
import type { PutOutcome } from './upload.ts';

const JSON_LIMIT = 64 * KiB;

export interface SmallChunk {
  readonly hash: Hash;
  readonly size: ByteCount;
}

/** An outcome for each; or what the request as a whole came to. */
export type BatchOutcome = readonly PutOutcome[] | Failure | Aborted | { readonly is: 'not understood' };

/** Whether one more fits into a request with these. */
export const fitsBatch = (before: { readonly chunks: number; readonly bytes: ByteCount }, size: ByteCount): boolean =>
  size <= BATCH.chunk && before.chunks < BATCH.chunks && before.bytes + BATCH.head + size <= BATCH.bytes;

export async function putMany(
  relay: Relay,
  store: ChunkStore,
  bandwidth: Bandwidth,
  area: AreaId,
  chunks: readonly SmallChunk[],
  signal: AbortSignal,
): Promise<BatchOutcome> {
  const read = await Promise.all(chunks.map((chunk) => readSmall(store, chunk)));
  const sent = read.flatMap((bytes, i) => (bytes === null ? [] : [{ i, bytes }]));
  /** What is cut before it is heard of is asked about again. */
  const outcomes: PutOutcome[] = chunks.map(() => ABORTED);
  for (const [i, { hash }] of chunks.entries()) if (!read[i]) outcomes[i] = await judge(store, hash);
  if (sent.length === 0) return outcomes;
  const length = sent.reduce((sum, { bytes }) => sum + BATCH.head + bytes.length, 0);
  const headers = { 'content-type': 'application/octet-stream', 'content-length': length };
  const answered = await relay.exchange<BatchOutcome>(
    { method: 'PUT', path: `/v1/chunks?area=${area}`, headers, signal },
    async (request, watch) => {
      for (const { i, bytes } of sent) {
        watch.rest();
        await bandwidth.take(bytes.length, signal);
        watch.touch();
        request.write(headOf(chunks[i]?.hash ?? '', bytes.length));
        await writePiece(request, bytes);
      }
      request.end();
      watch.touch();
    },
    async (answer, watch) => {
      if (answer.statusCode === 404 || answer.statusCode === 405) {
        answer.resume();
        return { is: 'not understood' };
      }
      if (answer.statusCode !== 200) return refusal(answer);
      const parsed = batchAnswer.safeParse(await readJson(answer, watch, JSON_LIMIT));
      return parsed.success ? parsed.data.outcomes.map(hearOutcome) : failed('relay unreachable', 'link');
    },
  );
  if ('is' in answered) return answered;
  for (const [n, { i }] of sent.entries()) {
    const heard = answered[n];
    const chunk = chunks[i];
    if (heard === undefined || chunk === undefined) continue;
    outcomes[i] = heard.is === 'spoiled' ? await judge(store, chunk.hash) : heard;
  }
  return outcomes;
}

async function readSmall(store: ChunkStore, { hash, size }: SmallChunk): Promise<Uint8Array | null> {
  try {
    const bytes = await readFile(store.chunkFile(hash));
    return bytes.length === size ? bytes : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function headOf(hash: string, size: ByteCount): Uint8Array {
  const head = new Uint8Array(BATCH.head);
  head.set(fromHex(hash));
  new DataView(head.buffer).setUint32(32, size);
  return head;
}
