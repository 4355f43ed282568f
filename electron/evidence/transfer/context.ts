/** What the parts of the transfer engine share: where chunks lie, how to reach the relay, and what is under way. */
import type { ByteCount } from '../../../shared/primitives/units.ts';
import type { ChunkStore } from '../store/chunkStore.ts';
import type { Bandwidth } from './bandwidth.ts';
import type { Gate } from './gate.ts';
import type { Direction, Job } from './job.ts';
import type { Pace } from './pace.ts';
import type { Relay } from './relay.ts';

export interface Engine {
  readonly store: ChunkStore;
  readonly bandwidth: Bandwidth;
  readonly pace: Pace;
  readonly gate: Gate;
  /** In order of rank. */
  jobs: Job[];
  relay: Relay | null;
  /** Whether the relay takes, and gives, several chunks in one request. */
  readonly batches: Record<Direction, boolean>;
  freeFloor: ByteCount;
  /** Of all requests for chunks that are on their way here: what this disk must have room for. */
  coming: ByteCount;
  /** Requests for chunks at once. */
  atOnce: number;
  /** All wait for another link. */
  held: boolean;
  /** Something about the job changed that the worker is told. */
  readonly changed: (job: Job) => void;
  readonly now: () => number;
}
