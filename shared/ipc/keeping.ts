/**
 * How long a case is kept, between the windows and the sync worker: its retention class with source, when somebody looks
 * at it again, and what a disposal would destroy and would not.
 */
import type { CaseId, WorkId } from '../primitives/ids.ts';
import type { ByteCount, Millis } from '../primitives/units.ts';
import type { Word } from '../status/words.ts';

/** A retention class of the sharing agreement or the rule data, as people choose it. */
export interface ClassRow {
  readonly code: string;
  readonly name: string;
  readonly says: string;
  readonly source: string;
  readonly verified: boolean;
}

/** What one's own organisation's disposal destroys, and which copies are not its to destroy. */
export interface DisposalPreview {
  /** Files of the case that this organisation keeps, each content once. */
  readonly files: number;
  readonly bytes: ByteCount;
  /** Signed records: what was written, decided and said. */
  readonly entries: number;
  readonly packages: number;
  /** Own computers that hold something of the case, as people know them. */
  readonly computers: readonly string[];
  /** Each a sentence: whose copy remains, and why. */
  readonly remains: readonly string[];
}

export interface KeepingView {
  readonly rules: { readonly name: string; readonly edition: string };
  readonly classes: readonly ClassRow[];
  /** The class as last set, by closing or by a review; null: none was set, or one that the rules do not have. */
  readonly class: ClassRow | null;
  /** When somebody looks at it again, YYYY-MM-DD, and what that follows from. Null while nothing sets it. */
  readonly review: { readonly on: string; readonly because: string; readonly byHand: boolean } | null;
  /** Of a closed case. */
  readonly preview: DisposalPreview | null;
  /** What came after the case was closed and does not count while it is: each what it is and whose. */
  readonly setAside: readonly string[];
}

/** A case that was disposed of: what is left of it is this record. */
export interface DisposalRow {
  readonly id: WorkId;
  readonly case: CaseId;
  readonly urn: string | null;
  readonly outcome: string;
  readonly retention: string | null;
  readonly rationale: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly agreedBy: string;
  readonly at: Millis;
  readonly word: Word;
  readonly relay: Word;
  readonly computers: readonly { readonly name: string; readonly word: Word; readonly destroyed: string | null }[];
  readonly remains: readonly string[];
}
