/**
 * Owns the way down: fetching what is missing of a chunk into its partial file, from where it stopped, and naming it
 * whole once its bytes have its hash. A chunk that has another hash is discarded. Bytes are written as they arrive.
 */
import type { IncomingMessage } from 'node:http';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { KiB } from '../../../shared/primitives/units.ts';
import { diskCause } from '../../disk/causes.ts';
import { hashFrom } from '../read/pieces.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import type { Bandwidth } from './bandwidth.ts';
import { failed, refusal } from './relay.ts';
import type { Aborted, Failure, Relay, Watch } from './relay.ts';

export interface GetChunk {
  readonly hash: Hash;
  readonly size: ByteCount;
  readonly area: AreaId;
  readonly signal: AbortSignal;
  /** Told how many bytes are on disk now. */
  readonly held: (bytes: ByteCount) => void;
}

export type GetOutcome = { readonly is: 'whole' } | { readonly is: 'part' } | { readonly is: 'spoiled' } | Failure | Aborted;

/** Pieces are gathered up to this before they are written. */
const WRITE = 256 * KiB;

export async function getChunk(relay: Relay, store: ChunkStore, bandwidth: Bandwidth, get: GetChunk): Promise<GetOutcome> {
  try {
    if ((await store.sizeOf(get.hash)) !== null) return { is: 'whole' };
    const handle = await open(store.partialFile(get.hash), 'a+', 0o600);
    try {
      const arrived = await fetchRest(relay, handle, bandwidth, get);
      if (arrived.is !== 'whole' && arrived.is !== 'spoiled') return arrived;
      if (arrived.is === 'spoiled' || (await hashFrom(handle)) !== get.hash) {
        await handle.truncate(0);
        get.held(0);
        return { is: 'spoiled' };
      }
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await store.keepPartial(get.hash);
    return { is: 'whole' };
  } catch (error) {
    if (diskCause(error) === 'disk full') return failed('no space here', 'version');
    throw error;
  }
}

/** Appends what is missing; `whole` once the partial file is as long as the chunk. */
async function fetchRest(relay: Relay, handle: FileHandle, bandwidth: Bandwidth, get: GetChunk): Promise<GetOutcome> {
  let from = (await handle.stat()).size;
  if (from > get.size) {
    await handle.truncate(0);
    from = 0;
  }
  if (from === get.size) return { is: 'whole' };
  const headers = from > 0 ? { range: `bytes=${from}-` } : {};
  let disk: unknown = null; // a failing disk must not be taken for a failing link
  const outcome = await relay.exchange<GetOutcome>({ method: 'GET', path: `/v1/chunks/${get.hash}?area=${get.area}`, headers, signal: get.signal }, async (request) => void request.end(), async (answer, watch) => {
    const start = startOf(answer, from);
    if (start === null) return refusal(answer, 'not there yet');
    try {
      if (start === 0 && from > 0) await handle.truncate(0);
    } catch (error) {
      disk = error;
      throw error;
    }
    const write = async (pieces: Buffer[], held: ByteCount): Promise<void> => {
      await handle.appendFile(Buffer.concat(pieces)).catch((error: unknown) => {
        disk = error;
        throw error;
      });
      get.held(held);
    };
    return receive(answer, watch, start, bandwidth, get, write);
  });
  if (disk !== null) throw disk;
  return outcome;
}

/** Where the answer's bytes begin; null for a refusal, or for a range that was not asked for. */
function startOf(answer: IncomingMessage, from: ByteCount): ByteCount | null {
  if (answer.statusCode === 200) return 0;
  if (answer.statusCode !== 206) return null;
  return Number(/^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1] ?? -1) === from ? from : null;
}

async function receive(answer: IncomingMessage, watch: Watch, start: ByteCount, bandwidth: Bandwidth, get: GetChunk, write: (pieces: Buffer[], held: ByteCount) => Promise<void>): Promise<GetOutcome> {
  let pieces: Buffer[] = [];
  let gathered = 0;
  let held = start;
  const flush = async (): Promise<void> => {
    if (gathered === 0) return;
    const [now, bytes] = [pieces, gathered];
    [pieces, gathered] = [[], 0];
    held += bytes;
    await write(now, held);
  };
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      watch.rest();
      if (held + gathered + piece.length > get.size) return { is: 'spoiled' };
      pieces.push(piece);
      gathered += piece.length;
      await bandwidth.take(piece.length, get.signal);
      if (gathered >= Math.min(WRITE, bandwidth.piece())) await flush();
      watch.touch();
    }
  } finally {
    watch.rest();
    await flush(); // also what came before a cut
  }
  return held === get.size ? { is: 'whole' } : { is: 'part' };
}
