/**
 * The parts of a running relay, as its verbs get them. Made once by `serve.ts`.
 */
import type { Platform } from '../../shared/primitives/platform.ts';
import type { ByteCount } from '../../shared/primitives/units.ts';
import type { Log } from '../common/log.ts';
import type { Appended } from './append.ts';
import type { Areas } from './areas.ts';
import type { Commits } from './commit.ts';
import type { ChunkFiles } from './chunks/files.ts';
import type { Directories } from './directories.ts';
import type { RelayKeys } from './keys.ts';
import type { Links } from './links.ts';
import type { BoxStore } from './store/boxes.ts';
import type { ChunkStore } from './store/chunks.ts';
import type { LogStore } from './store/log.ts';

export interface Relay {
  readonly platform: Platform;
  readonly log: Log;
  readonly keys: RelayKeys;
  readonly generation: number;
  /** Bytes that one organisation may keep in one intake of another. */
  readonly quota: ByteCount;
  readonly directories: Directories;
  readonly areas: Areas;
  readonly commits: Commits<Appended>;
  readonly links: Links;
  readonly logs: LogStore;
  readonly boxes: BoxStore;
  readonly chunks: ChunkStore;
  readonly files: ChunkFiles;
}
