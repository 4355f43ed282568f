/** What taking a case out of Joinder, or a new one in, answers to a window. */
import type { Hash } from '../primitives/ids.ts';

/** What an export of a case wrote. */
export interface Exported {
  /** Name of the new folder. */
  readonly folder: string;
  /** Of case.json. */
  readonly sha256: Hash;
  readonly files: number;
  /** Names of files that were wanted and could not be written; the manifest says why. */
  readonly without: readonly string[];
}

/** What is wrong with a file from which no case was made: nothing of it is kept. */
export type FileCause =
  | { readonly is: 'unreadable'; readonly sentence: string }
  | { readonly is: 'faulty'; readonly faults: readonly { readonly path: string; readonly sentence: string }[] }
  | { readonly is: 'not read'; readonly why: 'too large' | 'unreadable' };
