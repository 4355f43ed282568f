/** What the log tells to whoever works on it. */
import type { AreaId, Hash, OrgId } from '../../../shared/primitives/ids.ts';
import type { Millis } from '../../../shared/primitives/units.ts';
import type { Header } from '../../../shared/seal/entry/header.ts';
import type { Evidence, Refused } from './areaReplica.ts';
import type { Lie } from './lies.ts';
import type { Opened } from './opener.ts';

/**
 * Why an entry counts for nothing: `order`, the relay let in what it must decline; `content`, what is inside breaks a rule;
 * `declined`, the relay would not take an entry of this computer's.
 */
export type RefusedAt = 'order' | 'content' | 'declined';

export interface LogNews {
  /** Opened entries, in order within an area; own ones at once (n null) and again when ordered. */
  opened(entries: readonly Opened[]): Promise<void>;
  refused(area: AreaId, at: RefusedAt, refused: Refused): void;
  lie(area: AreaId, lie: Lie, evidence: Evidence): void;
  /** A directory came that its authority did not sign, or less of one than was given before. */
  falseDirectory(org: OrgId, what: 'unsigned' | 'gone back'): void;
  /** This computer's profile was put back from a copy: it goes on under a new incarnation. */
  renewed(): void;
  /** An entry of ours was written again: the one with this hash counts no more. */
  readonly replaced: (hash: Hash) => void;
  /** A member changed an area's key and gave this device none. */
  keyWithheld(area: AreaId): void;
  /** This disk takes nothing more, or takes it again. */
  diskFull(is: boolean): void;
  /** Something threw that must not. */
  fault(area: AreaId): void;
  /** An entry of ours is durable in an intake that we cannot read back. Answers when that is on this disk. */
  acknowledged(hash: Hash, place: { n: number; time: Millis }): Promise<void>;
  /** What the header of an entry that was placed just now says beside. */
  shown(more: Header['more']): void;
  /** Something else changed: outbox, keys, tips. */
  changed(): void;
  directoryChanged(): void;
  /** An area's access was ordered: who it entitles may lack a key. */
  accessChanged(isKeyAlone: boolean): void;
  /** The relay was gone back with: these entries have no place until they are ordered again. */
  unplaced(hashes: readonly Hash[]): void;
  /** The relay was restored from a copy. Answers when nothing here counts on what it was given before. */
  restored(generation: number): Promise<void>;
  /** The relay had these chunks of ours whole there, and has them no more. */
  lacks(area: AreaId, chunks: readonly Hash[]): void;
  /** Package entries of ours that were taken back. */
  takenBack(): ReadonlySet<Hash>;
}
