/** What the log tells to whoever works on it. */
import type { AreaId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Lie } from './areaReplica.ts';
import type { Opened } from './opener.ts';

export interface LogNews {
  /** Opened entries, in order within an area; own ones at once (n null) and again when ordered. */
  opened(entries: readonly Opened[]): Promise<void>;
  refused(area: AreaId, refused: { hash: Hash; org: OrgId; cause: string }): void;
  lie(area: AreaId, lie: Lie): void;
  /** An entry of ours is durable in an intake that we cannot read back. Answers when that is on this disk. */
  acknowledged(hash: Hash, place: { n: number; time: Millis }): Promise<void>;
  /** Something else changed: outbox, keys, tips. */
  changed(): void;
  directoryChanged(): void;
}
