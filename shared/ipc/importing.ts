/** An import as its window shows it: how far it came, and what could not be added, with why. */
import type { CaseId } from '../primitives/ids.ts';
import type { ByteCount } from '../primitives/units.ts';

export interface ImportRow {
  readonly id: string;
  readonly case: CaseId;
  readonly files: number;
  /** Files that need no more work, and those of them that are in the case now. */
  readonly done: number;
  readonly added: number;
  readonly bytes: ByteCount;
  readonly doneBytes: ByteCount;
  readonly finished: boolean;
  /** A person did not want the rest. */
  readonly cancelled: boolean;
  /** It was cut off (locked, quit, a crash) and went on by itself. */
  readonly cutOff: boolean;
  /** This disk was full: what had no room goes on by itself when there is some. */
  readonly waitsForRoom: boolean;
  readonly problems: readonly { readonly name: string; readonly sentence: string }[];
  /** So many more that are not named. */
  readonly moreProblems: number;
}
