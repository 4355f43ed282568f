/**
 * Owns the check of a version's plaintext against its SHA-256, chunk by chunk as they arrive, so that little is left to do
 * when the last is here. Nothing plain reaches the disk.
 */
import { createHash } from 'node:crypto';
import type { Content } from '../../../shared/ipc/evidence.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import { eachPiece } from './pieces.ts';
import type { PieceCause } from './pieces.ts';

export interface Verifier {
  /** The next chunk to be looked at; `content.chunks.length` when all were. */
  next(): number;
  /** Opens the next chunk, which must be here. */
  step(): Promise<PieceCause | null>;
  /** Whether the whole has its SHA-256; asked once, after the last step. */
  holds(): boolean;
}

export function makeVerifier(store: ChunkStore, content: Content): Verifier {
  const hash = createHash('sha256');
  let chunk = 0;
  return {
    next: () => chunk,
    step: async () => {
      const from = chunk * content.chunkSize;
      const cause = await eachPiece(
        store,
        content,
        from,
        Math.min(from + content.chunkSize, content.size),
        (piece) => void hash.update(piece),
      );
      if (cause === null) chunk++;
      return cause;
    },
    holds: () => hash.digest('hex') === content.sha256,
  };
}
