/** What of a case this computer keeps off line, and giving its space back. */
import type { ByteCount } from '../primitives/units.ts';

/** `all`: everything that comes is fetched at once; `when opened`: a file is fetched when somebody opens it. */
export type Keep = 'all' | 'when opened';

export interface OfflineView {
  readonly keep: Keep;
  /** What the case's files take on this computer, sealed. */
  readonly bytes: ByteCount;
}

/** What became of giving space back. */
export interface Freed {
  readonly files: number;
  readonly bytes: ByteCount;
  /** Files that stay, and why: each reason once, with how many. */
  readonly kept: readonly { readonly files: number; readonly why: string }[];
}
