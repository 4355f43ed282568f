/** A file as a window shows it, with its receipts; and what became of what was sent in error. Every word was computed. */
import type { NameOddity } from '../primitives/fileName.ts';
import type { Hash, ItemId, VersionId } from '../primitives/ids.ts';
import type { ByteCount, Millis } from '../primitives/units.ts';
import type { Progress } from '../status/progress.ts';
import type { Word } from '../status/words.ts';

export interface ReceiptRow {
  readonly what: 'delivered' | 'opened' | 'viewing began';
  readonly person: string;
  readonly org: string;
  readonly device: string;
  readonly at: Millis;
  /** Header hash of the entry that proves it. */
  readonly proof: Hash;
}

export interface FileRow {
  readonly version: VersionId;
  readonly item: ItemId;
  /** As it is shown (`shownName`): what would make it read other than it is stands as numbers. */
  readonly name: string;
  /** What is odd about the name as it came; left out where nothing is. */
  readonly oddity?: NameOddity;
  readonly type: string;
  readonly bytes: ByteCount;
  readonly sha256: Hash;
  /** What has happened, what is here now, condition; words of the design, section 7. */
  readonly happened: Word;
  readonly here: Word | null;
  readonly condition: Word | null;
  /** On its way; null: it is not. */
  readonly progress: Progress | null;
  readonly paused: boolean;
  readonly canOpen: boolean;
  readonly canDrop: boolean;
  /** It went out in this package, and nobody has said that it should not have. */
  readonly canError: boolean;
  readonly receipts: readonly ReceiptRow[];
  /** Which version of its item it is. */
  readonly number: number;
  /** Its item's newest version. */
  readonly isNewest: boolean;
  /** Its item's versions and the copies made from it, a sentence each; of a file that stands alone none. */
  readonly lineage: readonly string[];
  /** A new version of it, or a copy, can be added here. */
  readonly canDerive: boolean;
}

/** What is so of a version while a window shows it. */
export interface ShownVersion {
  /** All of it is here and verified. */
  readonly whole: boolean;
  /** It was sent in error: nothing of it is shown any more. */
  readonly taken: boolean;
  /** It was withdrawn or left out: what has not come does not come. */
  readonly ended: boolean;
  /** How far it is on its way; null: it is here, or the rest does not come. */
  readonly arriving: Word | null;
  /** What hinders it or made it void. */
  readonly condition: Word | null;
}

/** Something of a package that was sent in error, and what became of it there. */
export interface ErrorRow {
  readonly at: Millis;
  readonly by: string;
  readonly reason: string;
  readonly whole: boolean;
  readonly files: readonly string[];
  /** Who had seen it or taken it out of Joinder, a sentence each. */
  readonly seen: readonly string[];
  /** Every computer that could hold it. `proof`: the entry by which it signed that it destroyed its copy. */
  readonly computers: readonly {
    readonly name: string;
    readonly destroyed: Millis | null;
    readonly heard: Millis | null;
    readonly proof: Hash | null;
  }[];
}
