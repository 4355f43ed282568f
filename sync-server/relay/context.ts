/**
 * The parts of a running relay, as its verbs get them. Made once by `serve.ts`.
 */
import type { Hash } from '../../shared/primitives/ids.ts';
import type { Platform } from '../../shared/primitives/platform.ts';
import type { Box } from '../../shared/seal/boxes.ts';
import type { SignedGeneration } from '../../shared/seal/area/generation.ts';
import type { AccessState } from '../../shared/seal/area/chain.ts';
import type { Log } from '../common/log.ts';
import type { Areas, OpenArea } from './order/areas.ts';
import type { Commits } from './order/commit.ts';
import type { ChunkFiles } from './chunks/files.ts';
import type { ChunkNews } from './chunks/news.ts';
import type { Directories } from './directories.ts';
import type { RelayKeys } from './keys.ts';
import type { Quotas } from './limits/measures.ts';
import type { OpenShares } from './limits/shares.ts';
import type { DeviceLink, Links } from './links/links.ts';
import type { Signatures } from './signatures/signatures.ts';
import type { BoxStore } from './store/boxes.ts';
import type { CheckpointStore } from './store/checkpoints.ts';
import type { ChunkStore } from './store/chunks.ts';
import type { Meters } from './observe/meters.ts';
import type { Recent } from './observe/recent.ts';
import type { DisposalStore } from './store/disposals.ts';
import type { LateStore } from './store/late.ts';
import type { LogRow, LogStore } from './store/log.ts';
import type { RuleStore } from './store/rules.ts';

/** A committed append, for those who are told of it. */
export interface Appended {
  readonly area: OpenArea;
  /** What it added to the order; empty for an entry that was there already. */
  readonly rows: readonly LogRow[];
  readonly n: number;
  readonly entry: Hash;
  readonly boxes: readonly Box[];
  /** The access chain with this entry, where the entry changed it. */
  readonly access: AccessState | null;
  readonly link: DeviceLink;
  readonly q: number;
}

export interface Relay {
  readonly platform: Platform;
  readonly log: Log;
  readonly keys: RelayKeys;
  readonly generation: number;
  /** The signed word for the generation; null in the first. */
  readonly word: SignedGeneration | null;
  /** What an organisation may keep, where nothing was decided for it. */
  readonly quotas: Quotas;
  readonly rules: RuleStore;
  readonly meters: Meters;
  readonly recent: Recent;
  readonly directories: Directories;
  readonly areas: Areas;
  readonly commits: Commits<Appended>;
  readonly links: Links;
  readonly signatures: Signatures;
  readonly shares: OpenShares;
  readonly logs: LogStore;
  readonly boxes: BoxStore;
  readonly chunks: ChunkStore;
  readonly disposals: DisposalStore;
  readonly late: LateStore;
  /** Its signed words on all that it has accepted. */
  readonly words: CheckpointStore;
  readonly files: ChunkFiles;
  readonly news: ChunkNews;
}
