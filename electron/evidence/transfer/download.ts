/**
 * Owns the way down: fetching what is missing of a chunk into its partial file, from where it stopped, and naming it
 * whole once its bytes have its hash. A chunk that has another hash is discarded. Bytes are written as they arrive.
 */
import type { IncomingMessage } from 'node:http';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { AreaId, Hash } from '../../../shared/primitives/ids.ts';
import type { ByteCount } from '../../../shared/primitives/units.ts';
import { diskCause } from '../../disk/causes.ts';
import { hashFrom } from '../read/pieces.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import type { Bandwidth } from './bandwidth.ts';
import { openLanding } from './landing.ts';
import type { Landing } from './landing.ts';
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

export type GetOutcome =
  | { readonly is: 'whole' }
  | { readonly is: 'part' }
  | { readonly is: 'spoiled' }
  | Failure
  | Aborted;

export async function getChunk(
  relay: Relay,
  store: ChunkStore,
  bandwidth: Bandwidth,
  get: GetChunk,
): Promise<GetOutcome> {
  try {
    if ((await store.sizeOf(get.hash)) !== null) return { is: 'whole' };
    const handle = await open(store.partialFile(get.hash), 'a+', 0o600);
    try {
      const arrived = await fetchRest(relay, handle, bandwidth, get);
      if (arrived.is === 'spoiled') {
        await handle.truncate(0);
        get.held(0);
      }
      if (arrived.is !== 'whole') return arrived;
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

/** Appends what is missing; `whole` once the partial file is as long as the chunk and has its hash. */
async function fetchRest(relay: Relay, handle: FileHandle, bandwidth: Bandwidth, get: GetChunk): Promise<GetOutcome> {
  let from = (await handle.stat()).size;
  if (from > get.size) {
    await handle.truncate(0);
    from = 0;
  }
  if (from === get.size) return { is: (await hashFrom(handle)) === get.hash ? 'whole' : 'spoiled' };
  const headers = from > 0 ? { range: `bytes=${from}-` } : {};
  const landing = openLanding(handle, get);
  try {
    const outcome = await relay.exchange<GetOutcome>(
      { method: 'GET', path: `/v1/chunks/${get.hash}?area=${get.area}`, headers, signal: get.signal },
      async (request) => void request.end(),
      async (answer, watch) => {
        const start = startOf(answer, from);
        if (start === null) return refusal(answer, 'not there yet');
        await landing.begin(start, from);
        return receive(answer, watch, bandwidth, get, landing);
      },
    );
    await landing.finish(); // also what came before a cut; a failing disk is told here, and not taken for a failing link
    if (outcome.is !== 'whole') return outcome;
    return { is: (await landing.hash()) === get.hash ? 'whole' : 'spoiled' };
  } finally {
    await landing.close();
  }
}

/** Where the answer's bytes begin; null for a refusal, or for a range that was not asked for. */
function startOf(answer: IncomingMessage, from: ByteCount): ByteCount | null {
  if (answer.statusCode === 200) return 0;
  if (answer.statusCode !== 206) return null;
  return Number(/^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1] ?? -1) === from ? from : null;
}

async function receive(
  answer: IncomingMessage,
  watch: Watch,
  bandwidth: Bandwidth,
  get: GetChunk,
  landing: Landing,
): Promise<GetOutcome> {
  for await (const piece of answer as AsyncIterable<Buffer>) {
    watch.rest();
    if (landing.length() + piece.length > get.size) return { is: 'spoiled' };
    await bandwidth.take(piece.length, get.signal);
    await landing.add(piece, 2 * bandwidth.piece());
    watch.touch();
  }
  return { is: landing.length() === get.size ? 'whole' : 'part' };
}
