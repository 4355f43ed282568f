/** What taking a case out of Joinder, or a new one in, answers to a window. */
import type { ServedBundle } from '../model/disclosure/served.ts';
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

/** What would be served on the defence, for a window. */
export interface ServedView extends ServedBundle {
  /** Whether this person may make the bundle: the prosecution does. */
  readonly mayMake: boolean;
}

/** What is wrong with a file from which no case was made: nothing of it is kept. */
export type FileCause =
  | { readonly is: 'unreadable'; readonly sentence: string }
  | { readonly is: 'faulty'; readonly faults: readonly { readonly path: string; readonly sentence: string }[] }
  | { readonly is: 'not read'; readonly why: 'too large' | 'unreadable' };
