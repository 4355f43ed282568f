/**
 * Owns the way up: asking the relay what it holds, and sending what it lacks of a chunk from where it stopped. Promises
 * that a chunk is read from disk as it is sent, and that bytes the relay said it holds are not sent again.
 */
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { z } from 'zod';
import type { TransferCause } from '../../../shared/ipc/evidence.ts';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount, Millis } from '../../../shared/primitives/units.ts';
import { freeBytes } from '../../../shared/primitives/freeing.ts';
import { KiB } from '../../../shared/primitives/units.ts';
import { heldAnswer, putAnswer } from '../../../shared/wire/http.ts';
import type { heldRequest, QuotaWord } from '../../../shared/wire/http.ts';
import { isMissing } from '../../disk/causes.ts';
import { hashFile } from '../read/pieces.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import { LARGEST_PIECE } from './bandwidth.ts';
import type { Bandwidth } from './bandwidth.ts';
import { failed, readJson, refusal, refused, writePiece } from './relay.ts';
import type { Aborted, Failure, Relay, Watch } from './relay.ts';

/** As many chunks as one question may name. */
export const MOST_ASKED = 4096;
const JSON_LIMIT = 256 * KiB;
const DONE = Promise.resolve();

/** What the relay says it has of a chunk: bytes that came, and whether it can be fetched there. */
export interface AtRelay {
  readonly held: ByteCount;
  readonly whole: boolean;
}

/** What the relay has of each; with `wait`, once it has one whole, or after so long. */
export function askHeld(
  relay: Relay,
  area: AreaId,
  chunks: readonly Hash[],
  signal: AbortSignal,
  wait: Millis = 0,
): Promise<readonly AtRelay[] | Failure | Aborted> {
  const body = Buffer.from(
    JSON.stringify({ area, chunks: [...chunks], ...(wait > 0 && { wait }) } satisfies z.input<typeof heldRequest>),
  );
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return relay.exchange(
    { method: 'POST', path: '/v1/chunks/held', headers, signal },
    async (request) => void request.end(body),
    async (answer, watch) => {
      if (answer.statusCode !== 200) return refusal(answer);
      const { held, whole } = heldAnswer.parse(await readJson(answer, watch, JSON_LIMIT));
      return held.length === chunks.length && whole.length === chunks.length
        ? held.map((bytes, i) => ({ held: bytes, whole: whole[i] === true }))
        : failed('relay unreachable', 'link');
    },
  );
}

export interface PutChunk {
  readonly hash: Hash;
  readonly size: ByteCount;
  readonly from: ByteCount;
  readonly area: AreaId;
  readonly signal: AbortSignal;
  /** Told of bytes handed to the connection. */
  readonly sent: (bytes: ByteCount) => void;
}

/** `held`: what the relay said it has now. `spoiled`: it found another hash, and begins anew. */
export type PutOutcome = ({ readonly is: 'held' } & AtRelay) | { readonly is: 'spoiled' } | Failure | Aborted;

export async function putChunk(
  relay: Relay,
  store: ChunkStore,
  bandwidth: Bandwidth,
  put: PutChunk,
): Promise<PutOutcome> {
  let handle: FileHandle;
  try {
    handle = await open(store.chunkFile(put.hash), 'r');
  } catch (error) {
    if (isMissing(error)) return failed('missing here', 'version');
    throw error;
  }
  try {
    if ((await handle.stat()).size !== put.size) return await judge(store, put.hash);
    const headers = { 'content-type': 'application/octet-stream', 'content-length': put.size - put.from };
    const path = `/v1/chunks/${put.hash}?area=${put.area}&size=${put.size}&from=${put.from}`;
    const outcome = await relay.exchange(
      { method: 'PUT', path, headers, signal: put.signal },
      (request, watch) => sendFrom(handle, request, watch, bandwidth, put),
      (answer, watch) => hearPut(answer, watch),
    );
    return outcome.is === 'spoiled' ? await judge(store, put.hash) : outcome;
  } finally {
    await handle.close();
  }
}

async function sendFrom(
  handle: FileHandle,
  request: Parameters<typeof writePiece>[0],
  watch: Watch,
  bandwidth: Bandwidth,
  put: PutChunk,
): Promise<void> {
  const write = async (piece: Uint8Array): Promise<void> => {
    await writePiece(request, piece);
    watch.touch();
    put.sent(piece.length);
  };
  const ring = [0, 1, 2].map(() => ({ buffer: Buffer.allocUnsafeSlow(LARGEST_PIECE), sent: DONE }));
  for (let at = put.from, turn = 0; at < put.size; turn++) {
    const slot = ring[turn % ring.length];
    if (slot === undefined) return;
    await slot.sent; // its buffer is free again
    const { bytesRead } = await handle.read(slot.buffer, 0, Math.min(bandwidth.piece(), put.size - at), at);
    if (bytesRead === 0) throw new Error('chunk shrank');
    watch.rest();
    await bandwidth.take(bytesRead, put.signal);
    watch.touch();
    slot.sent = write(slot.buffer.subarray(0, bytesRead));
    slot.sent.catch(() => undefined); // whoever waits for it hears of it
    at += bytesRead;
  }
  for (const { sent } of ring) await sent;
  for (const { buffer } of ring) freeBytes(buffer);
  request.end();
  watch.touch();
}

async function hearPut(answer: Parameters<typeof refusal>[0], watch: Watch): Promise<PutOutcome> {
  const status = answer.statusCode ?? 0;
  if (![200, 409, 422, 507].includes(status)) return refusal(answer);
  const parsed = putAnswer.safeParse(await readJson(answer, watch, JSON_LIMIT).catch(() => null));
  if (!parsed.success && (status === 200 || status === 409)) return failed('relay unreachable', 'link');
  return hearOutcome({ status, held: 0, whole: false, ...parsed.data });
}

/** What it can say is full, beside its disk. */
const FULL: Readonly<Record<string, TransferCause>> = {
  quota: 'quota',
  'quota of the area': 'area quota',
  'quota of the organisation': 'organisation quota',
} satisfies Record<QuotaWord, TransferCause>;

/** What the relay says of one chunk. */
export function hearOutcome(said: AtRelay & { status: number; cause?: string | undefined }): PutOutcome {
  switch (said.status) {
    case 507:
      return failed(FULL[said.cause ?? ''] ?? 'no space at the relay', 'version');
    case 422:
      return { is: 'spoiled' };
    case 200:
    case 409:
      return { is: 'held', held: said.held, whole: said.whole };
    default:
      return refused(said.status);
  }
}

/** Whose fault it was that the relay found another hash: the way there, or this disk, which then puts the chunk aside. */
export async function judge(store: ChunkStore, hash: Hash): Promise<PutOutcome> {
  const here = await hashFile(store.chunkFile(hash));
  if (here === hash) return { is: 'spoiled' };
  if (here !== null) await store.setAside(hash);
  return failed('missing here', 'version');
}
